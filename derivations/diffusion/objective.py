"""What a diffusion model is trained on: posterior variance, targets that determine each other, and weighted losses.

Claim   each KL term of the bound is a weight times (ε − ε̂)², or another weight times (x_0 − x̂_0)²
Route   two normals of one variance differ by their means; the means differ by what is predicted.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Rational, log, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.notation import KL, Density, Expectation, Normal

SCHEDULE = "a = α_t = 1 − β_t and b = ᾱ_{t−1}, so ᾱ_t = a b; variances, not standard deviations"
MIX = "x_t = √ᾱ x_0 + √(1 − ᾱ) ε, c = ᾱ_t"
HALF = Rational(1, 2)

WHERE_STEPS = (
    *(Variable(f"e_{i}", Real(), f"the noise of step {i}, integrated over") for i in (1, 2, 3)),
    *(Variable(f"a_{i}", OpenUnit(), f"α_{i}, the share of variance that step {i} keeps") for i in (1, 2, 3)),
)
e1, e2, e3, a1, a2, a3 = symbols_of(WHERE_STEPS)
noise = Normal(0, 1)


def over_noises(f: Expr) -> Expr:
    """E over three independent standard normal noises."""
    return Expectation(Expectation(Expectation(f, e1, noise), e2, noise), e3, noise)


added = sqrt(a3) * (sqrt(a2) * sqrt(1 - a1) * e1 + sqrt(1 - a2) * e2) + sqrt(1 - a3) * e3

jump_of_three_variance_eq = Derivation(
    claim=Claim(
        "jump_of_three_variance_eq",
        over_noises(added**2),
        1 - a1 * a2 * a3,
        WHERE_STEPS,
        convention=("three steps, their noises independent and standard normal", "what x_0 adds is √(α_1 α_2 α_3) x_0"),
        source=Source("ho2020", "section 2, equation 4"),
    ),
    steps=(
        Step("the mean square of what three steps add to √ᾱ_3 x_0", over_noises(added**2)),
        Step("independent noises have no cross terms", a3 * (a2 * (1 - a1) + 1 - a2) + 1 - a3),
        Step("the first two: a₂(1 − a₁) + 1 − a₂ = 1 − a₁a₂", a3 * (1 - a1 * a2) + 1 - a3),
        Step("and once more", 1 - a1 * a2 * a3),
    ),
)

WHERE = (
    Variable("a", OpenUnit(), "α_t, the share of variance that step t keeps"),
    Variable("b", OpenUnit(), "ᾱ_{t−1}, the product of the shares before"),
    Variable("e", Real(), "the noise ε"),
    Variable("g", Real(), "the predicted noise ε̂"),
    Variable("x", Real(), "x_t"),
    Variable("x_0", Real(), "the start"),
    Variable("y", Real(), "the predicted start x̂_0"),
    Variable("s", Positive(), "standard deviation of the reverse step"),
    Variable("z", Real(), "x_{t−1}, averaged over"),
)
a, b, e, g, x, x0, y, s, z = symbols_of(WHERE)
variance = (1 - a) * (1 - b) / (1 - a * b)

posterior_variance_eq = Derivation(
    claim=Claim(
        "posterior_variance_eq",
        1 / (a / (1 - a) + 1 / (1 - b)),
        variance,
        WHERE[:2],
        convention=(SCHEDULE, "q(x_{t−1} | x_t, x_0): precisions add, that of the step seen from x_{t−1} is α/(1 − α)"),
        source=Source("ho2020", "section 2, equation 7"),
    ),
    steps=(
        Step("one over the sum of the precisions of step and jump", 1 / (a / (1 - a) + 1 / (1 - b))),
        Step("a common denominator", (1 - a) * (1 - b) / (a * (1 - b) + 1 - a)),
        Step("a(1 − b) + 1 − a = 1 − ab", variance),
    ),
)


def mean_of_noise(at: Expr) -> Expr:
    """The posterior mean of x_{t−1} for a noise."""
    return (x - (1 - a) / sqrt(1 - a * b) * at) / sqrt(a)


def over_step(f: Expr) -> Expectation:
    """The mean over x_{t−1}."""
    return Expectation(f, z, true_step)


true_step, model_step = Normal(mean_of_noise(e), s**2), Normal(mean_of_noise(g), s**2)
by_noise = KL(true_step, model_step)
weighted_noise = (1 - a) ** 2 / (2 * s**2 * a * (1 - a * b)) * (e - g) ** 2

kl_term_noise_eq = Derivation(
    claim=Claim(
        "kl_term_noise_eq",
        by_noise,
        weighted_noise,
        named(WHERE, "a b e g x s z"),
        convention=(SCHEDULE, "one coordinate; both steps have the variance s²"),
        source=Source("ho2020", "section 3.2, equation 12"),
    ),
    steps=(
        Step("a term of the bound: two reverse steps with the same x_t and variance", by_noise),
        Step("the definition of KL", over_step(log(Density(true_step, z) / Density(model_step, z)))),
        Step(
            "the log of a quotient: the normalisers cancel",
            over_step(((z - model_step.mean) ** 2 - (z - true_step.mean) ** 2) / (2 * s**2)),
        ),
        Step("E z² = m² + s²: only the means differ", (true_step.mean - model_step.mean) ** 2 / (2 * s**2)),
        Step("x_t cancels", ((1 - a) / sqrt(1 - a * b) * (g - e)) ** 2 / (2 * s**2 * a)),
        Step("a weight times the squared error of ε", weighted_noise),
    ),
)


def mean_of_start(at: Expr) -> Expr:
    """The posterior mean of x_{t−1} for a start."""
    return (sqrt(b) * (1 - a) * at + sqrt(a) * (1 - b) * x) / (1 - a * b)


by_start = (mean_of_start(x0) - mean_of_start(y)) ** 2 / (2 * variance)
ratios = (b / (1 - b) - a * b / (1 - a * b)) / 2 * (x0 - y) ** 2

kl_term_start_eq = Derivation(
    claim=Claim(
        "kl_term_start_eq",
        by_start,
        ratios,
        named(WHERE, "a b x x_0 y"),
        convention=(SCHEDULE, "one coordinate; the reverse step has the posterior's variance", "SNR = ᾱ/(1 − ᾱ)"),
        source=Source("kingma2021", "section 4, equation 13"),
    ),
    steps=(
        Step("squared difference of the means over twice the posterior variance", by_start),
        Step("x_t cancels", b * (1 - a) * (x0 - y) ** 2 / (2 * (1 - b) * (1 - a * b))),
        Step("half of SNR(t − 1) − SNR(t)", ratios),
    ),
)

dropped = (1 - a) ** 2 / (2 * variance * a * (1 - a * b))

simple_loss_drops_eq = Derivation(
    claim=Claim(
        "simple_loss_drops_eq",
        dropped,
        (b / (1 - b) * (1 - a * b) / (a * b) - 1) / 2,
        WHERE[:2],
        convention=(SCHEDULE, "L_simple sets this weight to 1 for every t", "SNR = ᾱ/(1 − ᾱ)"),
        source=Source("ho2020", "section 3.4, equation 14"),
    ),
    steps=(
        Step("the weight of (ε − ε̂)² with the posterior's variance put in", dropped),
        Step("1 − a = (1 − ab) − a(1 − b)", ((1 - a * b) - a * (1 - b)) / (2 * a * (1 - b))),
        Step("half of SNR(t − 1)/SNR(t) − 1", (b / (1 - b) * (1 - a * b) / (a * b) - 1) / 2),
    ),
)

WHERE_MIX = (*WHERE[2:6], Variable("c", OpenUnit(), "ᾱ_t"))
c = symbols_of(WHERE_MIX)[4]


def start_of(at: Expr) -> Expr:
    """The start that x_t and a noise give."""
    return (x - sqrt(1 - c) * at) / sqrt(c)


def velocity_of(at: Expr) -> Expr:
    """v = √ᾱ ε − √(1 − ᾱ) x_0, where x_t and the noise give x_0."""
    return sqrt(c) * at - sqrt(1 - c) * start_of(at)


velocity_loss_eq = Derivation(
    claim=Claim(
        "velocity_loss_eq",
        (velocity_of(e) - velocity_of(g)) ** 2,
        (e - g) ** 2 / c,
        named(WHERE_MIX, "e g x c"),
        convention=(MIX, "v = √ᾱ ε − √(1 − ᾱ) x_0, both at the same x_t"),
        source=Source("salimans2022", "section 4 and appendix D"),
    ),
    steps=(
        Step("the squared error of v", (velocity_of(e) - velocity_of(g)) ** 2),
        Step("the starts put in; x_t cancels", (sqrt(c) * (e - g) + (1 - c) / sqrt(c) * (e - g)) ** 2),
        Step("√ᾱ + (1 − ᾱ)/√ᾱ = 1/√ᾱ", (e - g) ** 2 / c),
    ),
)

log_jump = log(Density(Normal(sqrt(c) * x0, 1 - c), x))
by_score = (x + (1 - c) * Derivative(log_jump, x)) / sqrt(c)
KNOWING = "c = ᾱ_t; the score of q(x_t | x_0), which knows the start"

start_of_score_eq = Derivation(
    claim=Claim(
        "start_of_score_eq",
        by_score,
        x0,
        named(WHERE_MIX, "x x_0 c"),
        convention=(KNOWING, "log is natural"),
        source=Source("dhariwal2021", "section 4.2, equation 11, solved for x_0"),
    ),
    steps=(
        Step("x_0 from x_t and the score", by_score),
        Step("the slope of log q is that of its square", (x - Derivative((x - sqrt(c) * x0) ** 2 / 2, x)) / sqrt(c)),
        Step("x_t cancels", x0),
    ),
)

noise_of_score_eq = Derivation(
    claim=Claim(
        "noise_of_score_eq",
        -sqrt(1 - c) * Derivative(log_jump, x),
        (x - sqrt(c) * x0) / sqrt(1 - c),
        named(WHERE_MIX, "x x_0 c"),
        convention=(KNOWING, MIX, "log is natural"),
        source=Source("dhariwal2021", "section 4.2, equation 11"),
    ),
    steps=(
        Step("−√(1 − ᾱ) times the score", -sqrt(1 - c) * Derivative(log_jump, x)),
        Step(
            "the slope of log q is that of its square",
            sqrt(1 - c) * Derivative((x - sqrt(c) * x0) ** 2 / (2 * (1 - c)), x),
        ),
        Step("ε, from x_t and x_0", (x - sqrt(c) * x0) / sqrt(1 - c)),
    ),
)

WHERE_PATH = (
    *(Variable(f"p_{k}", Positive(), f"p(x_{int(k) - 1} | x_{k}), the model's step back") for k in "123"),
    Variable("p_T", Positive(), "p(x_3), the model's prior"),
    *(Variable(f"j_{k}", Positive(), f"q(x_{k} | x_0), the jump") for k in "123"),
    *(Variable(f"r_{k}", Positive(), f"q(x_{int(k) - 1} | x_{k}, x_0), the way back given the start") for k in "23"),
)
p1, p2, p3, prior, j1, j2, j3, r2, r3 = symbols_of(WHERE_PATH)
along_the_path = log(prior * p3 * p2 * p1) - log(j1) - log(r2 * j2 / j1) - log(r3 * j3 / j2)
telescoped = log(p1) - log(r2 / p2) - log(r3 / p3) - log(j3 / prior)

elbo_telescoped_eq = Derivation(
    claim=Claim(
        "elbo_telescoped_eq",
        along_the_path,
        telescoped,
        WHERE_PATH,
        convention=(
            "log p(x_0, …, x_3) − log q(x_1, x_2, x_3 | x_0), before the mean over q; log is natural",
            "Bayes' rule: q(x_t | x_{t−1}) = q(x_{t−1} | x_t, x_0) q(x_t | x_0)/q(x_{t−1} | x_0)",
            "the means of the terms are the reconstruction, two KL terms, and the KL to the prior",
        ),
        source=Source("ho2020", "section 2, equation 5, and appendix A"),
    ),
    steps=(
        Step("the joint of the model over the forward steps, those by Bayes' rule", along_the_path),
        Step(
            "the jumps telescope: j₁ and j₂ stand above and below",
            log(prior * p3 * p2 * p1) - log(r2) - log(r3) - log(j3),
        ),
        Step("sorted by step", telescoped),
    ),
)

DERIVATIONS = (
    jump_of_three_variance_eq,
    posterior_variance_eq,
    kl_term_noise_eq,
    kl_term_start_eq,
    simple_loss_drops_eq,
    velocity_loss_eq,
    start_of_score_eq,
    noise_of_score_eq,
    elbo_telescoped_eq,
)
