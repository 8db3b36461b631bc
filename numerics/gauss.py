"""The quadrature route of any claim whose left side averages laws that have a Gauss rule. No page writes it.

The rule is that of each law's family; the error is what two numbers of nodes differ by, with a margin. It is offered
only where that leaves enough digits: a rule is exact for polynomials, and poor where an integrand runs off at an end.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from flint import arb

from claims.claim import Claim
from claims.domains import Variable
from claims.evidence import Evidence, Inconclusive
from numerics.balls import Undetermined
from numerics.points import CALM, Point, at
from numerics.quadrature import estimated
from numerics.routes import Route, Trial, agreed_digits, compared
from numerics.sampling.expectations import has_means
from numerics.written import places

NAME = "quadrature"
LEAST_DIGITS = 5
POINTS = 8
DETAIL = "the left side by the Gauss rules of its laws' families"


def by_gauss() -> Route:
    """The route that reads the left side of whatever claim it is given."""

    def run(claim: Claim) -> Evidence:
        def derived(point: Point, attempt: int) -> arb:
            return _remembered(claim.left, claim.where, tuple(sorted(point.items())), attempt)

        try:
            return compared(claim, Trial(NAME, _points(claim), derived, LEAST_DIGITS, DETAIL))
        except (TypeError, Undetermined, ValueError) as unread:
            return Inconclusive(NAME, str(unread))

    return Route(NAME, run, lambda claim, point: estimated(at(claim.left, point, claim.where)))


def has_gauss(claim: Claim) -> bool:
    """Whether the rules leave enough digits of the left side, at enough points."""
    if not has_means(claim.left):
        return False
    try:
        tried = _points(claim)
        balls = (_remembered(claim.left, claim.where, tuple(sorted(p.items())), 0) for p in tried)
        return len(tried) >= POINTS and all(agreed_digits(ball) >= LEAST_DIGITS for ball in balls)
    except (TypeError, Undetermined, ValueError):
        return False


def _points(claim: Claim) -> tuple[Point, ...]:
    return places(claim, CALM, POINTS)[:POINTS]


@lru_cache(maxsize=4096)
def _remembered(
    left: sp.Expr, where: tuple[Variable, ...], items: tuple[tuple[str, sp.Rational], ...], attempt: int
) -> arb:
    return estimated(at(left, dict(items), where), attempt)
