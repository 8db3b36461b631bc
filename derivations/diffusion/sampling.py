"""Sampling from a diffusion model: the DDIM family, and guidance by a classifier and without one.

Claim   every DDIM step has the same marginals; η = 1 is the step of DDPM, η = 0 has no noise; guidance adds scores
Route   variances of independent noises add; logs of products are sums, so their slopes are.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, log, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax, Density, Expectation, Normal

SCHEDULE = "a = α_t = 1 − β_t, b = ᾱ_{t−1}, c = ᾱ_t = a b; variances, not standard deviations"

WHERE = (
    Variable("x", Real(), "x_t"),
    Variable("z", Real(), "fresh noise, integrated over"),
    Variable("x_0", Real(), "the start"),
    Variable("e", Real(), "the noise ε at x_t"),
    Variable("a", OpenUnit(), "α_t, the share of variance that step t keeps"),
    Variable("b", OpenUnit(), "ᾱ_{t−1}"),
    Variable("c", OpenUnit(), "ᾱ_t"),
    Variable("h", OpenUnit(), "the share of fresh noise: σ_t² = h (1 − ᾱ_{t−1})"),
)
x, z, x0, e, a, b, c, h = symbols_of(WHERE)


def from_jump(f: Expr) -> Expr:
    """E over x_t given the start, and over fresh noise."""
    return Expectation(Expectation(f, z, Normal(0, 1)), x, Normal(sqrt(c) * x0, 1 - c))


fresh = h * (1 - b)
deviation = sqrt(1 - b - fresh) * (x - sqrt(c) * x0) / sqrt(1 - c) + sqrt(fresh) * z

ddim_variance_eq = Derivation(
    claim=Claim(
        "ddim_variance_eq",
        from_jump(deviation**2),
        1 - b,
        named(WHERE, "x z x_0 b c h"),
        convention=(SCHEDULE, "x_{t−1} = √ᾱ_{t−1} x_0 + √(1 − ᾱ_{t−1} − σ²) (x_t − √ᾱ_t x_0)/√(1 − ᾱ_t) + σ z"),
        source=Source("song2020", "section 3.1, equation 7, and appendix B, lemma 1"),
    ),
    steps=(
        Step("the mean squared deviation of x_{t−1} from √ᾱ_{t−1} x_0", from_jump(deviation**2)),
        Step(
            "the noises are independent",
            (1 - b - fresh) / (1 - c) * Expectation((x - sqrt(c) * x0) ** 2, x, Normal(sqrt(c) * x0, 1 - c)) + fresh,
        ),
        Step("Var(x_t) = 1 − ᾱ_t", (1 - b - fresh) + h - h * b),
        Step("whatever the share of fresh noise", 1 - b),
    ),
)

posterior_variance = (1 - a) * (1 - b) / (1 - a * b)
stochastic = sqrt(b) * x0 + sqrt(1 - b - posterior_variance) * (x - sqrt(a * b) * x0) / sqrt(1 - a * b)
posterior_mean = (sqrt(b) * (1 - a) * x0 + sqrt(a) * (1 - b) * x) / (1 - a * b)

ddim_eta_one_eq = Derivation(
    claim=Claim(
        "ddim_eta_one_eq",
        stochastic,
        posterior_mean,
        named(WHERE, "x x_0 a b"),
        convention=(SCHEDULE, "η = 1: σ² is the variance of q(x_{t−1} | x_t, x_0)"),
        source=Source("song2020", "section 4.1, equation 12"),
    ),
    steps=(
        Step("the mean of a DDIM step with σ² = (1 − α)(1 − ᾱ_{t−1})/(1 − ᾱ_t)", stochastic),
        Step(
            "1 − ᾱ_{t−1} − σ² = α (1 − ᾱ_{t−1})²/(1 − ᾱ_t)",
            sqrt(b) * x0 + sqrt(a) * (1 - b) / (1 - a * b) * (x - sqrt(a * b) * x0),
        ),
        Step("the mean of q(x_{t−1} | x_t, x_0)", posterior_mean),
    ),
)

plain = (sqrt(b) * (x - sqrt(1 - c) * e) / sqrt(c) + sqrt(1 - b) * e) / sqrt(b)
euler = x / sqrt(c) + (sqrt((1 - b) / b) - sqrt((1 - c) / c)) * e

ddim_eta_zero_eq = Derivation(
    claim=Claim(
        "ddim_eta_zero_eq",
        plain,
        euler,
        named(WHERE, "x e b c"),
        convention=(SCHEDULE, "η = 0: no fresh noise", "in x/√ᾱ it is an Euler step with the step of √((1 − ᾱ)/ᾱ)"),
        source=Source("song2020", "section 4.3, equation 13"),
    ),
    steps=(
        Step("x_{t−1}/√ᾱ_{t−1}, from the predicted start and the predicted noise", plain),
        Step("√ᾱ_{t−1} cancels in the first term", (x - sqrt(1 - c) * e) / sqrt(c) + sqrt(1 - b) / sqrt(b) * e),
        Step("the noise collected", euler),
    ),
)

WHERE_GUIDED = (
    Variable("x", Real(), "x_t"),
    Variable("m", Real(), "mean of x_t without a class"),
    Variable("s", Positive(), "its standard deviation"),
    Variable("n", Real(), "mean of x_t given the class"),
    Variable("r", Positive(), "its standard deviation"),
    Variable("k", Real(), "slope of the classifier's logit"),
    Variable("y", Real(), "what the classifier saw"),
    Variable("w", Positive(), "guidance weight"),
    Variable("x_0", Real(), "the start"),
    Variable("c", OpenUnit(), "ᾱ_t"),
    Variable("u", Real(), "the prediction without a class"),
    Variable("g", Real(), "the prediction given the class"),
)
_, m, s, n, r, k, y, w, _, _, u, g = symbols_of(WHERE_GUIDED)
log_class = -log(1 + exp(-k * x))
log_marginal = log(Density(Normal(m, s**2), x))
log_given = log(Density(Normal(n, r**2), x))

classifier_guidance_eq = Derivation(
    claim=Claim(
        "classifier_guidance_eq",
        Derivative(log_marginal + w * log_class, x),
        (m - x) / s**2 + w * k / (1 + exp(k * x)),
        named(WHERE_GUIDED, "x m s k w"),
        convention=(
            "the score of p(x) p(y | x)^w; w = 1 is Bayes' rule",
            "p(y | x) = 1/(1 + e^(−k x))",
            "log is natural",
        ),
        source=Source("dhariwal2021", "section 4.2, equation 12, and section 4.3"),
    ),
    steps=(
        Step("the slope of log p(x) + w log p(y | x)", Derivative(log_marginal + w * log_class, x)),
        Step(
            "the constant of p(x) has no slope",
            Derivative(-((x - m) ** 2) / (2 * s**2), x) - w * Derivative(log(1 + exp(-k * x)), x),
        ),
        Step("the slope of a logistic log-probability is k(1 − p)", (m - x) / s**2 + w * k / (1 + exp(k * x))),
    ),
)

log_jump = log(Density(Normal(sqrt(c) * x0, 1 - c), x))
shifted = -sqrt(1 - c) * Derivative(log_jump + w * log_class, x)
shifted_noise = (x - sqrt(c) * x0) / sqrt(1 - c) - sqrt(1 - c) * w * k / (1 + exp(k * x))

guided_noise_eq = Derivation(
    claim=Claim(
        "guided_noise_eq",
        shifted,
        shifted_noise,
        named(WHERE_GUIDED, "x k w x_0 c"),
        convention=("c = ᾱ_t; ε = −√(1 − ᾱ) score", "the first term is the ε of x_t", "p(y | x) = 1/(1 + e^(−k x))"),
        source=Source("dhariwal2021", "section 4.2, equation 14"),
    ),
    steps=(
        Step("−√(1 − ᾱ) times the guided score", shifted),
        Step(
            "the score of the jump, and the classifier's",
            sqrt(1 - c) * (x - sqrt(c) * x0) / (1 - c) - sqrt(1 - c) * w * Derivative(log_class, x),
        ),
        Step("ε minus √(1 − ᾱ) w times the slope of log p(y | x)", shifted_noise),
    ),
)

tilted = log_marginal + w * log(Density(Normal(x, r**2), y))

guided_peak_eq = Derivation(
    claim=Claim(
        "guided_peak_eq",
        Argmax(tilted, x),
        (r**2 * m + w * s**2 * y) / (r**2 + w * s**2),
        named(WHERE_GUIDED, "x m s r y w"),
        convention=("p(x) p(y | x)^w with p(y | x) = N(y; x, r²)", "a greater w moves the peak towards y"),
        source=Source("dhariwal2021", "section 4.3"),
    ),
    steps=(
        Step("where p(x) p(y | x)^w is greatest", Argmax(tilted, x)),
        Step("constants move no peak", Argmax(-((x - m) ** 2) / (2 * s**2) - w * (y - x) ** 2 / (2 * r**2), x)),
        Step("means weighted by precisions, that of the class w times", (r**2 * m + w * s**2 * y) / (r**2 + w * s**2)),
    ),
)

free = Derivative(log_marginal + w * (log_given - log_marginal), x)
extrapolated = (1 - w) * (m - x) / s**2 + w * (n - x) / r**2

classifier_free_score_eq = Derivation(
    claim=Claim(
        "classifier_free_score_eq",
        free,
        extrapolated,
        named(WHERE_GUIDED, "x m s n r w"),
        convention=(
            "log p(y | x) = log p(x | y) − log p(x) + log p(y), by Bayes' rule",
            "w = 0 has no class and w = 1 is conditional; both laws normal here",
        ),
        source=Source("ho2022", "section 3.2, equation 6"),
    ),
    steps=(
        Step("the score of p(x) p(y | x)^w without a classifier", free),
        Step("the slopes of the two logs", (1 - w) * Derivative(log_marginal, x) + w * Derivative(log_given, x)),
        Step("the two scores, mixed with weights that add up to 1", extrapolated),
    ),
)

classifier_free_conventions_eq = Derivation(
    claim=Claim(
        "classifier_free_conventions_eq",
        u + (1 + w) * (g - u),
        (1 + w) * g - w * u,
        named(WHERE_GUIDED, "w u g"),
        convention=(
            "left: scale 1 + w from the prediction without a class, 1 being conditional",
            "right: weight w beyond the conditional prediction, 0 being conditional",
        ),
        source=Source("ho2022", "section 3.2, equation 6"),
    ),
    steps=(
        Step("from u towards g, and w beyond", u + (1 + w) * (g - u)),
        Step("to g, and w further", g + w * (g - u)),
        Step("collected", (1 + w) * g - w * u),
    ),
)

DERIVATIONS = (
    ddim_variance_eq,
    ddim_eta_one_eq,
    ddim_eta_zero_eq,
    classifier_guidance_eq,
    guided_noise_eq,
    guided_peak_eq,
    classifier_free_score_eq,
    classifier_free_conventions_eq,
)
