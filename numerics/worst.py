"""The point at which an inequality is nearest to failing, or fails: a search from the tightest of given points.

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

TURNS_PER_VARIABLE = 40
MOST_TURNS = 120
SMALLEST = 1e-12
LARGEST_DENOMINATOR = 1_000
FARTHEST = 12.0
"""How far from zero a variable may move, on its own scale: e^12 is about 160,000."""

Left = Callable[[Point], arb]


def worst_points(claim: Claim, starts: tuple[Point, ...], left: Left) -> tuple[Point, ...]:
    """Where the search from the tightest of ``starts`` ends, as an exact point of the domains: one, or none where no
    variable may move. ``left`` is the left side's value at a point.
    """
    domains = {v.name: v.domain for v in claim.where}
    moving = [name for name in (starts[0] if starts else {}) if _is_free(domains[name])]
    if not moving:
        return ()
    slack = _slack(claim, left)
    start = min(starts, key=slack)

    def moved(place: list[float]) -> Point | None:
        values = {n: _rounded(_out_of_line(u, domains[n])) for n, u in zip(moving, place, strict=True)}
        inside = all(contains(domains[n], v) is True for n, v in values.items())
        return {**start, **values} if inside and max(map(abs, place)) < FARTHEST else None

    def height(place: list[float]) -> float:
        point = moved(place)
        return inf if point is None else slack(point)

    begin = [_onto_line(float(start[n]), domains[n]) for n in moving]
    options = {"maxfev": min(TURNS_PER_VARIABLE * len(moving), MOST_TURNS), "xatol": 1e-3, "fatol": 1e-12}
    end = moved(list(minimize(height, begin, method="Nelder-Mead", options=options).x))
    return () if end is None else (end,)


def _slack(claim: Claim, left: Left) -> Callable[[Point], float]:
    """By how much the claim holds at a point, relative to its sides; below zero where it fails, infinite where a side
    has no value or both are nothing: there an inequality is tight without being near to failing.
    """
    sign = 1 if claim.relation is Relation.LE else -1
    letters = {v.name: symbol_of(v) for v in claim.where if v.name in _names(claim)}

    def slack(point: Point) -> float:
        try:
            right = enclose(claim.right, at={letters[n]: fmpq(int(v.p), int(v.q)) for n, v in point.items()})
            found = left(point)
            size = float(abs(found).mid() + abs(right).mid())
            return sign * float((right - found).mid()) / size if size > SMALLEST else inf
        except Undetermined:
            return inf

    return slack


def _names(claim: Claim) -> set[str]:
    return {s.name for e in (claim.left, claim.right) for s in e.free_symbols}


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
