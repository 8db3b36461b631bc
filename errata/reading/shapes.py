"""Which names of a relation are numbers, columns or matrices, so that every sum, product and inverse in it fits.

The constraints are solved by unification of symbolic dimensions; a proper dimension never unifies with 1. Where several
assignments fit, they come ranked by what notation suggests; where none does, there is no reading, which is no error.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count

from claims.records import Record
from errata.reading.dimensions import SCALAR, Inference, Kind, Mismatch, Shape, resolved, shape_of
from errata.reading.matrix_notation import Hint, Notes
from errata.reading.shape_search import Known, Search
from numerics.matrices import (
    Apply,
    Constant,
    Dim,
    Identity,
    Name,
    Term,
    distinct,
    rebuilt,
    with_shared_parts,
)

MOST_TRIED = 700
"""Partial assignments looked at before a relation counts as too ambiguous."""
NEAR = 2
"""How much less likely than the likeliest a reading may be and still count as admissible."""


class Reading(Record):
    """A kind for every name, and what the dimensions are in terms of free ones."""

    kinds: Mapping[str, Kind]
    bound: Mapping[str, Dim]
    cost: int

    def dim(self, dim: Dim) -> Dim:
        return resolved(dim, self.bound)

    def shape(self, name: str) -> Shape:
        rows, columns = shape_of(name, self.kinds[name])
        return self.dim(rows), self.dim(columns)


class Readings(Record):
    """The admissible readings, likeliest first; ``complete`` says that no other was left out for lack of time."""

    ranked: tuple[Reading, ...]
    complete: bool


def readings(left: Term, right: Term, notes: Notes, near: int = NEAR) -> Readings:
    """The ways to read a relation whose sides have one shape, those that are ``near`` the likeliest ones."""
    choices = [(n, tuple(candidates(n, notes))) for n in _names(left, right)]
    return _ranked(left, right, tuple(sorted(choices, key=lambda choice: (len(choice[1]), choice[0]))), near)


@lru_cache(maxsize=128)
def _ranked(
    left: Term, right: Term, choices: tuple[tuple[str, tuple[tuple[int, Kind], ...]], ...], near: int
) -> Readings:
    """The same by what each name can be. The last ones are remembered: a document repeats its relations."""
    names = [name for name, _ in choices]
    left, right = with_shared_parts(left, right)
    search = Search(left, right)
    found: list[Reading] = []
    heap: list[tuple[int, int, int, tuple[Kind, ...], Known | None]] = [(0, 0, 0, (), search.start())]
    tried, counter = 0, count()
    while heap and tried < MOST_TRIED:
        cost, _, _, kinds, before = heappop(heap)
        if found and cost > found[0].cost + near:
            return Readings(tuple(found), True)
        tried += 1
        assigned = dict(zip(names, kinds, strict=False))
        known = search.known(before, assigned, names[len(kinds) - 1]) if kinds and before is not None else before
        if known is None:
            continue
        if len(kinds) == len(names):
            bound = _fits(left, right, assigned)
            if bound is not None:
                found.append(Reading(assigned, bound, cost))
            continue
        for extra, kind in choices[len(kinds)][1]:
            heappush(heap, (cost + extra, -len(kinds), next(counter), (*kinds, kind), known))
    return Readings(tuple(found), not heap)


def candidates(name: str, notes: Notes) -> list[tuple[int, Kind]]:
    """What a name can be, each with how far notation speaks against it."""
    hint = notes.hints[name]
    kinds = _by_notation(hint, name in notes.acted)
    if name in notes.transposed:
        return [(cost, kind) for cost, kind in kinds if kind is not Kind.SCALAR]
    if name in notes.counts:
        return [(0, Kind.SCALAR)]
    return kinds


def _by_notation(hint: Hint, acted: bool) -> list[tuple[int, Kind]]:
    if hint.opaque:
        return [(0, Kind.SCALAR), (1, Kind.COLUMN), (1, Kind.MATRIX)]
    if hint.line:
        return [(0, Kind.ROW if hint.line == "row" else Kind.COLUMN), (3, Kind.SCALAR)]
    if hint.font == "bold" and hint.letter.islower():
        return [(0, Kind.COLUMN), (6, Kind.ROW)]
    if hint.font == "bold":
        return [(0, Kind.MATRIX), (2, Kind.COLUMN)]
    if hint.letter[:1].isupper() and len(hint.letter) == 1:
        return [(0, Kind.MATRIX), (3, Kind.COLUMN), (4, Kind.SCALAR)]
    if len(hint.letter) > 1:
        return [(0, Kind.SCALAR)]
    if acted:
        return [(0, Kind.COLUMN), (1, Kind.SCALAR), (6, Kind.ROW)]
    return [(0, Kind.SCALAR), (2, Kind.COLUMN), (6, Kind.ROW)]


def _names(*terms: Term) -> set[str]:
    return {t.key for t in distinct(*terms) if isinstance(t, Name)}


def settled(term: Term, reading: Reading, met: dict[int, Term] | None = None) -> Term:
    """The term with |·| read as an absolute value or a determinant, and with dimensions in terms of free ones.

    ``met`` holds the parts settled before, by their identity, and takes in those of this one.
    """
    inference = Inference(reading.kinds, dict(reading.bound))

    def leaf(t: Term) -> Term:
        match t:
            case Apply(function="bars", body=body):
                return Apply("abs" if inference.of(body) in (SCALAR, None) else "det", body)
            case Identity(dim=dim):
                return Identity(reading.dim(dim))
            case Constant(value=value, rows=rows, columns=columns):
                return Constant(value, reading.dim(rows), reading.dim(columns))
            case _:
                return t

    return rebuilt(term, leaf, {} if met is None else met)


def free_dims(reading: Reading, *terms: Term) -> tuple[str, ...]:
    """The names of the dimensions that are left free, in a fixed order."""
    dims = [d for name in sorted(reading.kinds) for d in reading.shape(name)]
    for t in distinct(*terms):
        if isinstance(t, Identity):
            dims.append(reading.dim(t.dim))
        elif isinstance(t, Constant):
            dims += [reading.dim(t.rows), reading.dim(t.columns)]
    return tuple(dict.fromkeys(v for dim in dims for monomial in dim for v in monomial))


def _fits(left: Term, right: Term, kinds: Mapping[str, Kind]) -> Mapping[str, Dim] | None:
    """What the dimensions are if the sides have one shape; equal parts of both are one object, and looked at once."""
    inference = Inference(kinds, {}, met={})
    try:
        inference.same(inference.of(left), inference.of(right))
        inference.settle()
    except Mismatch:
        return None
    return inference.bound
