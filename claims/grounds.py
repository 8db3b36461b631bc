"""Why an expression is never negative: the grounds that a step of an inequality stands on, as data.

A ground names an expression and the facts that make it ≥ 0; nothing is checked here. A step from a to b with a ≤ b is
proved where b − a is the sum of the grounds it names, each with its facts proved, and of what is plainly not negative.
"""

from __future__ import annotations

import sympy as sp

from claims.notation import Law
from claims.records import Record


class Sign(Record):
    """``term`` ≥ 0 as a product of squares, absolute values and things known to be positive, or a sum of such."""

    term: sp.Expr


class Modulus(Record):
    """|a| − a ≥ 0 for a real a."""

    a: sp.Expr


class Triangle(Record):
    """|a| + |b| − |a + b| ≥ 0 for real a and b: the triangle inequality."""

    a: sp.Expr
    b: sp.Expr


class Tangent(Record):
    """weight · (t − 1 − log t) ≥ 0 for t > 0 and weight ≥ 0: the logarithm lies below its tangent at 1."""

    t: sp.Expr
    weight: sp.Expr = sp.S.One


class LeastAt(Record):
    """f(x) − f(place) ≥ 0 since f′(x) has the sign of x − place throughout the range of x."""

    f: sp.Expr
    x: sp.Symbol
    place: sp.Expr


class OverTangent(Record):
    """f(point) − f(place) − f′(place)(point − place) ≥ 0 for f convex in ``x``, given by its formula in that symbol.

    The point and the place lie in the range of x: any real, or above zero where x is flagged positive.
    """

    f: sp.Expr
    x: sp.Symbol
    place: sp.Expr
    point: sp.Expr


class Jensen(Record):
    """Σ wᵢ f(xᵢ) − f(Σ wᵢ xᵢ) ≥ 0 for f convex in ``x``, where f is given by its formula in the symbol ``x``.

    The weights are ≥ 0 and sum to one, and every point lies in the range of x: any real, or above zero where x is
    flagged positive.
    """

    f: sp.Expr
    x: sp.Symbol
    weights: tuple[sp.Expr, ...]
    points: tuple[sp.Expr, ...]


class Mean(Record):
    """E_{x ~ law} of a ground that holds at every x: an expectation of what is never negative."""

    ground: Ground
    x: sp.Symbol
    law: Law


class Times(Record):
    """weight · (what the ground says is never negative) ≥ 0, for a weight ≥ 0."""

    weight: sp.Expr
    ground: Ground


class Gibbs(Record):
    """KL(p ‖ q) ≥ 0, for laws with a density where p has mass only where q has: q has a formula, p may be a name.

    It is the mean of a tangent under p; ``kl_nonneg`` derives it. That p ≪ q is for the page to state.
    """

    p: Law
    q: Law


Ground = Sign | Modulus | Triangle | Tangent | LeastAt | OverTangent | Jensen | Mean | Times | Gibbs
