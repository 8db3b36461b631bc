"""Whether the values of an expression settle as a place is neared, and whether at what is stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import sympy as sp
from flint import arb, fmpq

from errata.checking.coordinates.findings import Witness
from numerics.balls import Undetermined, enclose

BITS = 512
MOST_CHOSEN = 20
GREAT = 1e50
"""A value beyond which nothing is said to settle."""
DISTANCES = 3
"""From how many distances an expression is looked at that may be computed far out."""
HALVED = 3
"""By how much values that tend to zero fall at least while a distance is halved four times."""
NOTHING = 1e-9
"""What is told as zero where the values fall towards it."""
GROWS, STEADY = 0.2, 0.9
"""By how much values grow at least from one distance to the next where they have no bound, and how much of the first
step the last one has to be."""
ZERO = 1e-60
"""What an expression is where it is surely zero, but for rounding."""
SHRINKS = 1000
"""By how much the values fall from the first distance to the last where they tend to zero."""


@dataclass
class Outcome:
    """At how many points of each kind the values settle at what is stated, elsewhere, or nowhere."""

    agree: dict[str, int] = field(default_factory=dict)
    differ: dict[str, int] = field(default_factory=dict)
    open: int = 0
    first: Witness | None = None


def look(
    out: Outcome,
    lefts: Sequence[sp.Basic],
    right: sp.Basic,
    point: Mapping[sp.Symbol, fmpq],
    kind: str,
    near: tuple[float, float, float],
) -> None:
    """Adds what one point says of both sides, the left one given from three distances or, each half of the one before,
    from five, so that what is left of the way can be told; the last one is the nearest.

    ``near`` says how far the last two values may be from each other, the last one from what is stated, and how far it
    has to be from it to be somewhere else; all relative to the larger of the two.
    """
    within, same, apart = near
    try:
        values = [enclose(left, BITS, at=point) for left in lefts]
        goal = enclose(right, BITS, at=point)
    except Undetermined:
        out.open += 1
        return
    if not (all(abs(v) < GREAT for v in values) and abs(goal) < GREAT):
        out.open += 1
        return
    falls = abs(values[-1]) * (SHRINKS if len(values) == DISTANCES else HALVED) < abs(values[0])
    first, before, last = values if len(values) == DISTANCES else extrapolated(values)
    size = max(float(abs(last).mid()), float(abs(goal).mid()))
    vanishes = (right == 0 or abs(goal) < ZERO) and abs(last) < same and falls
    settled = abs(last - before) < within * size and abs(first - before) < 10 * within * size
    if vanishes or (settled and abs(last - goal) < same * size):
        out.agree[kind] = out.agree.get(kind, 0) + 1
    elif settled and abs(last - goal) > apart * size:
        _differ(out, point, kind, _shown(last, falls), _shown(goal, False))
    elif len(lefts) != DISTANCES and (sign := _diverges(values)):
        _differ(out, point, kind, "∞" if sign > 0 else "−∞", _shown(goal, False))
    else:
        out.open += 1


def look_for_infinity(
    out: Outcome, lefts: Sequence[sp.Basic], sign: int, point: Mapping[sp.Symbol, fmpq], kind: str, near: float
) -> None:
    """The same of an expression that is to grow, or to fall, without bound: as fast as a logarithm does at least.

    ``near`` says how far values may be from each other where they settle.
    """
    try:
        values = [sign * enclose(left, BITS, at=point) for left in lefts]
    except Undetermined:
        out.open += 1
        return
    goes = _diverges(values)
    last = float(abs(values[-1]).mid())
    if goes > 0:
        out.agree[kind] = out.agree.get(kind, 0) + 1
    elif goes < 0 or all(float(abs(b - a).mid()) < near * max(1.0, last) for a, b in pairwise(values)):
        _differ(out, point, kind, _shown(sign * values[-1], False), "∞" if sign > 0 else "−∞")
    else:
        out.open += 1


def _differ(out: Outcome, point: Mapping[sp.Symbol, fmpq], kind: str, left: str, right: str) -> None:
    """Adds a point at which the sides are apart, the first one with its values."""
    out.differ[kind] = out.differ.get(kind, 0) + 1
    out.first = out.first or (tuple((str(s), str(v)) for s, v in point.items()), left, right)


def _diverges(values: Sequence[arb]) -> int:
    """1 where values grow as fast as a logarithm at least, −1 where they fall so, else 0."""
    steps = [float((b - a).mid()) for a, b in pairwise(values)]
    for sign in (1, -1):
        if all(sign * step > GROWS for step in steps) and sign * steps[-1] > STEADY * sign * steps[0]:
            return sign
    return 0


def _shown(value: arb, falls: bool) -> str:
    return "0" if falls and abs(value) < NOTHING else str(value.str(5, radius=False))


def extrapolated(values: Sequence[arb]) -> list[arb]:
    """Where values that go on in powers of a distance tend to, the distance being halved from one to the next: once by
    each three of them."""
    steps = [2 * b - a for a, b in pairwise(values)]
    return [(4 * b - a) / 3 for a, b in pairwise(steps)]


def chosen(side: sp.Basic) -> sp.Basic:
    """A side with the few out of very many that can be chosen counted."""
    few = {b: sp.binomial(*b.args) for b in side.atoms(sp.binomial)
           if all(a.is_Integer for a in b.args) and b.args[1] <= MOST_CHOSEN}  # fmt: skip
    return side.xreplace(few) if few else side
