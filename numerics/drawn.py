"""Two terms of linear algebra at exact random points of several dimensions: where they agree and where they differ.

Dimensions are small and distinct, one at least is drawn with every dimension above one, so that a lost transpose, a
swapped order or a constant of dimension one shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import product
from random import Random

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from numerics.balls import PRECISIONS, Undetermined
from numerics.matrices import ONE, Dim, Point, Term, apart, evaluate, shape, size

ASSIGNMENTS = ((2, 3, 4, 5), (3, 2, 5, 4), (1, 2, 3, 4), (3, 1, 2, 1))
"""What the free dimensions are, in turn."""
FURTHER = ((5, 3, 2, 4), (4, 2, 1, 3), (5, 4, 3, 2), (2, 4, 3, 5), (3, 5, 4, 2), (2, 5, 1, 3))
"""What they are where too many points had no value, as where XᵀX is inverted and X is wide."""
WANTED = 10
"""Points with a value beyond which no further dimensions are tried."""
MOST_WHOLE = 40
FAMILY = 6
"""Members of a family x_i."""
GOOD_BITS = 40
"""Bits of an entry that must be known for two values to count as equal."""


class Structure(Enum):
    """What a document may have said of its matrices or vectors."""

    PROJECTION = "if its square matrices are projections"
    ORTHOGONAL = "if its square matrices are orthogonal"
    ORTHONORMAL = "if the columns of its matrices are orthonormal"
    DIAGONAL = "if a matrix in it is diagonal"
    PERPENDICULAR = "if its vectors are perpendicular"
    UNIT = "if its vectors have length one"
    CENTRED = "if its vectors sum to zero"


@dataclass(frozen=True, slots=True)
class Drawn:
    """From what the points are drawn: shapes, free dimensions, symmetric names, numbers that are a dimension."""

    shapes: Mapping[str, tuple[Dim, Dim]]
    dims: tuple[str, ...]
    spd: frozenset[str] = frozenset()
    tied: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    """Numbers of terms."""
    whole: frozenset[str] = frozenset()
    """Numbers that may be dimensions, of which it isn't known."""
    structure: Structure | None = None
    diagonal: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    """Names that no structure but the diagonal one touches."""

    def with_spd(self, names: frozenset[str]) -> Drawn:
        return replace(self, spd=names)

    def with_tied(self, tied: Mapping[str, str]) -> Drawn:
        return replace(self, tied={**self.tied, **tied})

    def with_structure(self, structure: Structure, diagonal: frozenset[str], firm: frozenset[str]) -> Drawn:
        return replace(self, structure=structure, diagonal=diagonal, firm=firm)


@dataclass(frozen=True, slots=True)
class Apart:
    """A point where the sides differ at two precisions."""

    point: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Tally:
    """``high`` counts agreements with all dimensions above one; ``mixed`` points have numbers of both signs."""

    agree: int
    differ: int
    agree_mixed: int
    differ_positive: int
    high: int
    differ_high: int
    assignments: int
    possible: int
    first: Apart | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    assignment: int
    high: bool
    mixed: bool
    agrees: bool
    apart: Apart | None


def tally(left: Term, right: Term, drawn: Drawn, seed: int, until_apart: bool = False) -> Tally:
    """Both sides at three points of each assignment of the dimensions, two of them with positive numbers.

    ``until_apart`` stops at the first point where they differ, for a condition that is only of use if it saves all.
    """
    random = Random(f"{seed} {sorted(drawn.shapes)} {drawn.structure}")
    outcomes: list[_Outcome] = []
    for turn, mixed in product(range(len(ASSIGNMENTS) + len(FURTHER)), (False, False, True)):
        if turn >= len(ASSIGNMENTS) and len(outcomes) >= WANTED:
            break
        found = _outcome(left, right, drawn, turn, mixed, random)
        if found is not None:
            outcomes.append(found)
            if until_apart and not found.agrees:
                break
    agree = [o for o in outcomes if o.agrees]
    differ = [o for o in outcomes if not o.agrees]
    return Tally(
        agree=len(agree),
        differ=len(differ),
        agree_mixed=sum(o.mixed for o in agree),
        differ_positive=sum(not o.mixed for o in differ),
        high=sum(o.high for o in agree),
        differ_high=sum(o.high for o in differ),
        assignments=len({o.assignment for o in agree}),
        possible=3 if drawn.dims else 1,
        first=next((o.apart for o in differ if o.high), None),
    )


