"""Whether two expressions in free symbols agree: exact random points, evaluated in balls.

A wrong identity between elementary expressions differs at almost every point. So it is refuted only where it fails at
every finite point that was tried, of every kind; where it fails at some kinds only, the kinds are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

import sympy as sp
from flint import arb, fmpq

from claims.indicators import OF_SIGN
from claims.records import Record, field, replace
from numerics.balls import PRECISIONS, Undetermined, enclose
from numerics.plain_points import plainest

SLACK = 1e-30
NARROW = 1e-12
"""The radius of a ball up to which the value in it counts as known."""
TIGHT_BITS = 30
"""Bits of a value, great or small, from which it counts as known."""
POINTS = 5
"""Points of each kind that have a value, unless as many have none."""
APART = (fmpq(13, 17), fmpq(9, 5))
"""Two values of a name that tell where an expression linear in it vanishes."""
Bounds = Mapping[str, tuple[fmpq | None, fmpq | None]]
"""The least and the greatest value of a name, where the notes state them."""


class Kind(Record):
    """A kind of point: where each symbol is drawn from."""

    name: str
    draw: Callable[[Random], fmpq]


def _fraction(random: Random, low: int, high: int) -> fmpq:
    """A fraction between two whole numbers that is none itself: at 0 and 1 wrong formulas agree by chance."""
    bottom = random.randint(5, 97)
    top = random.randint(low * bottom + 1, high * bottom - 1)
    while top % bottom == 0:
        top = random.randint(low * bottom + 1, high * bottom - 1)
    return fmpq(top, bottom)


KINDS = (
    Kind("positive values", lambda r: _fraction(r, 0, 4)),
    Kind("values between 0 and 1", lambda r: _fraction(r, 0, 1)),
    Kind("values of both signs", lambda r: _fraction(r, -3, 3)),
)


WHOLE = Kind("whole numbers", lambda r: _fraction(r, 0, 1))
"""The kind of the one point of a relation that has whole numbers only."""


class Tally(Record):
    """What the points of one kind said. ``first`` is the first point at which the sides are apart."""

    kind: str
    agree: int
    differ: int
    undefined: int
    first: Apart | None
    lopsided: int = 0
    """Points where only one side has a value, counted for values that only come near to what is meant: a limit that is
    finite on one side alone."""
    flat: int = 0
    """Points of those that agree at which neither side can be told from its value nearby, as erf can't far out, or from
    zero, as an integral over what is almost zero can't."""


class Apart(Record):
    """A point where the sides differ at two precisions, and both values there; ``at`` is the point in symbols."""

    point: tuple[tuple[str, str], ...]
    left: str
    right: str
    at: Mapping[sp.Symbol, fmpq] = field(default_factory=dict)


def tallies(
    left: sp.Basic,
    right: sp.Basic,
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    seed: int,
    bounds: Bounds | None = None,
    slack: bool = False,
    until_apart: bool = False,
    misses: int | None = None,
) -> tuple[Tally, ...]:
    """Both sides at random points of each kind. ``means`` holds symbols that are the mean of others, and ``misses`` is
    how many points of a kind may have no value, if not as many as are looked for.

    ``until_apart`` ends it all at the first point of the first kind where they differ.

    With ``slack``, sides closer than 10^-30 agree: for values that only come near to what is meant.
    """
    random = Random(" ".join([str(seed), *sorted(s.name for s in symbols)]))
    if not symbols:
        return (_tally(left, right, symbols, means, WHOLE, random, {}, slack),)
    first = _tally(left, right, symbols, means, KINDS[0], random, bounds or {}, slack, until_apart, misses)
    if until_apart and first.differ:
        return (first,)
    rest = (_tally(left, right, symbols, means, kind, random, bounds or {}, slack, misses=misses) for kind in KINDS[1:])
    return _without_flat((first, *rest))


def _without_flat(found: tuple[Tally, ...]) -> tuple[Tally, ...]:
    """The tallies of sides that are apart somewhere, without the points at which they agree because both are flat."""
    if not any(t.flat for t in found) or not any(t.differ for t in found):
        return found
    return tuple(replace(t, agree=t.agree - t.flat, undefined=t.undefined + t.flat, flat=0) for t in found)


