"""What would make a refuted relation of vectors and matrices hold: its matrices commute, are symmetric, orthogonal or
diagonal, its vectors are perpendicular or of length one, or all dimensions are one.

Each condition is tried at the points of linear algebra, and has to hold at all of them, on something else than zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from flint import fmpq

from claims.records import Record, replace
from claims.verdict import LEAST_POINTS
from errata.checking.indefinite import made_indefinite
from errata.checking.linear import points_of
from errata.checking.linear_relation import Relation, fails_in_dimension_one, relation_of
from errata.reading.dimensions import Kind
from errata.reading.relations import Pair
from errata.reading.shapes import Reading, readings, settled
from errata.reading.vectors import Unlowered
from numerics.drawn import tally
from numerics.matrices import ONE, Name, Number, Product, Sum, Term, rebuilt
from numerics.random_matrices import Structure
from numerics.spots import Drawn

MOST_TRIED = 24
"""Conditions that are tried for one reading of the shapes."""
MOST_READINGS = 2
HIGH = 3
"""Points with all dimensions above one at which a condition has to hold."""
_OF_MATRICES = (
    (Structure.ORTHOGONAL, "orthogonal"), (Structure.DIAGONAL, "diagonal"), (Structure.PROJECTION, "a projection"),
    (Structure.ORTHONORMAL, "with orthonormal columns"), (Structure.ORTHONORMAL_ROWS, "with orthonormal rows"),
)  # fmt: skip


class Tried(Record):
    """Both sides under a condition, and from what their points are drawn."""

    says: str
    left: Term
    right: Term
    drawn: Drawn


def saves_matrices(pair: Pair, seed: int) -> str | None:
    """The first condition under which a relation of vectors and matrices holds; None where none of them saves it."""
    try:
        relation = relation_of(pair.left, pair.right)
        relation = replace(relation, notes=replace(relation.notes, linear=True))
        found = readings(relation.left, relation.right, relation.notes)
    except (Unlowered, RecursionError):
        return None
    if not found.ranked:
        return None
    likely = [r for r in found.ranked if r.cost == found.ranked[0].cost]
    if len(likely) > MOST_READINGS:
        return None
    first, *rest = ([t.says for t in _holding(relation, r, seed, len(likely) > 1)] for r in likely)
    common = [says for says in first if all(says in others for others in rest)]
    return next(iter(common), None)


def _holding(relation: Relation, reading: Reading, seed: int, all_: bool) -> Iterator[Tried]:
    """The conditions under which a relation holds with these shapes: the first one, or ``all_``."""
    left, right = settled(relation.left, reading), settled(relation.right, reading)
    base = points_of(relation, reading, left, right)
    for one in islice(_conditions(reading, left, right, base), MOST_TRIED):
        if _holds(one, seed):
            yield one
            if not all_:
                return
    plain = Tried("all dimensions are one", left, right, base)
    if not fails_in_dimension_one(relation) and tally(left, right, base, seed).agree:
        yield plain


def _holds(one: Tried, seed: int) -> bool:
    found = tally(one.left, one.right, one.drawn, seed, until_apart=True)
    return found.differ == 0 and found.telling >= LEAST_POINTS and found.high >= HIGH


def _conditions(reading: Reading, left: Term, right: Term, base: Drawn) -> Iterator[Tried]:
    """The customary conditions, those on two names first: they take least away."""
    squares = [n for n, k in sorted(reading.kinds.items()) if k is Kind.MATRIX and _is_square(base, n)]
    vectors = [n for n, k in sorted(reading.kinds.items()) if k in (Kind.COLUMN, Kind.ROW)]
    if len(vectors) > 1:
        says = f"{_shown(vectors)} are perpendicular"
        yield Tried(says, left, right, replace(base, structure=Structure.PERPENDICULAR))
    for one, other in combinations(squares, 2):
        if base.shapes[one] == base.shapes[other] and not {one, other} & base.spd:
            yield Tried(f"{_shown((one, other))} commute", *_commuting(one, other, left, right), base)
    for names in _subsets([n for n in squares if n not in base.spd]):
        yield Tried(f"{_are(names)} symmetric", *made_indefinite(names, left, right, base))
    yield from _structured(left, right, base, squares)
    if vectors:
        yield Tried(f"{_are(vectors)} of length one", left, right, replace(base, structure=Structure.UNIT))
        yield Tried(f"the entries of {_shown(vectors)} sum to zero", left, right,
                    replace(base, structure=Structure.CENTRED))  # fmt: skip
    for name in (n for n, k in sorted(reading.kinds.items()) if k is Kind.SCALAR):
        for number in (1, 0):
            yield Tried(f"{_plain(name)} = {number}", *_with_number(name, number, left, right), base)


def _structured(left: Term, right: Term, base: Drawn, squares: list[str]) -> Iterator[Tried]:
    """The matrices orthogonal, diagonal or projections, one by one, then all of them."""
    matrices = [n for n, shape in sorted(base.shapes.items()) if ONE not in shape]
    for structure, says in _OF_MATRICES:
        some = matrices if structure in (Structure.ORTHONORMAL, Structure.ORTHONORMAL_ROWS) else squares
        for names in _subsets([n for n in some if n not in base.spd]):
            diagonal = names if structure is Structure.DIAGONAL else frozenset()
            drawn = replace(base, structure=structure, firm=frozenset(base.shapes) - names, diagonal=diagonal)
            yield Tried(f"{_are(names)} {says}", left, right, drawn)


def _subsets(names: list[str]) -> Iterator[frozenset[str]]:
    yield from (frozenset({n}) for n in names)
    if len(names) > 1:
        yield frozenset(names)


def _commuting(one: str, other: str, left: Term, right: Term) -> tuple[Term, Term]:
    """Both sides with A² + A for a matrix B, which commutes with A as any polynomial in it does."""

    def leaf(t: Term) -> Term:
        first = Name(one, t.indices) if isinstance(t, Name) else t
        if not isinstance(t, Name) or t.key != other:
            return t
        return Sum((1, 1), (Product((first, first)), first))

    return rebuilt(left, leaf), rebuilt(right, leaf)


def _with_number(name: str, number: int, left: Term, right: Term) -> tuple[Term, Term]:
    def leaf(t: Term) -> Term:
        return Number(fmpq(number)) if isinstance(t, Name) and t.key == name else t

    return rebuilt(left, leaf), rebuilt(right, leaf)


def _is_square(base: Drawn, name: str) -> bool:
    rows, columns = base.shapes[name]
    return rows == columns and rows != ONE


def _are(names: frozenset[str] | list[str]) -> str:
    return f"{_shown(sorted(names))} {'is' if len(names) == 1 else 'are'}"


def _shown(names: list[str] | tuple[str, ...]) -> str:
    *rest, last = map(_plain, names)
    return f"{', '.join(rest)} and {last}" if rest else last


def _plain(name: str) -> str:
    return name.removeprefix(r"\mathbf")
