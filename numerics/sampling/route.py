"""The Monte-Carlo route of any claim in which something is averaged. No page writes it.

The side that averages is sampled, the left one where both do, and the other is read by its definition. Names of laws
are read as the laws that the page puts in their place. A place at which the draws have no error to be stated is passed
over, whatever the claim says of it. A claim neither side of which averages anything has no such route: see ``applies``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import sympy as sp
from flint import arb

from claims.claim import Claim
from claims.domains import Integer, Variable, symbol_of
from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive
from claims.notation import Law, Notation
from claims.records import replace
from numerics.balls import Undetermined
from numerics.casts import with_laws
from numerics.points import CALM, NASTY, Point, free_variables, points
from numerics.routes import Route, Trial, agreed_digits, compared
from numerics.sampling.averages import FLOAT64, average
from numerics.sampling.estimates import LEAST_DIGITS, MOST_TOLD, PLAN, Sampled, Sampling, sampled
from numerics.sampling.expectations import apart
from numerics.sampling.readings import Form, nothing_is_random, reading
from numerics.sampling.reduction import Way
from numerics.sampling.sides import Side, side
from numerics.written import places, worth

__all__ = [
    "FEW_WHOLE", "NAME", "PLAN", "POINTS", "Applies", "Sampling", "applies", "by_sampling", "calm_places",
    "can_be_sampled", "decided_by", "sampled", "why_not_sampled", "worth_of",
]  # fmt: skip
NAME = "monte-carlo"
POINTS = 8
NO_ROUNDING = "has no stated rounding for what is drawn"
FEW_PLACES = "too few places at which it can be drawn"
MOST_PLACES = 32
"""Places tried until ``POINTS`` of them have a value with an error bar."""
HALF = sp.Rational(1, 2)
SMALL = tuple(sp.Rational(k, 20) for k in (1, 2, 3, 4, 6, 8))
"""For weights that must leave room for others."""
FEW_WHOLE = tuple(map(sp.Integer, (2, 3, 4)))
WHOLE = tuple(map(sp.Integer, range(2, 14)))
Cast = Mapping[str, Law]


class Applies(Enum):
    """Whether sampling says anything about a claim."""

    YES = "sampled"
    NOT_READ = "its average can't be drawn"
    NOTHING_RANDOM = "nothing is random in this claim"


def applies(claim: Claim, casts: Sequence[Cast] = ()) -> Applies:
    """What there is to draw in a claim, by its form; ``casts`` are the laws for the names in it."""
    if nothing_is_random(claim):
        return Applies.NOTHING_RANDOM
    return Applies.YES if can_be_sampled(claim, casts=casts) else Applies.NOT_READ


@dataclass(frozen=True, slots=True)
class Scene:
    """A claim with laws for its names, and places at which it is looked at."""

    claim: Claim
    places: tuple[Point, ...]
    cast: tuple[tuple[str, Law], ...] = ()


def by_sampling(how: Sampling | None = None, casts: Sequence[Cast] = ()) -> Route:
    """The route that samples a side of whatever claim it is given, under ``casts`` where laws are names."""
    how = how or Sampling()

    def value(claim: Claim, point: Point) -> arb:
        scene = next(_scenes(claim, casts))
        place = point if not scene.cast else {**scene.places[0], **point}
        return _drawn(_side_of(scene.claim)[0], scene.claim, place, 0, how).ball

    def run(claim: Claim) -> Evidence:
        try:
            return _judged(claim, casts, how)
        except (TypeError, Undetermined, ValueError) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, value)


def _judged(claim: Claim, casts: Sequence[Cast], how: Sampling) -> Evidence:
    """The evidence of all scenes together."""
    found: list[Agreement] = []
    bars: list[Sampled] = []
    passed_over = 0
    why = "no place to draw at"
    for scene in _scenes(claim, casts):
        one, is_left = _side_of(scene.claim)
        kept: list[Point] = []
        for point in scene.places:
            if len(kept) == POINTS:
                break
            try:
                bar = _drawn(one, scene.claim, point, 0, how)
            except (Undetermined, ValueError) as refused:
                passed_over, why = passed_over + 1, str(refused)
                continue
            if agreed_digits(bar.ball) < LEAST_DIGITS:
                passed_over, why = passed_over + 1, "the error bar leaves no digit"
                continue
            kept.append(point)
            bars.append(bar)
        if not kept:
            continue
        evidence = compared(scene.claim, _trial(scene.claim, one, is_left, tuple(kept), how))
        if isinstance(evidence, Counterexample):
            cast = tuple((name, str(law)) for name, law in scene.cast)
            return replace(evidence, witness=(*cast, *evidence.witness))
        if not isinstance(evidence, Agreement):
            return evidence
        found.append(evidence)
    if not found:
        return Inconclusive(NAME, why)
    said = f"{how.detail}{'' if is_left else '; the right side is drawn'}{worth_of(bars)}{decided_by(bars)}"
    said += f"; {passed_over} places passed over, where draws have no error bar" if passed_over else ""
    return Agreement(NAME, sum(e.points for e in found), min(e.digits for e in found), said)


def _trial(claim: Claim, one: Side, is_left: bool, kept: tuple[Point, ...], how: Sampling) -> Trial:
    def drawn(point: Point, attempt: int) -> arb:
        return _drawn(one, claim, point, attempt, how).ball

    def written(point: Point, attempt: int) -> arb:
        try:
            return worth(claim.right if is_left else claim.left, point, claim.where)
        except (TypeError, Undetermined, ValueError):
            return arb.nan()

    if not is_left:
        return Trial(NAME, kept, written, LEAST_DIGITS, how.detail, stated=drawn)
    plain = not claim.right.has(Notation, sp.Derivative, sp.Limit)
    return Trial(NAME, kept, drawn, LEAST_DIGITS, how.detail, stated=None if plain else written)


def _scenes(claim: Claim, casts: Sequence[Cast]) -> Iterator[Scene]:
    """The claim at its own places; with names of laws, under each cast at a place of its own."""
    if not casts:
        calm = calm_places(claim, MOST_PLACES)
        yield Scene(claim, (*calm, *(p for p in _small(claim) if p not in calm)))
        return
    free = {v for e in (claim.left, claim.right) for v in free_variables(e, claim.where)}
    listed = points(tuple(v for v in claim.where if v in free), len(casts), pool=(*CALM, *NASTY))
    for number, cast in enumerate(casts):
        read = replace(claim, left=with_laws(claim.left, cast), right=with_laws(claim.right, cast))
        yield Scene(read, (listed[number % len(listed)],), tuple(cast.items()))


def _has_whole(claim: Claim) -> bool:
    return any(isinstance(v.domain, Integer) for v in claim.where)


def _small(claim: Claim) -> tuple[Point, ...]:
    try:
        return places(claim, SMALL, MOST_PLACES)[:MOST_PLACES]
    except ValueError:
        return ()


def worth_of(bars: Sequence[Sampled]) -> str:
    """What took off variance, and how many times the draws it was worth at the points of a route; nothing where none
    did.
    """
    helped = [bar for bar in bars if bar.way is not Way.PLAIN]
    if not helped:
        return ""
    ways = " or ".join(sorted({bar.way.value for bar in helped}))
    low, high = (
        "any number of" if gain > MOST_TOLD else f"{gain:.1e}" if gain >= 1e4 else f"{gain:.3g}"
        for gain in (min(bar.gain for bar in bars), max(bar.gain for bar in bars))
    )
    return f"; {ways} worth {low if low == high else f'{low} to {high}'} times the draws"


def decided_by(bars: Sequence[Sampled]) -> str:
    """Which exact laws of sums decided, and at how many points; nothing where none did."""
    exact = [bar for bar in bars if bar.laws]
    names = " and ".join(sorted({name for bar in exact for name in bar.laws}))
    return f"; decided by {names} at {len(exact)} of {len(bars)} points" if exact else ""


def calm_places(claim: Claim, count: int = POINTS) -> tuple[Point, ...]:
    """Points near one, where errors are small; others too where there are too few of them."""
    calm = places(claim, (*CALM, *FEW_WHOLE) if _has_whole(claim) else CALM, count)
    if len(calm) >= POINTS:
        return calm[:count]
    more = places(claim, (*CALM, *NASTY), count)
    return (more if len(more) >= POINTS else places(claim, (*CALM, *NASTY, *WHOLE), count))[:count]


def can_be_sampled(claim: Claim, precision: str = FLOAT64, casts: Sequence[Cast] = ()) -> bool:
    """Whether a side of the claim averages something that can be drawn, at enough points."""
    return not why_not_sampled(claim, precision, casts)


def why_not_sampled(claim: Claim, precision: str = FLOAT64, casts: Sequence[Cast] = ()) -> str:
    """Why a claim isn't sampled in a precision; empty where it is."""
    try:
        scene = next(_scenes(claim, casts))
        one, _ = _side_of(scene.claim)
    except (TypeError, ValueError) as unread:
        return str(unread)
    for point in scene.places:
        try:
            insist_on_draws(one, scene.claim.where, point, precision)
            return "" if len(casts or scene.places) >= POINTS else FEW_PLACES
        except Undetermined:
            continue
        except (TypeError, ValueError) as undrawn:
            said = str(undrawn)
            return said if precision == FLOAT64 or said.startswith(precision) else f"{precision} {NO_ROUNDING}"
    return FEW_PLACES