def apart_at_once(
    left: sp.Basic,
    right: sp.Basic,
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    seed: int,
    put_in: Mapping[sp.Basic, sp.Basic] | None = None,
) -> bool:
    """Whether the sides differ at the first positive random point where both can be evaluated; False where none is.

    ``put_in`` holds names that stand for expressions in ``symbols``: their values are put in, not their expressions.
    """
    random = Random(f"{seed} at once")
    for _ in range(POINTS):
        at = _point(symbols, means, KINDS[0], random, {})
        met: dict[sp.Basic, arb] = {}
        try:
            met |= {name: enclose(value, at=at) for name, value in (put_in or {}).items()}
            return not enclose(left, at=at, met=met).overlaps(enclose(right, at=at, met=met))
        except Undetermined:
            continue
    return False


def apart_at_a_zero(
    left: sp.Basic, right: sp.Basic, vanishing: sp.Basic, name: sp.Symbol, symbols: Sequence[sp.Symbol], seed: int
) -> bool:
    """Whether the sides differ at the first positive random point that can be had where an expression linear in a name
    vanishes; False where none can. ``symbols`` are the other names. Of one that isn't linear it says nothing.
    """
    random = Random(f"{seed} at once")
    for _ in range(POINTS):
        at = _point(symbols, {}, KINDS[0], random, {})
        try:
            first, second = (enclose(vanishing, at={**at, name: place}) for place in APART)
            met: dict[sp.Basic, arb] = {name: APART[0] - first * (APART[1] - APART[0]) / (second - first)}
            return not enclose(left, at=at, met=met).overlaps(enclose(right, at=at, met=met))
        except Undetermined:
            continue
    return False


def is_constant(sides: Sequence[sp.Basic], seed: int) -> bool:
    """Whether expressions may have one value at all positive points where they have any; False where they have none."""
    values = [value for side in sides for value in _values(side, f"{seed} constant")]
    return bool(values) and all(value.overlaps(values[0]) for value in values)


def _values(side: sp.Basic, seed: str) -> list[arb]:
    """What an expression is at positive points, as far as it has a value there."""
    symbols = sorted(side.free_symbols, key=str)
    random = Random(seed)
    found: list[arb] = []
    for _ in range(2 * POINTS if symbols else 1):
        try:
            found.append(enclose(side, at=_point(symbols, {}, KINDS[0], random, {})))
        except Undetermined:
            continue
    return found


def vanishes(side: sp.Basic, seed: int) -> bool:
    """Whether an expression may be zero at every positive point where it has a value; False where it has none."""
    return bool(values := _values(side, f"{seed} vanishes")) and all(value.contains(0) for value in values)


def keep_a_ratio(left: sp.Basic, right: sp.Basic, symbols: Sequence[sp.Symbol]) -> bool:
    """Whether one side may be a number times the other one: no points tell two ratios apart."""
    random = Random("a ratio")
    first: arb | None = None
    for _ in range(POINTS):
        at = _point(symbols, {}, KINDS[0], random, {})
        try:
            ratio = enclose(left, at=at) / enclose(right, at=at)
        except Undetermined:
            continue
        if first is not None and ratio.is_finite() and first.is_finite() and not ratio.overlaps(first):
            return False
        first = ratio
    return True


def _point(
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    kind: Kind,
    random: Random,
    bounds: Bounds,
) -> dict[sp.Symbol, fmpq]:
    at = {s: drawn(s, kind, random, bounds) for s in symbols}
    for mean, members in means.items():
        at[mean] = sum((at[m] for m in members), fmpq(0)) / len(members)
    return at


def drawn(symbol: sp.Symbol, kind: Kind, random: Random, bounds: Bounds) -> fmpq:
    """A value of a symbol, within its bounds."""
    return _within(kind.draw(random), *bounds.get(symbol.name, (None, None)))


