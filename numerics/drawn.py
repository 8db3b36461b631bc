"""Two terms of linear algebra at exact random points of several dimensions: where they agree and where they differ.

Dimensions are small and distinct, one at least is drawn with every dimension above one, so that a lost transpose, a
swapped order or a constant of dimension one shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import permutations, product
from random import Random

from flint import arb, arb_mat, ctx, fmpq_mat

from numerics.balls import PRECISIONS, Undetermined
from numerics.matrices import ONE, Dim, Point, Term, size
from numerics.matrix_values import apart, evaluate, shape
from numerics.random_matrices import MANNERS, Manner, Structure, column, compact, matrix, number

ASSIGNMENTS = ((2, 3, 4, 5), (3, 2, 5, 4), (1, 2, 3, 4), (3, 1, 2, 1))
"""What the free dimensions are, in turn."""
FURTHER = tuple((*order, 4) for values in ((5, 3, 2), (3, 2, 1)) for order in permutations(values))
"""What they are where too many points had no value, as where XᵀX is inverted and X is wide."""
WANTED = 10
"""Points with a value beyond which no further dimensions are tried."""
MOST_WHOLE = 40
FAMILY = 6
"""Members of a family x_i."""
GOOD_BITS = 40
"""Bits of an entry that must be known for two values to count as equal."""
TINY = arb(2) ** -GOOD_BITS


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
    telling: int
    """Agreements on something other than 0."""


class Meeting(Enum):
    """How two values stand to each other."""

    EQUAL = "equal"
    ZERO = "both zero"
    APART = "apart"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class _Outcome:
    assignment: int
    high: bool
    mixed: bool
    agrees: bool
    is_zero: bool
    exact: Mapping[str, fmpq_mat]
    sizes: Mapping[str, int]


def tally(left: Term, right: Term, drawn: Drawn, seed: int, until_apart: bool = False) -> Tally:
    """Both sides at three points of each assignment of the dimensions, two of them with positive numbers.

    ``until_apart`` stops at the first point where they differ, for a condition that is only of use if it saves all; the
    point isn't shown then, nor looked at more closely.
    """
    random = Random(f"{seed} {sorted(drawn.shapes)} {drawn.structure}")
    outcomes: list[_Outcome] = []
    for turn, manner in product(range(len(ASSIGNMENTS) + len(FURTHER)), MANNERS):
        if turn >= len(ASSIGNMENTS) and len(outcomes) >= WANTED:
            break
        found = _outcome(left, right, drawn, turn, manner, random, confirmed=not until_apart)
        if found is not None:
            outcomes.append(found)
            if until_apart and not found.agrees:
                break
    agree = [o for o in outcomes if o.agrees]
    differ = [o for o in outcomes if not o.agrees]
    first = None if until_apart else next((o for o in differ if o.high), None)
    return Tally(
        agree=len(agree),
        differ=len(differ),
        agree_mixed=sum(o.mixed for o in agree),
        differ_positive=sum(not o.mixed for o in differ),
        high=sum(o.high for o in agree),
        differ_high=sum(o.high for o in differ),
        assignments=len({o.assignment for o in agree}),
        possible=3 if drawn.dims else 1,
        first=None if first is None else _shown(left, right, first),
        telling=sum(not o.is_zero for o in agree),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A point of several dimensions, with the values of both sides of a relation there."""

    point: Point
    left: arb_mat
    right: arb_mat


def first_place(left: Term, right: Term, drawn: Drawn, seed: int) -> Place | None:
    """The first point at which both sides have a value; None where they have none in any dimensions."""
    for turn in range(len(ASSIGNMENTS) + len(FURTHER)):
        found = _outcome(left, right, drawn, turn, MANNERS[0], Random(f"{seed} at once {turn}"))
        if found is not None:
            with ctx.workprec(PRECISIONS[0]):
                at = _point(found.exact, found.sizes)
                return Place(at, evaluate(left, at), evaluate(right, at))
    return None


def agrees_at(place: Place, side: Term, on_left: bool) -> bool:
    """Whether a side put for the left or the right one equals the other one at a point: a quick look before all are
    tried."""
    other = place.right if on_left else place.left
    try:
        with ctx.workprec(PRECISIONS[0]):
            return _meeting(*_of_one_shape(evaluate(side, place.point), other)) in (Meeting.EQUAL, Meeting.ZERO)
    except (Undetermined, ZeroDivisionError):
        return False