def _outcome(left: Term, right: Term, drawn: Drawn, turn: int, mixed: bool, random: Random) -> _Outcome | None:
    values = (*ASSIGNMENTS, *FURTHER)[turn]
    sizes = {d: values[i % len(values)] for i, d in enumerate(drawn.dims)}
    exact = _draw(drawn, sizes, mixed, random)
    try:
        equal = _compared(left, right, exact, sizes, PRECISIONS[0])
        if equal is None:
            return None
        found = None
        if not equal:
            if _compared(left, right, exact, sizes, PRECISIONS[1]) is not False:
                return None
            found = _shown(left, right, drawn, exact, sizes)
    except (Undetermined, ZeroDivisionError):
        return None
    return _Outcome(turn, all(n > 1 for n in sizes.values()), mixed, equal, found)


def _compared(
    left: Term, right: Term, exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int], bits: int
) -> bool | None:
    """Whether the sides are equal as far as can be seen; None where too little can be seen."""
    before = ctx.prec
    ctx.prec = bits
    try:
        a, b = _sides(left, right, exact, sizes)
        if apart(a, b):
            return False
        return True if _sharp(a) and _sharp(b) else None
    finally:
        ctx.prec = before


def _sides(left: Term, right: Term, exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int]) -> tuple[arb_mat, arb_mat]:
    """Both values; a side that is 0 is a 0 of the other's shape."""
    at = Point({name: arb_mat(value) for name, value in exact.items()}, sizes)
    a, b = evaluate(left, at), evaluate(right, at)
    if shape(a) != shape(b):
        if shape(a) == (1, 1) and a[0, 0] == 0:
            return arb_mat(*shape(b)), b
        if shape(b) == (1, 1) and b[0, 0] == 0:
            return a, arb_mat(*shape(a))
    return a, b


def _sharp(a: arb_mat) -> bool:
    return all(e.rel_accuracy_bits() >= GOOD_BITS or abs(e) < arb(2) ** -GOOD_BITS for e in a.entries())


def _shown(left: Term, right: Term, drawn: Drawn, exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int]) -> Apart:
    a, b = _sides(left, right, exact, sizes)
    shown = [(n, compact(v)) for n, v in exact.items() if not n.startswith("⟨")]
    return Apart(tuple(shown), _compact_ball(a), _compact_ball(b))


def compact(value: fmpq_mat) -> str:
    """A matrix on one line, a 1 × 1 one as a number: [1 2; 3 4]."""
    rows = "; ".join(" ".join(str(e) for e in row) for row in value.tolist())
    return rows if value.nrows() == value.ncols() == 1 else f"[{rows}]"


def _compact_ball(value: arb_mat) -> str:
    rows = "; ".join(" ".join(e.str(6, radius=False) for e in row) for row in value.tolist())
    return rows if shape(value) == (1, 1) else f"[{rows}]"


def _draw(drawn: Drawn, sizes: Mapping[str, int], mixed: bool, random: Random) -> dict[str, fmpq_mat]:
    """An exact value for every name."""
    out: dict[str, fmpq_mat] = {}
    columns: list[fmpq_mat] = []
    for name, (rows, cols) in drawn.shapes.items():
        r, c = size(rows, sizes), size(cols, sizes)
        if name in drawn.tied:
            out[name] = fmpq_mat([[sizes[drawn.tied[name]]]])
        elif name in drawn.counts:
            out[name] = fmpq_mat([[random.randint(2, FAMILY)]])
        elif name in drawn.whole:
            out[name] = fmpq_mat([[random.randint(2, MOST_WHOLE)]])
        elif rows == cols == ONE:
            out |= _members(name, lambda: fmpq_mat([[_number(random, mixed)]]))
        elif cols == ONE and name.count("[]") == 0:
            columns.append(_column(r, columns, drawn.structure, random))
            out[name] = columns[-1]
        else:
            out |= _members(
                name, lambda r=r, c=c, name=name: _matrix(r, c, name in drawn.spd, _structure_of(name, drawn), random)
            )
    return out


