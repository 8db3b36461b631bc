"""What a document gives for the names that only one side of a relation of slopes has: ε = 2 a, x_t = a x_0 + b ε."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.records import replace
from errata.checking.scores.settings import Setting, densities_of, functions_in, names_in, points_of, slopes_in
from errata.checking.scores.stated import Density
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Fence, Lines, Node, Terms, walk

Bodies = Mapping[str, Node]
MOST = 4
"""Expressions of one name that are tried."""


def given_for(
    pair: Pair, densities: Sequence[Density], bodies: Mapping[str, Sequence[Node]], roots: Sequence[Lines]
) -> Iterator[tuple[Bodies, Bodies]]:
    """Each thing that the document gives for names that only one side has: expressions of them, then those of a point
    in them, and equations that one can be solved for.

    A name of which an expression is given may still be one that a point is given in, as the noise in one example has a
    value.
    """
    bodies = {name: tuple(b for b in found if _is_independent(b, pair)) for name, found in bodies.items()}
    spoken = {name for d in densities for name in (*d.applied.names, *_of_density(d))}
    new = _values_on_one_side(pair) - spoken - {*points_of(pair)}
    put_in = {name: bodies[name][0] for name in sorted(new) if bodies.get(name)}
    yield put_in, _moved(pair, new - put_in.keys(), bodies)
    for name in sorted(new):
        for body in bodies.get(name, ())[1:MOST]:
            yield {**put_in, name: body}, {}
    if new and put_in:
        yield from (({}, {point: body}) for point, body in _points_in(pair, new, bodies))
    if new and not any(_points_in(pair, new, bodies)):
        solved = {p: tuple(b for b in solved_for(p, roots) if _is_independent(b, pair)) for p in points_of(pair)}
        yield from (({}, {point: body}) for point, body in _points_in(pair, new, solved))


def _is_independent(body: Node, pair: Pair) -> bool:
    """Whether an expression is none of densities, and no side of the relation: neither may speak for itself."""
    of_densities = next(slopes_in(body), None) is not None or next(densities_of(body), None) is not None
    return not of_densities and key(body) not in (key(pair.left), key(pair.right))


def _moved(pair: Pair, new: set[str], bodies: Mapping[str, Sequence[Node]]) -> Bodies:
    return {point: body for point, body in _points_in(pair, new, bodies)} if new else {}


def _points_in(pair: Pair, new: set[str], bodies: Mapping[str, Sequence[Node]]) -> Iterator[tuple[str, Node]]:
    """The points that an expression in some names is given for."""
    for point in points_of(pair):
        for body in bodies.get(point, ()):
            if new <= {key(n) for n in names_in(body)}:
                yield point, body


def solved_for(point: str, roots: Sequence[Lines]) -> Iterator[Node]:
    """What equations make of a point that is a term of a side: x - a y = b z gives b z + a y."""
    for pair in (p for root in roots for chain in stated(root) for p in chain.pairs()):
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if pair.relation.sign == "=" and isinstance(one, Terms) and _once(point, one, other):
                at = next((n for n, item in enumerate(one.items) if is_name(item) and key(item) == point), None)
                if at is not None and one.signs[at] in ("", "+"):
                    yield _without(one, at, other)


def _once(point: str, one: Node, other: Node) -> bool:
    return [key(n) for side in (one, other) for n in walk(side) if is_name(n)].count(point) == 1


def _without(terms: Terms, at: int, other: Node) -> Node:
    """The other side less all terms but one."""
    rest = [(s, i) for n, (s, i) in enumerate(zip(terms.signs, terms.items, strict=True)) if n != at]
    signs = tuple("+" if sign in ("-", "−", "–") else "-" for sign, _ in rest)
    bracket = Fence(other.start, other.end, "(", other, ")")
    return replace(terms, items=(bracket, *(item for _, item in rest)), signs=("", *signs))


def unknown_in(side: Node, other: Node, setting: Setting) -> set[str]:
    """The names and functions that one side has and the other lacks, and of which nothing that was put in speaks."""
    known = {*setting.bodies, *setting.points}
    for node in (*setting.bodies.values(), *setting.moved.values()):
        known |= _names(node)
    for density in setting.densities:
        known |= _of_density(density)
    return _names(side) - _names(other) - known


def _of_density(density: Density) -> set[str]:
    return {name for part in density.normal or (density.body,) for name in _names(part)}


def _values_on_one_side(pair: Pair) -> set[str]:
    left, right = ({key(n) for n in names_in(side)} for side in (pair.left, pair.right))
    return left ^ right


def _names(node: Node) -> set[str]:
    """The names of values and of functions."""
    return {key(n) for n in (*names_in(node), *functions_in(node))}
