"""Two terms of linear algebra at exact random points of several dimensions: where they agree and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from random import Random

from flint import arb, arb_mat, ctx

from claims.records import Record
from numerics.balls import PRECISIONS, Undetermined
from numerics.matrices import Point, Term
from numerics.matrix_values import apart, evaluate, shape
from numerics.random_matrices import MANNERS, Manner, compact
from numerics.spots import ASSIGNMENTS, TURNS, WANTED, Drawn, Spot, Spots, drawn_spot, spots_of
from numerics.undetermined import Singular, Vanishing

GOOD_BITS = 40
"""Bits of an entry that must be known for two values to count as equal."""
TINY = arb(2) ** -GOOD_BITS
MOST_MISSED = 12
"""Points without a value after which one gives up: where a logarithm is of what is hardly ever positive, no dimensions
help."""


class Apart(Record):
    """A point where the sides differ at two precisions."""

    point: tuple[tuple[str, str], ...]
    left: str
    right: str


class Tally(Record):
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


class _Outcome(Record):
    assignment: int
    high: bool
    mixed: bool
    agrees: bool
    is_zero: bool
    spot: Spot


def tally(
    left: Term,
    right: Term,
    drawn: Drawn,
    seed: int,
    until_apart: bool = False,
    until_refused: bool = False,
    patient: bool = True,
) -> Tally:
    """Both sides at three points of each assignment of the dimensions, two of them with positive numbers.

    ``until_apart`` stops at the first point where they differ, for a condition that is only of use if it saves all; the
    point isn't shown then, nor looked at more closely. ``until_refused`` stops at the first one with positive numbers,
    where all that is asked is whether they hold at least for these. Who isn't ``patient`` gives up where the first
    points have no value, though nothing singular is inverted there, and looks no further in dimensions in which a
    number that is inverted is zero.
    """
    spots = spots_of(drawn, seed)
    outcomes: list[_Outcome] = []
    singular: set[int] = set()
    missed = 0
    for turn, manner in _where_values_are(spots, left, right):
        if turn >= len(ASSIGNMENTS) and len(outcomes) >= WANTED:
            break
        if not patient and missed >= MOST_MISSED and not outcomes:
            break
        if turn in singular:
            continue
        try:
            found = _outcome(left, right, spots.spot(turn, manner), turn, manner, confirmed=not until_apart)
        except Singular:
            singular.add(turn)
            continue
        except Vanishing:
            found = None
            if not patient:
                singular.add(turn)
                missed += len(MANNERS) - 1
        if found is None:
            missed += 1
        else:
            outcomes.append(found)
            if not found.agrees and (until_apart or (until_refused and not found.mixed)):
                break
    return _counted(left, right, outcomes, possible=3 if drawn.dims else 1, shown=not until_apart)


def _where_values_are(spots: Spots, left: Term, right: Term) -> Iterator[tuple[int, Manner]]:
    """The turns of the dimensions, less those in which something singular is inverted; each with three kinds of
    numbers."""
    for turn in range(TURNS):
        if spots.has_values(turn, left, right):
            yield from ((turn, manner) for manner in MANNERS)


def _counted(left: Term, right: Term, outcomes: list[_Outcome], possible: int, shown: bool) -> Tally:
    agree = [o for o in outcomes if o.agrees]
    differ = [o for o in outcomes if not o.agrees]
    first = next((o for o in differ if o.high), None) if shown else None
    return Tally(
        agree=len(agree),
        differ=len(differ),
        agree_mixed=sum(o.mixed for o in agree),
        differ_positive=sum(not o.mixed for o in differ),
        high=sum(o.high for o in agree),
        differ_high=sum(o.high for o in differ),
        assignments=len({o.assignment for o in agree}),
        possible=possible,
        first=None if first is None else _shown(left, right, first.spot),
        telling=sum(not o.is_zero for o in agree),
    )


class Place(Record):
    """A point of several dimensions, with the values of both sides of a relation there."""

    point: Point
    left: arb_mat
    right: arb_mat


def first_place(left: Term, right: Term, drawn: Drawn, seed: int) -> Place | None:
    """The first point at which both sides have a value; None where they have none in any dimensions."""
    spots = spots_of(drawn, seed)
    for turn in (t for t in range(TURNS) if spots.has_values(t, left, right)):
        spot = drawn_spot(drawn, turn, MANNERS[0], Random(f"{seed} at once {turn}"))
        try:
            found = _outcome(left, right, spot, turn, MANNERS[0])
        except (Singular, Vanishing):
            continue
        if found is not None:
            with ctx.workprec(PRECISIONS[0]):
                at = spot.at(PRECISIONS[0])
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


def _outcome(left: Term, right: Term, spot: Spot, turn: int, manner: Manner, confirmed: bool = True) -> _Outcome | None:
    """How the sides meet at one point, at two precisions where they are apart and that is to be confirmed; None where
    this can't be said. Raises Singular where it can't be said for any numbers of the same dimensions, and Vanishing
    where that is likely."""
    try:
        met = _compared(left, right, spot, PRECISIONS[0])
        if met is Meeting.APART and confirmed and _compared(left, right, spot, PRECISIONS[1]) is not met:
            return None
    except (Singular, Vanishing):
        raise
    except (Undetermined, ZeroDivisionError):
        return None
    if met is Meeting.UNCLEAR:
        return None
    high, mixed = all(n > 1 for n in spot.sizes.values()), manner is Manner.BOTH_SIGNS
    return _Outcome(turn, high, mixed, met is not Meeting.APART, met is Meeting.ZERO, spot)


def _compared(left: Term, right: Term, spot: Spot, bits: int) -> Meeting:
    """Whether the sides are equal as far as can be seen."""
    with ctx.workprec(bits):
        return _meeting(*_sides(left, right, spot.at(bits)))


def _meeting(a: arb_mat, b: arb_mat) -> Meeting:
    if apart(a, b):
        return Meeting.APART
    if not (_sharp(a) and _sharp(b)):
        return Meeting.UNCLEAR
    return Meeting.ZERO if all(abs(e) < TINY for e in a.entries()) else Meeting.EQUAL


def _sides(left: Term, right: Term, at: Point) -> tuple[arb_mat, arb_mat]:
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


def _shown(left: Term, right: Term, spot: Spot) -> Apart:
    with ctx.workprec(PRECISIONS[0]):
        a, b = _sides(left, right, spot.at(PRECISIONS[0]))
    shown = [(n, compact(v)) for n, v in spot.exact.items() if not n.startswith("⟨")]
    return Apart(tuple(shown), _compact_ball(a), _compact_ball(b))


def _compact_ball(value: arb_mat) -> str:
    rows = "; ".join(" ".join(e.str(6, radius=False) for e in row) for row in value.tolist())
    return rows if shape(value) == (1, 1) else f"[{rows}]"
