"""What a document says of its matrices: their shapes, those that it writes out, and letters that stand for ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flint import fmpq_mat

from claims.records import Record
from errata.checking.context import State, ranks_of, roots_of
from errata.checking.rank_values import literal, operation
from errata.checking.structure_shapes import Shape, stated_shapes
from errata.reading.examples import is_of_another_example
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.tree import Chain, Fence, Grid, Group, Node, Sym
from errata.reading.vectors import Unlowered

REACH = 3_000
"""Characters from where a matrix is written out to where its rank is spoken of."""


class Known(Record):
    """What is known of the matrices of a statement."""

    shapes: Mapping[str, Shape]
    values: Mapping[str, fmpq_mat]
    ranks: Mapping[str, Node]
    """Letters that stand for the rank or the nullity of something, with that."""


def known_of(state: State, names: Sequence[str], place: int) -> Known:
    """What the document says up to a place of these names of matrices."""
    if state.shapes is None:
        state.shapes = stated_shapes(state.document)
    shapes = state.shapes.here(tuple(sorted(state.titles.items())))
    values = {name: value for name in names if (value := _value(state, name, place)) is not None}
    return Known({n: shapes[n] for n in names if n in shapes and n not in values}, values, _ranks(state, place))


def _chains(state: State, place: int) -> Iterator[tuple[int, Chain]]:
    """The chains that the formulas before a place state, each with where its formula begins."""
    for formula, root in zip(state.document.formulas, roots_of(state), strict=True):
        if formula.span.start < place:
            yield from ((formula.span.start, one.chain) for one in stated(root))


def _value(state: State, name: str, place: int) -> fmpq_mat | None:
    """The matrix that a name was last given, where it was one of numbers, nearby, and nothing else was said since."""
    found: tuple[int, Node] | None = None
    for start, chain in _chains(state, place):
        if key(chain.items[0]) == name and chain.relations[0].sign in ("=", ":=", "∈"):
            found = start, chain.items[1]
    if found is None:
        return None
    start, body = found
    headings = any(start < h.span.start < place for h in state.document.headings)
    if headings or place - start > REACH or is_of_another_example(state.document.text, start, place):
        return None
    while isinstance(body, Fence | Group) and body.body is not None:
        body = body.body
    try:
        return literal(body) if isinstance(body, Grid) else None
    except Unlowered:
        return None


def _ranks(state: State, place: int) -> Mapping[str, Node]:
    """The letters that the document has last given a rank or a nullity before a place: rank(A) = r."""
    found: list[tuple[int, str, Node]] = []
    for start, chain in _chains(state, place):
        for left, right in ((chain.items[0], chain.items[1]), (chain.items[1], chain.items[0])):
            if chain.relations[0].sign == "=" and operation(left) is not None and isinstance(right, Sym):
                found.append((start, key(right), left))
    macros = state.document.macros
    for said in (s for s in ranks_of(state) if s.start < place):
        value = parse(said.value, macros).statements
        if len(value) == 1 and isinstance(value[0], Sym):
            found.append((said.start, key(value[0]), parse(said.latex, macros).statements[0]))
    return {name: rank for _, name, rank in sorted(found, key=lambda one: one[0])}