def _outcome(
    left: Term, right: Term, drawn: Drawn, turn: int, manner: Manner, random: Random, confirmed: bool = True
) -> _Outcome | None:
    """How the sides meet at one point, at two precisions where they are apart and that is to be confirmed."""
    values = (*ASSIGNMENTS, *FURTHER)[turn]
    sizes = {d: values[i % len(values)] for i, d in enumerate(drawn.dims)}
    exact = _draw(drawn, sizes, manner, random)
    try:
        met = _compared(left, right, exact, sizes, PRECISIONS[0])
        if met is Meeting.APART and confirmed and _compared(left, right, exact, sizes, PRECISIONS[1]) is not met:
            return None
    except (Undetermined, ZeroDivisionError):
        return None
    if met is Meeting.UNCLEAR:
        return None
    high, mixed = all(n > 1 for n in sizes.values()), manner is Manner.BOTH_SIGNS
    return _Outcome(turn, high, mixed, met is not Meeting.APART, met is Meeting.ZERO, exact, sizes)


def _compared(left: Term, right: Term, exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int], bits: int) -> Meeting:
    """Whether the sides are equal as far as can be seen."""
    with ctx.workprec(bits):
        return _meeting(*_sides(left, right, exact, sizes))


def _meeting(a: arb_mat, b: arb_mat) -> Meeting:
    if apart(a, b):
        return Meeting.APART
    if not (_sharp(a) and _sharp(b)):
        return Meeting.UNCLEAR
    return Meeting.ZERO if all(abs(e) < TINY for e in a.entries()) else Meeting.EQUAL


class _Balls(dict[str, arb_mat]):
    """The balls of exact values, each made when it is first asked for: not every member of a family is."""

    def __init__(self, exact: Mapping[str, fmpq_mat]) -> None:
        self.exact = exact

    def __missing__(self, name: str) -> arb_mat:
        self[name] = value = arb_mat(self.exact[name])
        return value


def _point(exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int]) -> Point:
    return Point(_Balls(exact), sizes)


def _sides(left: Term, right: Term, exact: Mapping[str, fmpq_mat], sizes: Mapping[str, int]) -> tuple[arb_mat, arb_mat]:
    at = Point(_Balls(exact), sizes, known={})
    return _of_one_shape(evaluate(left, at), evaluate(right, at))


def _of_one_shape(a: arb_mat, b: arb_mat) -> tuple[arb_mat, arb_mat]:
    """Both values; a side that is 0 is a 0 of the other's shape."""
    if shape(a) != shape(b):
        if shape(a) == (1, 1) and a[0, 0] == 0:
            return arb_mat(*shape(b)), b
        if shape(b) == (1, 1) and b[0, 0] == 0:
            return a, arb_mat(*shape(a))
    return a, b


def _sharp(a: arb_mat) -> bool:
    return all(e.rel_accuracy_bits() >= GOOD_BITS or abs(e) < TINY for e in a.entries())


def _shown(left: Term, right: Term, met: _Outcome) -> Apart:
    with ctx.workprec(PRECISIONS[0]):
        a, b = _sides(left, right, met.exact, met.sizes)
    shown = [(n, compact(v)) for n, v in met.exact.items() if not n.startswith("⟨")]
    return Apart(tuple(shown), _compact_ball(a), _compact_ball(b))


def _compact_ball(value: arb_mat) -> str:
    rows = "; ".join(" ".join(e.str(6, radius=False) for e in row) for row in value.tolist())
    return rows if shape(value) == (1, 1) else f"[{rows}]"


def _draw(drawn: Drawn, sizes: Mapping[str, int], manner: Manner, random: Random) -> dict[str, fmpq_mat]:
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
            out |= _members(name, lambda: fmpq_mat([[number(random, manner)]]))
        elif cols == ONE and name.count("[]") == 0:
            columns.append(column(r, columns, drawn.structure, random))
            out[name] = columns[-1]
        else:
            out |= _members(
                name, lambda r=r, c=c, name=name: matrix(r, c, name in drawn.spd, _structure_of(name, drawn), random)
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
