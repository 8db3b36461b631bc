"""The forward process of a diffusion model on the line: the jump, the way back given the start, the parameterisations.

Claim   q(x_t | x_0) = N(√ᾱ_t x_0, 1 − ᾱ_t), and q(x_{t−1} | x_t, x_0) is normal with the mean and variance named
Route   one step of induction is an integral of two normal densities; Bayes' rule completes a square.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Integral, log, oo, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Real, Variable, symbols_of
from claims.laws import density_of
from claims.notation import Density, Expectation, Normal

SCHEDULE = "a = α_t = 1 − β_t and b = ᾱ_{t−1}, so ᾱ_t = a b; variances, not standard deviations"

WHERE = (
    Variable("x", Real(), "x_t"),
    Variable("u", Real(), "x_{t−1}"),
    Variable("x_0", Real(), "the start"),
    Variable("a", OpenUnit(), "α_t, the share of variance that step t keeps"),
    Variable("b", OpenUnit(), "ᾱ_{t−1}, the product of the shares before"),
)
x, u, x0, a, b = symbols_of(WHERE)


def step(at: Expr, before: Expr) -> Density:
    """q(x_t | x_{t−1})."""
    return Density(Normal(sqrt(a) * before, 1 - a), at)


def jump(at: Expr, kept: Expr) -> Density:
    """q(x_t | x_0) = N(√ᾱ x_0, 1 − ᾱ)."""
    return Density(Normal(sqrt(kept) * x0, 1 - kept), at)


composed = Integral(step(x, u) * jump(u, b), (u, -oo, oo))

jump_step_eq = Derivation(
    claim=Claim(
        "jump_step_eq",
        composed,
        density_of(Normal(sqrt(a * b) * x0, 1 - a * b), x),
        WHERE,
        convention=(SCHEDULE, "the induction step; at t = 1, b = 1 and the jump is the step itself"),
        source=Source("ho2020", "section 2, equation 4"),
    ),
    steps=(
        Step("the jump to t − 1, then a step, the middle integrated out", composed),
        Step(
            "variances add: a(1 − b) + 1 − a; means multiply: √a √b x₀",
            Density(Normal(sqrt(a) * sqrt(b) * x0, a * (1 - b) + 1 - a), x),
        ),
        Step("a(1 − b) + 1 − a = 1 − ab", density_of(Normal(sqrt(a * b) * x0, 1 - a * b), x)),
    ),
)

WHERE_NOISE = (
    Variable("x_0", Real(), "the start"),
    Variable("e", Real(), "the noise of the jump to t − 1, integrated over"),
    Variable("d", Real(), "the noise of step t, integrated over"),
    *WHERE[3:],
)
_, e, d = symbols_of(WHERE_NOISE)[:3]
noise = Normal(0, 1)
deviation = sqrt(a) * (sqrt(b) * x0 + sqrt(1 - b) * e) + sqrt(1 - a) * d - sqrt(a * b) * x0
spread = Expectation(Expectation(deviation**2, e, noise), d, noise)

jump_variance_eq = Derivation(
    claim=Claim(
        "jump_variance_eq",
        spread,
        1 - a * b,
        WHERE_NOISE,
        convention=(SCHEDULE, "the two noises are independent and standard normal"),
        source=Source("ho2020", "section 2, equation 4"),
    ),
    steps=(
        Step("the mean squared deviation of x_t from √ᾱ_t x_0", spread),
        Step(
            "x_0 cancels",
            Expectation(Expectation((sqrt(a) * sqrt(1 - b) * e + sqrt(1 - a) * d) ** 2, e, noise), d, noise),
        ),
        Step("independent noises have no cross term", a * (1 - b) + 1 - a),
        Step("a cancels", 1 - a * b),
    ),
)

mean = (sqrt(b) * (1 - a) * x0 + sqrt(a) * (1 - b) * x) / (1 - a * b)
variance = (1 - a) * (1 - b) / (1 - a * b)
bayes = log(step(x, u)) + log(jump(u, b)) - log(jump(x, a * b))
squares = (
    -((x - sqrt(a) * u) ** 2) / (2 * (1 - a))
    - (u - sqrt(b) * x0) ** 2 / (2 * (1 - b))
    + (x - sqrt(a * b) * x0) ** 2 / (2 * (1 - a * b))
)

log_posterior_eq = Derivation(
    claim=Claim(
        "log_posterior_eq",
        bayes,
        log(density_of(Normal(mean, variance), u)),
        WHERE,
        convention=(SCHEDULE, "log q(x_{t−1} | x_t, x_0), by Bayes' rule; log is natural"),
        source=Source("ho2020", "section 2, equations 6 and 7"),
    ),
    steps=(
        Step("log of step times jump to t − 1 over jump to t", bayes),
        Step("three squares and a constant", squares - log(2 * pi * variance) / 2),
        Step("the square in x_{t−1} completed", log(density_of(Normal(mean, variance), u))),
    ),
)

WHERE_EPS = (
    Variable("x_0", Real(), "the start"),
    Variable("e", Real(), "the noise ε of the jump"),
    Variable("c", OpenUnit(), "ᾱ_t"),
)
c = symbols_of(WHERE_EPS)[2]
x_t = sqrt(c) * x0 + sqrt(1 - c) * e
v = sqrt(c) * e - sqrt(1 - c) * x0
VELOCITY = "x_t = √ᾱ x_0 + √(1 − ᾱ) ε and v = √ᾱ ε − √(1 − ᾱ) x_0"

WHERE_SCORE = (*WHERE[:1], *WHERE_EPS[:1], WHERE_EPS[2])
log_jump = log(jump(x, c))

score_of_jump_eq = Derivation(
    claim=Claim(
        "score_of_jump_eq",
        Derivative(log_jump, x),
        -(x - sqrt(c) * x0) / (1 - c),
        WHERE_SCORE,
        convention=("c = ᾱ_t; with x_t = √ᾱ x_0 + √(1 − ᾱ) ε this is −ε/√(1 − ᾱ)", "log is natural"),
        source=Source("dhariwal2021", "section 4.2, equation 11"),
    ),
    steps=(
        Step("the slope of log q(x_t | x_0) in x_t", Derivative(log_jump, x)),
        Step(
            "only the square depends on x_t",
            Derivative(-((x - sqrt(c) * x0) ** 2) / (2 * (1 - c)), x),
        ),
        Step("the slope of a square", -(x - sqrt(c) * x0) / (1 - c)),
    ),
)

velocity_of_start_eq = Derivation(
    claim=Claim(
        "velocity_of_start_eq",
        (sqrt(c) * x_t - x0) / sqrt(1 - c),
        v,
        WHERE_EPS,
        convention=(VELOCITY,),
        source=Source("salimans2022", "section 4 and appendix D"),
    ),
    steps=(
        Step("v from x_t and x_0", (sqrt(c) * x_t - x0) / sqrt(1 - c)),
        Step("x_t written out", (c * x0 - x0) / sqrt(1 - c) + sqrt(c) * e),
        Step("(ᾱ − 1)/√(1 − ᾱ) = −√(1 − ᾱ)", v),
    ),
)

start_of_velocity_eq = Derivation(
    claim=Claim(
        "start_of_velocity_eq",
        sqrt(c) * x_t - sqrt(1 - c) * v,
        x0,
        WHERE_EPS,
        convention=(VELOCITY,),
        source=Source("salimans2022", "section 4 and appendix D"),
    ),
    steps=(
        Step("x_0 from x_t and v", sqrt(c) * x_t - sqrt(1 - c) * v),
        Step("the noise cancels", c * x0 + (1 - c) * x0),
        Step("ᾱ + (1 − ᾱ) = 1", x0),
    ),
)

noise_of_velocity_eq = Derivation(
    claim=Claim(
        "noise_of_velocity_eq",
        sqrt(1 - c) * x_t + sqrt(c) * v,
        e,
        WHERE_EPS,
        convention=(VELOCITY,),
        source=Source("salimans2022", "section 4 and appendix D"),
    ),
    steps=(
        Step("ε from x_t and v", sqrt(1 - c) * x_t + sqrt(c) * v),
        Step("the start cancels", (1 - c) * e + c * e),
        Step("ᾱ + (1 − ᾱ) = 1", e),
    ),
)

WHERE_MEAN = (WHERE[0], Variable("e", Real(), "the noise ε of the jump to t"), *WHERE[3:])
start = (x - sqrt(1 - a * b) * e) / sqrt(a * b)

posterior_mean_of_noise_eq = Derivation(
    claim=Claim(
        "posterior_mean_of_noise_eq",
        mean.subs(x0, start),
        (x - (1 - a) / sqrt(1 - a * b) * e) / sqrt(a),
        WHERE_MEAN,
        convention=(SCHEDULE, "x_0 = (x_t − √(1 − ᾱ_t) ε)/√ᾱ_t put into the mean of q(x_{t−1} | x_t, x_0)"),
        source=Source("ho2020", "section 3.2, equations 10 and 11"),
    ),
    steps=(
        Step("the mean with x_0 from the noise", mean.subs(x0, start)),
        Step(
            "√b/√(ab) = 1/√a",
            ((1 - a) * (x - sqrt(1 - a * b) * e) + a * (1 - b) * x) / (sqrt(a) * (1 - a * b)),
        ),
        Step("the terms in x_t add up to 1 − ab", (x - (1 - a) / sqrt(1 - a * b) * e) / sqrt(a)),
    ),
)

DERIVATIONS = (
    jump_step_eq,
    jump_variance_eq,
    log_posterior_eq,
    score_of_jump_eq,
    velocity_of_start_eq,
    start_of_velocity_eq,
    noise_of_velocity_eq,
    posterior_mean_of_noise_eq,
)