def insist_on_draws(one: Side, where: tuple[Variable, ...], point: Point, precision: str) -> None:
    """Raises TypeError or Undetermined where an average of a side has no sampler at a point."""
    for _, search in one.searches:
        insist_on_draws(search.slope, where, {**point, search.variable.name: HALF}, precision)
    for mean in apart(one.closed(where, point)).means.values():
        average("probe", mean.integrand, dict(mean.laws), precision=precision)


def _side_of(claim: Claim) -> tuple[Side, bool]:
    """The side that is sampled, and whether it is the left one. Raises TypeError where there is none.

    It is the right one where only that averages, or where the left one is a slope of averages and the right one has
    none: a slope takes many more draws for a digit.
    """
    averaged = reading(claim.right).form is not Form.NOTHING
    slopes = [one.has(sp.Derivative) for one in (claim.left, claim.right)]
    if averaged and (reading(claim.left).form is Form.NOTHING or slopes == [True, False]):
        return side(claim.right), False
    return side(claim.left), True


def _drawn(one: Side, claim: Claim, point: Point, attempt: int, how: Sampling) -> Sampled:
    names = {symbol_of(v).name for v in claim.where}
    return _remembered(one, claim.where, tuple(sorted((n, v) for n, v in point.items() if n in names)), attempt, how)


@lru_cache(maxsize=2048)
def _remembered(
    one: Side, where: tuple[Variable, ...], items: tuple[tuple[str, sp.Rational], ...], attempt: int, how: Sampling
) -> Sampled:
    return one.value(where, dict(items), f"{one.expression} at {items}, attempt {attempt}", how)
