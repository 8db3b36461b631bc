"""Flow matching along straight paths.

Claim   conditional and marginal losses have the same slope; the marginal velocity carries the density
Route   at one place and time the losses are parabolas; densities and paths are known at every time.
"""

from __future__ import annotations

from sympy import Derivative, Expr

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import density_of
from claims.notation import Normal

WHERE = (
    Variable("x", Real(), "a place"),
    Variable("t", OpenUnit(), "time, from noise at 0 to data at 1"),
    Variable("w", OpenUnit(), "what is left of the way, 1 − t"),
    Variable("m", Real(), "mean of the data"),
    Variable("s", Positive(), "STANDARD DEVIATION of the data"),
    Variable("u", Real(), "the velocity that the model gives at x"),
    Variable("d_1", Real(), "one datum"),
    Variable("d_2", Real(), "another"),
    Variable("q", OpenUnit(), "the share of the first"),
)
x, t, w, m, s, u, d1, d2, q = symbols_of(WHERE)
STRAIGHT = "x_t = (1 − t)ε + t x_1 with ε ~ N(0, 1) independent of x_1"


def towards(datum: Expr) -> Expr:
    """The velocity at x of the straight path that ends at a datum."""
    return (datum - x) / w


def mass(datum: Expr, share: Expr) -> Expr:
    """The share of a datum times the density of its paths at x."""
    return share * density_of(Normal((1 - w) * datum, w**2), x)


first, second = mass(d1, q), mass(d2, 1 - q)
both = first + second
mean_velocity = (first * towards(d1) + second * towards(d2)) / both
each = 2 * first * (u - towards(d1)) + 2 * second * (u - towards(d2))
conditional = first * (u - towards(d1)) ** 2 + second * (u - towards(d2)) ** 2

flow_matching_gradient_eq = Derivation(
    claim=Claim(
        "flow_matching_gradient_eq",
        Derivative(conditional, u),
        2 * both * (u - mean_velocity),
        named(WHERE, "x w u d_1 d_2 q"),
        convention=(STRAIGHT, "w = 1 − t", "two data; the losses at one place and time, weighed by the density there"),
        source=Source("brosse2026", "the marginal velocity and the losses"),
    ),
    steps=(
        Step("the slope of the conditional loss", Derivative(conditional, u)),
        Step("the slope of each square", each),
        Step(
            "that of the marginal loss: the loss differs by what does not depend on u",
            Derivative(both * (u - mean_velocity) ** 2, u),
        ),
        Step("of a square", 2 * both * (u - mean_velocity)),
    ),
)

spread = (1 - t) ** 2 + t**2 * s**2
density = density_of(Normal(t * m, spread), x)
velocity = m + (t * s**2 - (1 - t)) * (x - t * m) / spread
decay = -(x - t * m) / spread

rectified_continuity_eq = Derivation(
    claim=Claim(
        "rectified_continuity_eq",
        Derivative(density, t),
        -density * (velocity * decay + (t * s**2 - (1 - t)) / spread),
        named(WHERE, "x t m s"),
        convention=(STRAIGHT, "data N(m, s²); the velocity is E[x_1 − ε | x_t = x]"),
        source=Source("brosse2026", "the marginal velocity and the losses"),
    ),
    steps=(
        Step("how the density changes in time", Derivative(density, t)),
        Step("what the mean velocity carries away: −∂(p u)/∂x", -Derivative(density * velocity, x)),
        Step(
            "the slope of the density and that of the velocity",
            -density * (velocity * decay + (t * s**2 - (1 - t)) / spread),
        ),
    ),
)

DERIVATIONS = (flow_matching_gradient_eq, rectified_continuity_eq)
