"""Flow matching and rectified flow for any laws.

Claim   conditional and marginal losses differ by what no model changes, so that their gradients agree; the velocity of
        straight paths is (E[x_1 | x] − x)/(1 − t), and by the score (x + (1 − t) ∂ log p)/t; straightening costs no
        more
Route   the velocity of a path through x has a law given x; E is linear, and a square is never negative.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Real, Variable, named, symbols_of
from claims.grounds import Mean, Sign
from claims.notation import Expectation, NamedLaw

WHERE = (
    Variable("x", Real(), "a place at time t, averaged over where it has a law"),
    Variable("y", Real(), "the velocity of one path through x, or where it ends; averaged over, given x"),
    Variable("v", Real(), "how far the model is moved"),
    Variable("t", OpenUnit(), "time, from noise at 0 to data at 1"),
)
x, y, v, t = symbols_of(WHERE)
MODEL, DRIFT = Function("g", real=True), Function("z", real=True)
places, paths = NamedLaw("q"), NamedLaw("r", x)
ANY = (
    "q is the law of x_t, r(· | x) that of the velocity of the paths through x: any laws, for which the means are"
    " finite;"
    " at one t, and so on average over t"
)


def at_places(f: Expr) -> Expectation:
    """The mean over places."""
    return Expectation(f, x, places)


def given(f: Expr) -> Expectation:
    """The mean over the paths through x."""
    return Expectation(f, y, paths)


conditional = at_places(given((MODEL(x) - y) ** 2))
marginal = at_places((MODEL(x) - given(y)) ** 2)
variance = at_places(given(y**2) - given(y) ** 2)

flow_matching_gap_eq = Derivation(
    claim=Claim(
        "flow_matching_gap_eq",
        conditional,
        marginal + variance,
        named(WHERE, "x y"),
        convention=(
            ANY,
            "the model is g(x); u(x) = E[y | x] is the marginal velocity",
            "with the score of the noise for the velocity of the path: denoising score matching",
        ),
        source=Source("brosse2026", "the marginal velocity and the losses"),
    ),
    steps=(
        Step("the conditional loss", conditional),
        Step("E is linear", at_places(MODEL(x) ** 2 - 2 * MODEL(x) * given(y) + given(y**2))),
        Step("the square completed: E is linear", marginal + variance),
    ),
)

moved = at_places(given((MODEL(x) + v * DRIFT(x) - y) ** 2))
moved_marginal = at_places((MODEL(x) + v * DRIFT(x) - given(y)) ** 2)

flow_matching_any_gradient_eq = Derivation(
    claim=Claim(
        "flow_matching_any_gradient_eq",
        Derivative(moved, v),
        Derivative(moved_marginal, v),
        named(WHERE, "x y v"),
        convention=(ANY, "a parameter moves the model to g(x) + v z(x): by value and slope, any model"),
        source=Source("brosse2026", "the marginal velocity and the losses"),
    ),
    steps=(
        Step("the slope of the conditional loss", Derivative(moved, v)),
        Step("the derivative of a square, under E", at_places(given(2 * DRIFT(x) * (MODEL(x) + v * DRIFT(x) - y)))),
        Step(
            "E is linear: only the mean velocity is left",
            at_places(2 * DRIFT(x) * (MODEL(x) + v * DRIFT(x) - given(y))),
        ),
        Step("the derivative of the marginal loss", Derivative(moved_marginal, v)),
    ),
)

STRAIGHT = (
    "x_t = (1 − t) x_0 + t x_1: given x_t = x and x_1 = y, x_0 is (x − t y)/(1 − t); r(· | x) is the law of x_1 given x"
)
velocity = given(y - (x - t * y) / (1 - t))

rectified_velocity_eq = Derivation(
    claim=Claim(
        "rectified_velocity_eq",
        velocity,
        (given(y) - x) / (1 - t),
        named(WHERE, "x y t"),
        convention=(STRAIGHT, "E[x_1 − x_0 | x_t = x], for any laws of both ends"),
        source=Source("hertrich2025", "equation 2"),
    ),
    steps=(
        Step("the mean of x_1 − x_0, given where the path is", velocity),
        Step("a common factor: what is left of the way, over what is left of the time", given((y - x) / (1 - t))),
        Step("E is linear", (given(y) - x) / (1 - t)),
    ),
)

score = given(-(x - t * y) / (1 - t) ** 2)

velocity_of_score_eq = Derivation(
    claim=Claim(
        "velocity_of_score_eq",
        (x + (1 - t) * score) / t,
        (given(y) - x) / (1 - t),
        named(WHERE, "x y t"),
        convention=(
            STRAIGHT,
            "x_0 ~ N(0, 1): the score of x_t is E[−x_0/(1 − t) | x], by Tweedie's formula",
        ),
        source=Source("bergamin2024", "the unconditional velocity field"),
    ),
    steps=(
        Step("x and the score, over t", (x + (1 - t) * score) / t),
        Step("E is linear", (x - (x - t * given(y)) / (1 - t)) / t),
        Step("x's share is −t/(1 − t): the velocity of straight paths", (given(y) - x) / (1 - t)),
    ),
)

cost, straightened = at_places(given(y**2)), at_places(given(y) ** 2)
distance = (y - given(y)) ** 2

rectified_cost_le = Derivation(
    claim=Claim(
        "rectified_cost_le",
        straightened,
        cost,
        named(WHERE, "x y"),
        Relation.LE,
        convention=(
            ANY,
            "E |v(x_t)|² along the rectified flow is at most E |x_1 − x_0|², what the straight paths cost",
        ),
        source=Source("hertrich2025", "the rectification step"),
    ),
    steps=(
        Step("the mean square of the marginal velocity", straightened),
        Step("E is linear: the square, less that of the distance from the mean", cost - at_places(given(distance))),
        Step(
            "a square is never negative, on average",
            cost,
            Relation.LE,
            (Mean(Mean(Sign(distance), y, paths), x, places),),
        ),
    ),
)

DERIVATIONS = (
    flow_matching_gap_eq,
    flow_matching_any_gradient_eq,
    rectified_velocity_eq,
    velocity_of_score_eq,
    rectified_cost_le,
)
