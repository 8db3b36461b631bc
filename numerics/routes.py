"""A route: a way to the value of a claim's left side that shares no code with the derivation.

A route gives the derived value as a ball at each point; here the stated right side is held against it. Balls that miss
each other are a counterexample, which counts as confirmed where a second attempt (more digits, more nodes, another
seed) misses too. For a claim of ≤ or ≥, balls miss each other where they lie surely on the wrong sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log10

import sympy as sp
from flint import arb, fmpq

from claims.claim import Claim, Relation
from claims.domains import contains, symbol_of
from claims.evidence import Agreement, Counterexample, Evidence, Inconclusive
from claims.notation import Law
from claims.records import Record, replace
from numerics.balls import Undetermined, enclose
from numerics.bounded import Quadrature, said_of
from numerics.means import averaged
from numerics.points import Point, at, free_variables

STATED_BITS = (256, 512)
"""Bits to which the stated side is worked out, at the first attempt and at the second."""

Derived = Callable[[Point, int], arb]
"""The derived value at a point, as a ball; the second argument counts the attempts from 0."""


class Route(Record):
    """One way of checking one claim: ``run`` brings the evidence, and never raises for a claim that is false."""

    name: str
    run: Callable[[Claim], Evidence]
    value: Callable[[Claim, Point], arb] | None = None
    """The derived value of the left side of a claim at one point, where the route has one."""
    casts: tuple[Mapping[str, Law], ...] = ()
    """The laws that the route puts in the place of names, where it does."""
    by_gauss: bool = False
    """Whether the left side is read by the Gauss rules of its laws."""


class Trial(Record):
    """What a route compares: its points, the derived value there, and the digits it must pin to count as agreement."""

    route: str
    points: tuple[Point, ...]
    derived: Derived
    least_digits: int
    detail: str
    stated: Derived | None = None
    """The right side, where it isn't to be enclosed as it is written."""


def route(trial: Trial) -> Route:
    """The route that holds the right side of a claim against ``trial``."""
    return Route(trial.route, lambda claim: compared(claim, trial), lambda claim, point: trial.derived(point, 0))


def as_written(points: tuple[Point, ...]) -> Route:
    """The route that reads the left side of whatever claim it is given as numbers, by quadrature."""
    return by_quadrature("as written", lambda claim: points, 7, "the left side by Gauss-Hermite quadrature")


def by_quadrature(name: str, places: Callable[[Claim], tuple[Point, ...]], least_digits: int, detail: str) -> Route:
    """The route that reads left sides by the Gauss rules of their laws. Its evidence says whether they are bounded."""

    def run(claim: Claim) -> Evidence:
        met: list[Quadrature] = []

        def derived(point: Point, attempt: int) -> arb:
            found = averaged(at(claim.left, point, claim.where), attempt)
            met.extend([found] if attempt == 0 else [])
            return found.ball

        try:
            found = compared(claim, Trial(name, places(claim), derived, least_digits, detail))
        except (TypeError, Undetermined, ValueError) as unread:
            return Inconclusive(name, str(unread))
        if isinstance(found, Agreement | Counterexample):
            return replace(found, detail=f"{detail}; {said_of(met)}")
        return found

    return Route(name, run, lambda claim, point: averaged(at(claim.left, point, claim.where)).ball, by_gauss=True)


def compared(claim: Claim, trial: Trial) -> Evidence:
    """The evidence of a trial for ``claim.right``: the first counterexample, or agreement at every point."""
    digits, unclear = [], None
    for point in trial.points:
        stated, derived = _stated(claim, trial, point, 0), trial.derived(point, 0)
        if contradicts(claim.relation, derived, stated):
            return _counterexample(claim, trial, point)
        digits.append(min(agreed_digits(derived), agreed_digits(stated)))
        if digits[-1] < trial.least_digits and unclear is None:
            unclear = f"only {digits[-1]} digits at {_words(point)}, {trial.least_digits} are needed"
    if unclear is not None or not digits:
        return Inconclusive(trial.route, unclear or "no point to try")
    return Agreement(trial.route, len(digits), min(digits), trial.detail)


def contradicts(relation: Relation, left: arb, right: arb) -> bool:
    """Whether two balls surely don't stand in the relation; a side without a value contradicts an equality alone."""
    match relation:
        case Relation.LE:
            return bool(left > right)
        case Relation.GE:
            return bool(left < right)
        case _:
            return not left.overlaps(right)


def _counterexample(claim: Claim, trial: Trial, point: Point) -> Counterexample:
    stated, derived = _stated(claim, trial, point, 1), trial.derived(point, 1)
    return Counterexample(
        trial.route,
        tuple((name, str(value)) for name, value in sorted(point.items())),
        left=derived.str(12),
        right=stated.str(12),
        detail=trial.detail,
        admissible=admissible(claim, point),
        confirmed=derived.is_finite() and stated.is_finite() and contradicts(claim.relation, derived, stated),
    )


def admissible(claim: Claim, point: Point) -> bool:
    """Whether the point gives every free variable of the claim a value in its domain."""
    free = {v.name: v for e in (claim.left, claim.right) for v in free_variables(e, claim.where)}
    return all(name in point and contains(v.domain, point[name]) is True for name, v in free.items())


def _stated(claim: Claim, trial: Trial, point: Point, attempt: int) -> arb:
    """The right side at the point; NaN where it can't be enclosed, which agrees with nothing."""
    if trial.stated is not None:
        return trial.stated(point, attempt)
    try:
        given = {symbol_of(v): point[v.name] for v in claim.where if v.name in point}
        values = {s: fmpq(int(v.p), int(v.q)) for s, v in given.items()}
        return enclose(claim.right, STATED_BITS[attempt], at=values)
    except Undetermined:
        return arb.nan()


def agreed_digits(ball: arb) -> int:
    """To how many digits, relative to 1 + |value|, a ball pins its value; -1 where it says nothing."""
    if not ball.is_finite():
        return -1
    spread = float(ball.rad()) / (1 + abs(float(ball.mid())))
    return 300 if spread == 0 else int(-log10(spread))


def _words(point: Mapping[str, sp.Rational]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(point.items())) or "closed numbers"
