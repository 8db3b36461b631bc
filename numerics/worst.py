"""The points at which an inequality is nearest to failing, or fails: a search from points where it holds.

Real, positive and unit variables move freely (by themselves, by their log, by their logit); whole numbers stay where
they are. What the search finds is rounded to fractions in the domains, and judged elsewhere, by balls: a search that
finds nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, log

import sympy as sp
from flint import arb, fmpq
from scipy.optimize import minimize

from claims.claim import Claim, Relation
from claims.domains import ClosedUnit, Domain, NonNegative, OpenUnit, Positive, Real, contains, symbol_of
from numerics.balls import Undetermined, enclose
from numerics.points import Point

STARTS = 2
TURNS_PER_VARIABLE = 25
LARGEST_DENOMINATOR = 1_000
FARTHEST = 12.0
"""How far from zero a variable may move, on its own scale: e^12 is about 160,000."""

Left = Callable[[Point], arb]


def worst_points(claim: Claim, starts: tuple[Point, ...], left: Left) -> tuple[Point, ...]:
    """Where the searches from the first few ``starts`` end, as exact points of the domains; ``left`` is the left side's
    value at a point.
    """
    domains = {v.name: v.domain for v in claim.where}
    ends = (_sunk(claim, start, domains, left) for start in starts[:STARTS])
    return tuple(end for end in ends if end is not None)


def _sunk(claim: Claim, start: Point, domains: dict[str, Domain], left: Left) -> Point | None:
    moving = [name for name in start if _is_free(domains[name])]
    if not moving:
        return None
    letters = {v.name: symbol_of(v) for v in claim.where if v.name in start}
    sign = 1 if claim.relation is Relation.LE else -1

    def moved(place: list[float]) -> Point | None:
        values = {n: _rounded(_out_of_line(u, domains[n])) for n, u in zip(moving, place, strict=True)}
        inside = all(contains(domains[n], v) is True for n, v in values.items())
        return {**start, **values} if inside and max(map(abs, place)) < FARTHEST else None

    def slack(place: list[float]) -> float:
        point = moved(place)
        if point is None:
            return inf
        try:
            right = enclose(claim.right, at={letters[n]: fmpq(int(v.p), int(v.q)) for n, v in point.items()})
            return sign * float((right - left(point)).mid())
        except Undetermined:
            return inf

    begin = [_onto_line(float(start[n]), domains[n]) for n in moving]
    options = {"maxfev": TURNS_PER_VARIABLE * len(moving), "xatol": 1e-3, "fatol": 1e-12}
    return moved(list(minimize(slack, begin, method="Nelder-Mead", options=options).x))


def _is_free(domain: Domain) -> bool:
    return isinstance(domain, Real | Positive | NonNegative | OpenUnit | ClosedUnit)


def _onto_line(value: float, domain: Domain) -> float:
    match domain:
        case Positive() | NonNegative():
            return log(max(value, 1e-4))
        case OpenUnit() | ClosedUnit():
            share = min(max(value, 1e-3), 1 - 1e-3)
            return log(share / (1 - share))
        case _:
            return value


def _out_of_line(place: float, domain: Domain) -> float:
    bounded = min(max(place, -50.0), 50.0)
    match domain:
        case Positive() | NonNegative():
            return exp(bounded)
        case OpenUnit() | ClosedUnit():
            return 1 / (1 + exp(-bounded))
        case _:
            return place


def _rounded(value: float) -> sp.Rational:
    return sp.Rational(value).limit_denominator(LARGEST_DENOMINATOR)
