"""Importance weights: what they correct, what they cost, and annealing them.

Claim   weights make one law's mean another's; their mean square grows with the distance; annealed ones estimate Z₂/Z₀
Route   finite sums, Gaussian integrals, a chain that keeps the law in between.
"""

from __future__ import annotations

from sympy import Function, Integral, exp, oo, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Bernoulli
from claims.notation import Density, Expectation, NamedLaw, Normal, Variance

WHERE_WEIGHTS = (
    Variable("x", Real(), "what is drawn, or integrated over"),
    Variable("p", OpenUnit(), "probability of 1 under the target"),
    Variable("q", OpenUnit(), "probability of 1 under the proposal"),
    *(Variable(f"f_{i}", Real(), f"the function at {i}") for i in (0, 1)),
    Variable("m", Real(), "distance of the two means"),
    Variable("g", Positive(), "the proposal's variance is (1 + g)/2, the target's 1"),
)
x, p, q, f0, f1, m, g = symbols_of(WHERE_WEIGHTS)
weight = Bernoulli(p).density(x) / Bernoulli(q).density(x)

importance_mean_eq = Derivation(
    claim=Claim(
        "importance_mean_eq",
        Expectation(weight * (f0 * (1 - x) + f1 * x), x, Bernoulli(q)),
        f0 * (1 - p) + f1 * p,
        named(WHERE_WEIGHTS, "x p q f_0 f_1"),
        convention=("weight p(x)/q(x), two outcomes; the proposal must not miss what the target can give",),
        source=Source("goodfellow2016", "section 17.2"),
    ),
    steps=(
        Step("the weighted mean under the proposal", Expectation(weight * (f0 * (1 - x) + f1 * x), x, Bernoulli(q))),
        Step("q cancels: the mean under the target", Expectation(f0 * (1 - x) + f1 * x, x, Bernoulli(p))),
        Step("both outcomes", f0 * (1 - p) + f1 * p),
    ),
)


def squared(target: Normal, proposal: Normal) -> Integral:
    """E under the proposal of the squared weight: ∫ p²/q."""
    return Integral(Density(target, x) ** 2 / Density(proposal, x), (x, -oo, oo))


shifted = squared(Normal(m, 1), Normal(0, 1))

importance_square_shift_eq = Derivation(
    claim=Claim(
        "importance_square_shift_eq",
        shifted,
        exp(m**2),
        named(WHERE_WEIGHTS, "x m"),
        convention=(
            "target N(m, 1), proposal N(0, 1); the share of effective draws is one over this",
            "d dimensions: m² is |m|²",
        ),
        source=Source("coste2024", "the one-dimensional case"),
    ),
    steps=(
        Step("the mean squared weight", shifted),
        Step("a normal density around 2m is left", exp(m**2) * Integral(Density(Normal(2 * m, 1), x), (x, -oo, oo))),
        Step("which integrates to 1", exp(m**2)),
    ),
)

scaled = squared(Normal(0, 1), Normal(0, (1 + g) / 2))

importance_square_scale_eq = Derivation(
    claim=Claim(
        "importance_square_scale_eq",
        scaled,
        (1 + g) / (2 * sqrt(g)),
        named(WHERE_WEIGHTS, "x g"),
        convention=("target N(0, 1), proposal N(0, (1 + g)/2); without bound as the variance falls to a half",),
        source=Source("coste2024", "the one-dimensional case"),
    ),
    steps=(
        Step("the mean squared weight", scaled),
        Step(
            "the exponent is −x² g/(1 + g)",
            sqrt((1 + g) / 2) / sqrt(2 * pi) * Integral(exp(-(x**2) * g / (1 + g)), (x, -oo, oo)),
        ),
        Step("a Gaussian integral", (1 + g) / (2 * sqrt(g))),
    ),
)

