"""The quadrature route of any claim whose left side averages laws that have a Gauss rule. No page writes it.

The rule is that of each law's family. Its error is bounded wherever ``means`` finds a bound; elsewhere it is estimated
by what two numbers of nodes differ by, with a margin, and the evidence says so. The route is offered only where either
leaves enough digits.
"""

from __future__ import annotations

from claims.claim import Claim
from numerics.balls import Undetermined
from numerics.means import averaged
from numerics.points import CALM, Point, at
from numerics.routes import Route, agreed_digits, by_quadrature
from numerics.sampling.expectations import has_means
from numerics.written import places

NAME = "quadrature"
LEAST_DIGITS = 5
POINTS = 8
DETAIL = "the left side by the Gauss rules of its laws' families"


def by_gauss() -> Route:
    """The route that reads the left side of whatever claim it is given."""
    return by_quadrature(NAME, calm_points, LEAST_DIGITS, DETAIL)


def has_gauss(claim: Claim) -> bool:
    """Whether the rules leave enough digits of the left side, at enough points."""
    if not has_means(claim.left):
        return False
    try:
        tried = calm_points(claim)
        balls = (averaged(at(claim.left, p, claim.where)).ball for p in tried)
        return len(tried) >= POINTS and all(agreed_digits(ball) >= LEAST_DIGITS for ball in balls)
    except (TypeError, Undetermined, ValueError):
        return False


def calm_points(claim: Claim) -> tuple[Point, ...]:
    """Where the route looks at a claim."""
    return places(claim, CALM, POINTS)[:POINTS]
