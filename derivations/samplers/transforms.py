"""Drawing by transforming: inverse cdf, Box-Muller, Gumbel-max, and what temperature and truncation do.

Claim   each construction has the density wanted; the Gumbel-max and the exponential race draw from the softmax
Route   slopes of distribution functions, a Jacobian, two standard integrals; finite sums.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Integral, Matrix, cos, exp, log, oo, pi, sin, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import Exponential, Logistic

WHERE = (
    Variable("x", Positive(), "a waiting time"),
    Variable("y", Real(), "a place"),
    Variable("r", Positive(), "rate"),
    Variable("u", OpenUnit(), "a uniform draw"),
    Variable("v", OpenUnit(), "another"),
)
x, y, r, u, v = symbols_of(WHERE)

inverse_cdf_exponential_eq = Derivation(
    claim=Claim(
        "inverse_cdf_exponential_eq",
        Derivative(1 - exp(-r * x), x),
        Exponential(r).density(x),
        named(WHERE, "x r"),
        convention=("x = −log(1 − u)/r, u uniform: P(X ≤ x) = P(U ≤ 1 − e^(−r x))", "r is a rate"),
        source=Source("soch2020", "proof P221"),
    ),
    steps=(
        Step("the slope of the u that goes to x", Derivative(1 - exp(-r * x), x)),
        Step("the constant has none", -Derivative(exp(-r * x), x)),
        Step("the exponential density", Exponential(r).density(x)),
    ),
)

inverse_cdf_logistic_eq = Derivation(
    claim=Claim(
        "inverse_cdf_logistic_eq",
        Derivative(1 / (1 + exp(-y)), y),
        Logistic(0, 1).density(y),
        named(WHERE, "y"),
        convention=("y = log u/(1 − u), u uniform: the sigmoid is the distribution function",),
        source=Source("soch2020", "proof P221"),
    ),
    steps=(
        Step("the slope of the u that goes to y", Derivative(1 / (1 + exp(-y)), y)),
        Step("the slope of one over", exp(-y) / (1 + exp(-y)) ** 2),
        Step("the logistic density", Logistic(0, 1).density(y)),
    ),
)

radius = sqrt(-2 * log(u))
pair = (radius * cos(2 * pi * v), radius * sin(2 * pi * v))
volume = Determinant(Matrix([[Derivative(z, w) for w in (u, v)] for z in pair]))

box_muller_eq = Derivation(
    claim=Claim(
        "box_muller_eq",
        -1 / volume,
        u / (2 * pi),
        named(WHERE, "u v"),
        convention=("(z₁, z₂) = √(−2 log u) (cos 2πv, sin 2πv), u and v uniform", "the determinant is negative"),
        source=Source("stackexchange", "mathematics, proof of the Box-Muller method"),
    ),
    steps=(
        Step("the density of the pair: one over the determinant's size", -1 / volume),
        Step(
            "e^(−(z₁² + z₂²)/2)/(2π): two independent standard normals",
            exp(-(pair[0] ** 2 + pair[1] ** 2) / 2) / (2 * pi),
        ),
        Step("z₁² + z₂² = −2 log u", u / (2 * pi)),
    ),
)

WHERE_SCORES = (
    WHERE[3],
    Variable("g", Real(), "a noisy score"),
    Variable("t", Positive(), "a time, integrated over"),
    *(Variable(f"a_{i}", Real(), f"score of class {i}") for i in (1, 2, 3)),
    *(Variable(f"w_{i}", Positive(), f"weight of class {i}") for i in (1, 2, 3)),
    Variable("b", Positive(), "inverse temperature, 1/T"),
)
_, g, t, a1, a2, a3, w1, w2, w3, b = symbols_of(WHERE_SCORES)


def cdf(score: Expr) -> Expr:
    """P(score + Gumbel noise ≤ g)."""
    return exp(-exp(-(g - score)))


def density(score: Expr) -> Expr:
    """Its density."""
    return exp(-(g - score)) * exp(-exp(-(g - score)))


gumbel_density_eq = Derivation(
    claim=Claim(
        "gumbel_density_eq",
        Derivative(cdf(a1), g),
        density(a1),
        named(WHERE_SCORES, "g a_1"),
        convention=("a score plus −log(−log u), u uniform: P(G ≤ g) = e^(−e^(−(g − a)))",),
        source=Source("virtanen2020", "stats, Gumbel distribution"),
    ),
    steps=(
        Step("the slope of the distribution function", Derivative(cdf(a1), g)),
        Step("the chain rule", -cdf(a1) * Derivative(exp(-(g - a1)), g)),
        Step("the Gumbel density", density(a1)),
    ),
)

first_wins = Integral(u ** exp(a2 - a1) * u ** exp(a3 - a1), (u, 0, 1))
softmax = exp(a1) / (exp(a1) + exp(a2) + exp(a3))

gumbel_max_eq = Derivation(
    claim=Claim(
        "gumbel_max_eq",
        first_wins,
        softmax,
        named(WHERE_SCORES, "u a_1 a_2 a_3"),
        convention=(
            "score plus −log(−log u), u uniform for each; the probability that the first is the greatest",
            "at the first's draw u, another stays below with probability e^(−e^(−(g − a_j))) = u^(e^(a_j − a_1))",
        ),
        source=Source("vieira2014", "Gumbel-max trick"),
    ),
    steps=(
        Step("over the first's draw, the others below", first_wins),
        Step("powers of one base", Integral(u ** (exp(a2 - a1) + exp(a3 - a1)), (u, 0, 1))),
        Step("∫ u^S du = 1/(1 + S)", 1 / (1 + exp(a2 - a1) + exp(a3 - a1))),
        Step("times e^(a_1) above and below", softmax),
    ),
)

race = Integral(w1 * exp(-w1 * t) * exp(-w2 * t) * exp(-w3 * t), (t, 0, oo))

exponential_race_eq = Derivation(
    claim=Claim(
        "exponential_race_eq",
        race,
        w1 / (w1 + w2 + w3),
        named(WHERE_SCORES, "t w_1 w_2 w_3"),
        convention=("independent exponential times with rates w; the probability that the first is the soonest",),
        source=Source("adhikari2026", "section 17.2, competing exponentials"),
    ),
    steps=(
        Step("the first at t, the others later", race),
        Step("rates add", w1 * Integral(exp(-(w1 + w2 + w3) * t), (t, 0, oo))),
        Step("∫ e^(−St) dt = 1/S", w1 / (w1 + w2 + w3)),
    ),
)

heats = (exp(b * a1), exp(b * a2), exp(b * a3))
Z = heats[0] + heats[1] + heats[2]
mean_score = (a1 * heats[0] + a2 * heats[1] + a3 * heats[2]) / Z
mean_square = (a1**2 * heats[0] + a2**2 * heats[1] + a3**2 * heats[2]) / Z

temperature_entropy_slope_eq = Derivation(
    claim=Claim(
        "temperature_entropy_slope_eq",
        Derivative(log(Z) - b * mean_score, b),
        -b * (mean_square - mean_score**2),
        named(WHERE_SCORES, "a_1 a_2 a_3 b"),
        convention=("softmax of b × scores, b = 1/T; its entropy in nats is log Z − b E[score]", "it never falls in T"),
        source=Source("hjorthjensen2026", "energy and specific heat in the canonical ensemble"),
    ),
    steps=(
        Step("the slope of the entropy in the inverse temperature", Derivative(log(Z) - b * mean_score, b)),
        Step("the slope of log Z is the mean score, which cancels", -b * Derivative(mean_score, b)),
        Step("the slope of the mean is the variance", -b * (mean_square - mean_score**2)),
    ),
)

whole, kept = w1 + w2 + w3, w1 + w2

top_k_kl_eq = Derivation(
    claim=Claim(
        "top_k_kl_eq",
        w1 / kept * log((w1 / kept) / (w1 / whole)) + w2 / kept * log((w2 / kept) / (w2 / whole)),
        -log(kept / whole),
        named(WHERE_SCORES, "w_1 w_2 w_3"),
        convention=("three classes, two kept; KL(truncated ‖ full) in nats: minus the log of the mass kept",),
        source=Source("stackexchange", "mathematics 3201763, the answer"),
    ),
    steps=(
        Step(
            "the divergence of the truncated law from the full one",
            w1 / kept * log((w1 / kept) / (w1 / whole)) + w2 / kept * log((w2 / kept) / (w2 / whole)),
        ),
        Step("every ratio is the same, and the shares kept add up to 1", log(whole / kept)),
        Step("turned over", -log(kept / whole)),
    ),
)

lost = ((w1 / kept - w1 / whole) + (w2 / kept - w2 / whole) + w3 / whole) / 2

top_p_tv_eq = Derivation(
    claim=Claim(
        "top_p_tv_eq",
        lost,
        w3 / whole,
        named(WHERE_SCORES, "w_1 w_2 w_3"),
        convention=("half the absolute differences; nucleus sampling with p keeps this at 1 − p or below",),
        source=Source("degenne2025", "total variation distance"),
    ),
    steps=(
        Step("total variation: kept classes rise, the dropped one falls to zero", lost),
        Step("what the kept ones gain is what was dropped", (1 - kept / whole) / 2 + w3 / whole / 2),
        Step("the mass dropped", w3 / whole),
    ),
)

DERIVATIONS = (
    inverse_cdf_exponential_eq,
    inverse_cdf_logistic_eq,
    box_muller_eq,
    gumbel_density_eq,
    gumbel_max_eq,
    exponential_race_eq,
    temperature_entropy_slope_eq,
    top_k_kl_eq,
    top_p_tv_eq,
)