WHERE_PATH = (
    *(Variable(f"f_{t}{i}", Positive(), f"weight of state {i} at temperature {t}") for t in (0, 1, 2) for i in (1, 2)),
    Variable("k", Positive(), "flow between the states in a step that keeps the weights at 1"),
)
f01, f02, f11, f12, f21, f22, flow = symbols_of(WHERE_PATH)
stays, goes = (1 - flow / f11, 1 - flow / f12), (flow / f11, flow / f12)
normaliser = f01 + f02
from_first = f01 / normaliser * (f11 / f01) * (stays[0] * f21 / f11 + goes[0] * f22 / f12)
from_second = f02 / normaliser * (f12 / f02) * (goes[1] * f21 / f11 + stays[1] * f22 / f12)

annealed_weight_eq = Derivation(
    claim=Claim(
        "annealed_weight_eq",
        from_first + from_second,
        (f21 + f22) / (f01 + f02),
        WHERE_PATH,
        convention=(
            "weight f₁(x₀)/f₀(x₀) · f₂(x₁)/f₁(x₁), x₀ from f₀ normalised, x₁ by a step that keeps f₁; two states",
            "the mean weight is the ratio of the constants Z₂/Z₀",
        ),
        source=Source("goodfellow2016", "section 18.7.1"),
    ),
    steps=(
        Step("the mean weight over both states before and after the step", from_first + from_second),
        Step(
            "sorted by the state after the step, whose weight at 1 is kept",
            (f11 * stays[0] + f12 * goes[1]) / normaliser * f21 / f11
            + (f12 * stays[1] + f11 * goes[0]) / normaliser * f22 / f12,
        ),
        Step("f₁ cancels", (f21 + f22) / (f01 + f02)),
    ),
)

WHERE_ANY = (Variable("x", Real(), "what is drawn, averaged over"),)
(drawn,) = symbols_of(WHERE_ANY)
target, proposal = NamedLaw("p"), NamedLaw("q")
ANY = (
    "any target p and proposal q with densities or masses, positive at the same points; any function g with these means"
)
worth = Function("g", real=True)(drawn)
ratio = Density(target, drawn) / Density(proposal, drawn)

importance_any_eq = Derivation(
    claim=Claim(
        "importance_any_eq",
        Expectation(worth * ratio, drawn, proposal),
        Expectation(worth, drawn, target),
        WHERE_ANY,
        convention=(ANY, "the weight is p/q: a mean under the target, from draws of the proposal"),
        source=Source("goodfellow2016", "section 17.2"),
    ),
    steps=(
        Step("the weighted mean under the proposal", Expectation(worth * ratio, drawn, proposal)),
        Step("q · p/q = p: an integral under p", Expectation(worth, drawn, target)),
    ),
)

importance_variance_any_eq = Derivation(
    claim=Claim(
        "importance_variance_any_eq",
        Variance(worth * ratio, drawn, proposal),
        Expectation(worth**2 * ratio, drawn, target) - Expectation(worth, drawn, target) ** 2,
        WHERE_ANY,
        convention=(
            ANY,
            "of one weighted draw: the estimate from n of them has 1/n of it",
            "with g = 1 the variance of the weights is E_p[p/q] − 1, the χ² divergence of p from q",
        ),
        source=Source("goodfellow2016", "section 17.2"),
    ),
    steps=(
        Step("the variance of a weighted draw", Variance(worth * ratio, drawn, proposal)),
        Step(
            "the definition, and E is linear",
            Expectation(worth**2 * ratio**2, drawn, proposal) - Expectation(worth * ratio, drawn, proposal) ** 2,
        ),
        Step(
            "q · p/q = p: integrals under p",
            Expectation(worth**2 * ratio, drawn, target) - Expectation(worth, drawn, target) ** 2,
        ),
    ),
)

DERIVATIONS = (
    importance_mean_eq,
    importance_any_eq,
    importance_variance_any_eq,
    importance_square_shift_eq,
    importance_square_scale_eq,
    annealed_weight_eq,
)
