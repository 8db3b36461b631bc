"""How both sides of a relation change between points: equal changes leave a constant open, proportional ones a factor.

What varies are the quantity whose law is known and the mean of that law, or one of them; everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.domains import Integer
from claims.laws import domains_of, support_of
from claims.notation import Normal
from claims.records import Record
from errata.checking.families.trials import (
    APART,
    LEAST,
    MOST_MISSES,
    MOST_TRIED,
    Environment,
    Lowered,
    lowered_under,
    said_laws,
)
from errata.reading.families.models import LOCATED
from errata.reading.families.terms import Univariate
from errata.reading.relations import Pair
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined
from numerics.families.admissible import is_admissible, point
from numerics.plain_points import plainest

POINTS = 4
"""Points that are compared under one choice of what stays as it is."""
READINGS = ("the quantity and its mean", "the quantity", "the mean")
Point = Mapping[sp.Symbol, fmpq]


class Kind(Record):
    """What a relation leaves open: a factor, beside an additive constant; ``raised`` says that p ∝ q has no logarithm,
    so that the logarithms of its sides differ by a constant."""

    factor: bool
    raised: bool


@dataclass(slots=True)
class Tally:
    agree: int = 0
    strict: int = 0
    differ: int = 0
    first: tuple[Point, Point, arb, arb] | None = None
    law: str = ""
    whole: bool = False
    """Whether the quantity takes few values, so that points may miss the one at which it fails."""

    @property
    def holds(self) -> bool:
        return self.agree >= LEAST and not self.differ

    @property
    def idle(self) -> bool:
        """Whether nothing varies in this reading."""
        return not self.agree and not self.differ

    @property
    def fails(self) -> bool:
        return self.differ >= APART and (self.whole or not self.agree)


def tallied(pair: Pair, explicit_left: bool, reading: str, kind: Kind, seed: int, small: bool = False) -> Tally | None:
    """Changes of both sides between points that differ in what a reading lets vary; None where they have no value.

    ``small`` takes few coordinates and members, to be shown.
    """
    random = Random(f"{seed} loosely")
    found = Tally()
    misses = 0
    try:
        lowered = lowered_under(pair, Environment({}, {}, {}), {}, random, small)
    except (Unlowered, TypeError, ValueError, RecursionError):
        return None
    if not lowered.laws.met or not _is_sound(lowered, explicit_left):
        return None
    found.law = said_laws(lowered.laws.met[:3], lowered.laws.bound)
    found.whole = any(support_of(law).whole for law in lowered.laws.met)
    varied = _varied(lowered, reading)
    if not varied:
        return found
    for turn in range(MOST_TRIED):
        if _compare(found, lowered, varied, kind, turn, random):
            misses = 0
        else:
            misses += 1
            if misses == MOST_MISSES:
                return None
        mixed = found.agree and found.differ and not found.whole
        if (found.agree >= LEAST and not found.differ) or found.differ >= APART or mixed:
            break
    if small and found.first is not None and not kind.factor:
        found.first = _plainly(found.first, lowered, varied, kind)
    return found


def _plainly(
    first: tuple[Point, Point, arb, arb], lowered: Lowered, varied: frozenset[sp.Symbol], kind: Kind
) -> tuple[Point, Point, arb, arb]:
    """Two points with plainer values between which the changes are apart, too, where there are some."""
    there = {s: sp.Dummy(s.name) for s in first[0] if s in varied}

    def apart(both: Point) -> tuple[Point, Point, arb, arb] | None:
        one = {s: both[s] for s in first[0]}
        other = {s: both[there[s]] if s in there else both[s] for s in first[0]}
        if not all(is_admissible(law, at) for law in lowered.laws.met for at in (one, other)):
            return None
        try:
            (a, b), (c, d) = (_sides(lowered, at, kind.raised) for at in (one, other))
        except Undetermined:
            return None
        return None if (c - a).overlaps(d - b) else (one, other, c - a, d - b)

    found = plainest({**first[0], **{there[s]: first[1][s] for s in there}}, apart)
    return first if found is None else found[1]


def _is_sound(lowered: Lowered, explicit_left: bool) -> bool:
    """Whether both sides are made of numbers, and the explicit one of those that the law knows."""
    generic, laws = lowered.generic, lowered.laws
    if generic.uninterpreted or generic.marked or generic.matrices or generic.means or laws.doubtful:
        return False
    sides = lowered.check.expressions()
    known = set(laws.places).union(*(law.free_symbols for law in laws.met))
    return bool(sides[0 if explicit_left else 1].free_symbols <= known)


def _varied(lowered: Lowered, reading: str) -> frozenset[sp.Symbol]:
    laws = lowered.laws
    points = frozenset(laws.places)
    means = frozenset().union(*(_moving(law) for law in laws.met))
    return {"the quantity and its mean": points | means, "the quantity": points, "the mean": means}[reading]


def _moving(law: Univariate) -> set[sp.Symbol]:
    """The names in the mean of a law that is moved by it, and in all parameters of any other one but its counts."""
    if isinstance(law, Normal) or type(law).__name__ in LOCATED:
        return set(law.args[0].free_symbols)
    return {s for value, domain in domains_of(law) if not isinstance(domain, Integer) for s in value.free_symbols}


def _compare(
    found: Tally, lowered: Lowered, varied: frozenset[sp.Symbol], kind: Kind, turn: int, random: Random
) -> bool:
    """Tallies one more choice of what stays; False where it has no value."""
    points = list(islice(_points(lowered, varied, turn, random), POINTS))
    if len(points) < POINTS:
        return False
    try:
        sides = [_sides(lowered, at, kind.raised) for at in points]
    except Undetermined:
        return False
    (left, right), others = sides[0], sides[1:]
    changes = [(a - left, b - right) for a, b in others]
    if kind.factor:
        return _with_factor(found, points, (left, right), changes, others)
    if all(a.contains(0) and b.contains(0) for a, b in changes):
        return False
    same = [a.overlaps(b) for a, b in changes]
    found.agree += all(same)
    found.differ += not all(same)
    if not all(same) and found.first is None:
        at = same.index(False)
        found.first = (points[0], points[at + 1], *changes[at])
    return True


def _with_factor(
    found: Tally,
    points: Sequence[Point],
    start: tuple[arb, arb],
    changes: Sequence[tuple[arb, arb]],
    others: Sequence[tuple[arb, arb]],
) -> bool:
    (first, second), rest = changes[0], changes[1:]
    if first.contains(0) or second.contains(0):
        return False
    positive = bool(first * second > 0)
    if not positive and not first * second < 0:
        return False
    same = positive and all((first * b).overlaps(a * second) for a, b in rest)
    found.agree += same
    found.differ += not same
    found.strict += same and all((start[0] * b).overlaps(a * start[1]) for a, b in others)
    if not same and found.first is None:
        found.first = (points[0], points[1], first, second)
    return True


def _points(
    lowered: Lowered, varied: frozenset[sp.Symbol], turn: int, random: Random
) -> Iterator[dict[sp.Symbol, fmpq]]:
    """Admissible points that differ in what varies only."""
    laws = lowered.laws
    start = None
    for attempt in range(4 * POINTS):
        at = point(
            lowered.symbols, laws.met, laws.places, frozenset(), frozenset(), laws.within, turn + attempt, random
        )  # fmt: skip
        if at is None:
            continue
        if start is None:
            start = at
        here = {s: at[s] if s in varied else start[s] for s in lowered.symbols}
        if all(is_admissible(law, here) for law in laws.met):
            yield here


def _sides(lowered: Lowered, at: dict[sp.Symbol, fmpq], raised: bool) -> tuple[arb, arb]:
    left, right = lowered.check.sides(at)
    if not raised:
        return left, right
    if not left > 0 or not right > 0:
        raise Undetermined("the logarithm of a side that may not be positive")
    return left.log(), right.log()