def _within(value: fmpq, low: fmpq | None, high: fmpq | None) -> fmpq:
    """A value moved into the range that is stated for it, its ends left out."""
    if low is not None and high is not None:
        part = abs(value) - int(abs(value).p // abs(value).q)
        return low + (high - low) * part
    if low is not None:
        return low + abs(value)
    return value if high is None else high - abs(value)


def _tally(
    left: sp.Basic,
    right: sp.Basic,
    symbols: Sequence[sp.Symbol],
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    kind: Kind,
    random: Random,
    bounds: Bounds,
    slack: bool,
    until_apart: bool = False,
    misses: int | None = None,
) -> Tally:
    agree = differ = undefined = lopsided = flat = 0
    first: Apart | None = None
    points = POINTS if symbols else 1
    levels_off = left.has(*_LEVELLING) and not left.has(*_STEPPED) and not right.has(*_STEPPED)
    while agree + differ < points and undefined < (misses or points):
        at = _point(symbols, means, kind, random, bounds)
        try:
            apart = _apart(left, right, at, slack)
        except Undetermined:
            undefined += 1
            lopsided += slack and _has_value(left, at) is not _has_value(right, at)
            continue
        if apart is None:
            agree += 1
            flat += levels_off and ((_is_flat(left, at) and _is_flat(right, at)) or _vanish(left, right, at))
            continue
        differ += 1
        if first is None:
            first = Apart(_named(at), *apart, at)
        if until_apart:
            break
    return Tally(kind.name, agree, differ, undefined, first, lopsided, flat)


def plainly(
    first: Apart,
    left: sp.Basic,
    right: sp.Basic,
    means: Mapping[sp.Symbol, Sequence[sp.Symbol]],
    bounds: Bounds | None = None,
) -> Apart:
    """The same sides apart at a plainer point within the bounds, if they are at one; ``means`` stay those of others.

    Integrals, and values that only come near to what is meant, are left where they are: they take their time.
    """
    if not first.at or any(side.has(sp.Integral, sp.Sum, sp.Product) for side in (left, right)):
        return first

    def apart(at: Mapping[sp.Symbol, fmpq]) -> Apart | None:
        at = {**at, **{mean: sum((at[m] for m in of), fmpq(0)) / len(of) for mean, of in means.items()}}
        try:
            values = _apart(left, right, at, False) if _is_within(at, bounds or {}) else None
        except Undetermined:
            return None
        return None if values is None else Apart(_named(at), *values, at)

    found = plainest(first.at, apart, means)
    return first if found is None else found[1]


def _is_within(at: Mapping[sp.Symbol, fmpq], bounds: Bounds) -> bool:
    ends = ((value, *bounds.get(s.name, (None, None))) for s, value in at.items())
    return all((low is None or low < value) and (high is None or value < high) for value, low, high in ends)


def _named(at: Mapping[sp.Symbol, fmpq]) -> tuple[tuple[str, str], ...]:
    return tuple((str(s), str(v)) for s, v in at.items())


_LEVELLING = (sp.erf, sp.erfc, sp.Integral)
"""Functions that come nearer to a limit than any precision tells, integrals to zero."""
_STEPPED = (sp.Max, sp.Min, sp.Abs, sp.sign, sp.Piecewise, sp.Heaviside, sp.floor, sp.ceiling, *OF_SIGN)
"""Functions that may be flat in earnest."""


def _vanish(left: sp.Basic, right: sp.Basic, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether nothing tells either side from zero, and neither is zero for sure."""
    return all(ball.contains(0) and not ball.is_exact() for ball in (enclose(left, at=at), enclose(right, at=at)))


def _is_flat(side: sp.Basic, at: Mapping[sp.Symbol, fmpq]) -> bool:
    """Whether a side can't be told from its value at a point nearby."""
    nearby = {s: v * fmpq(1001 + 2 * n, 1000) for n, (s, v) in enumerate(at.items())}
    try:
        return bool(enclose(side, at=at).overlaps(enclose(side, at=nearby)))
    except Undetermined:
        return False


def _apart(left: sp.Basic, right: sp.Basic, at: Mapping[sp.Symbol, fmpq], slack: bool) -> tuple[str, str] | None:
    """Both values where they differ at two precisions, None where they agree and are known well.

    Raises Undetermined where neither can be said: where both sides are only known to lie in wide balls, they agree with
    anything.
    """
    differed = False
    for bits in PRECISIONS:
        met: dict[sp.Basic, arb] = {}
        a, b = enclose(left, bits, at=at, met=met), enclose(right, bits, at=at, met=met)
        if slack:
            b += arb(0, SLACK)
        if not a.overlaps(b):
            if differed:
                return a.str(8, radius=False), b.str(8, radius=False)
            differed = True
        elif differed:
            raise Undetermined("the sides are apart at one precision only")
        elif _is_known(a) and _is_known(b):
            return None
    raise Undetermined("the value could not be enclosed tightly")


def _has_value(side: sp.Basic, at: Mapping[sp.Symbol, fmpq]) -> bool:
    try:
        enclose(side, at=at)
    except Undetermined:
        return False
    return True


def _is_known(ball: arb) -> bool:
    """Whether a ball is narrow, for its size or for numbers of ordinary size."""
    return bool(ball.rad() < NARROW) or ball.rel_accuracy_bits() > TIGHT_BITS