def _structure_of(name: str, drawn: Drawn) -> Structure | None:
    if drawn.structure is Structure.DIAGONAL:
        return drawn.structure if name in drawn.diagonal else None
    return None if name in drawn.firm else drawn.structure


def _members(name: str, draw: object) -> dict[str, fmpq_mat]:
    """One value, or one for each member of a family."""
    assert callable(draw)
    places = name.count("[]")
    base = name.split("[]")[0]
    if not places:
        return {name: draw()}
    numbers = [str(i) for i in range(1, FAMILY + 1)]
    indices = numbers if places == 1 else [f"{i},{j}" for i in numbers for j in numbers]
    return {f"{name}[{i}]": draw() for i in indices} if base else {}


def _number(random: Random, mixed: bool) -> fmpq:
    bottom = random.randint(2, 11)
    return fmpq(random.randint(-3 * bottom + 1, 3 * bottom - 1) or 1, bottom) if mixed else fmpq(
        random.randint(1, 4 * bottom - 1), bottom
    )  # fmt: skip


def _rough(rows: int, columns: int, random: Random) -> fmpq_mat:
    return fmpq_mat([[fmpq(random.randint(-9, 9), random.randint(1, 5)) for _ in range(columns)] for _ in range(rows)])


def _column(n: int, before: list[fmpq_mat], structure: Structure | None, random: Random) -> fmpq_mat:
    v = _rough(n, 1, random)
    if structure is Structure.PERPENDICULAR:
        for u in (u for u in before if u.nrows() == n):
            square = (u.transpose() * u)[0, 0]
            v = v - u * ((u.transpose() * v)[0, 0] / square) if square else v
    if structure is Structure.CENTRED:
        mean = sum(v.entries(), fmpq(0)) / n
        v = fmpq_mat([[e - mean] for e in v.entries()])
    if structure is Structure.UNIT:
        v = _cayley(n, random) * fmpq_mat([[int(i == 0)] for i in range(n)])
    return v


def _matrix(rows: int, columns: int, spd: bool, structure: Structure | None, random: Random) -> fmpq_mat:
    if structure is Structure.ORTHONORMAL and rows >= columns:
        q = _cayley(rows, random)
        return fmpq_mat([row[:columns] for row in q.tolist()])
    if rows != columns:
        return _rough(rows, columns, random)
    if structure is Structure.PROJECTION:
        return _projection(rows, random)
    if structure is Structure.ORTHOGONAL:
        return _cayley(rows, random)
    if structure is Structure.DIAGONAL:
        return _diagonal([fmpq(random.randint(1, 9), random.randint(1, 5)) for _ in range(rows)])
    return _definite(rows, random) if spd else _invertible(rows, random)


def _diagonal(entries: list[fmpq]) -> fmpq_mat:
    return fmpq_mat([[e if i == j else fmpq(0) for j in range(len(entries))] for i, e in enumerate(entries)])


def _definite(n: int, random: Random) -> fmpq_mat:
    """Symmetric and positive definite: B Bᵀ + I."""
    b = _rough(n, n, random)
    return b * b.transpose() + _diagonal([fmpq(1)] * n)


def _invertible(n: int, random: Random) -> fmpq_mat:
    """A square matrix of positive determinant."""
    while True:
        a = _rough(n, n, random)
        det = a.det()
        if det > 0:
            return a
        if det < 0:
            return fmpq_mat([[-e if i == 0 else e for e in row] for i, row in enumerate(a.tolist())])


def _projection(n: int, random: Random) -> fmpq_mat:
    """A symmetric projection on all but one direction."""
    u = _rough(n, 1, random)
    square = (u.transpose() * u)[0, 0]
    eye = _diagonal([fmpq(1)] * n)
    return eye - u * u.transpose() * (1 / square) if square else eye


def _cayley(n: int, random: Random) -> fmpq_mat:
    """A random rotation with rational entries: (I − S)(I + S)⁻¹ for a skew S."""
    b = _rough(n, n, random)
    skew = b - b.transpose()
    eye = _diagonal([fmpq(1)] * n)
    return (eye - skew) * (eye + skew).inv()
