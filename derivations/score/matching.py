"""Score matching and Langevin dynamics: what may be minimised instead, what stays put, and what a finite step adds.

Claim   explicit, implicit and denoising score matching differ by constants; e^(−U) is stationary; ULA is too wide
Route   integration by parts under a normal law is Stein's identity; elsewhere the integrands differ by a slope.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.notation import Expectation, Normal

WHERE = (
    Variable("x", Real(), "the point integrated over"),
    Variable("u", Real(), "the clean datum, integrated over"),
    Variable("m", Real(), "mean of the data"),
    Variable("s", Positive(), "standard deviation of the data"),
    Variable("r", Positive(), "standard deviation of the noise"),
    Variable("k_0", Real(), "the model's score is k_0 + k_1 x + k_2 x²"),
    Variable("k_1", Real(), "its slope at 0"),
    Variable("k_2", Real(), "half its bend"),
)
x, u, m, s, r, k0, k1, k2 = symbols_of(WHERE)
data = Normal(m, s**2)
model, model_slope = k0 + k1 * x + k2 * x**2, k1 + 2 * k2 * x
true_score = -(x - m) / s**2


def over_data(f: Expr) -> Expr:
    """E_{x ~ N(m, s²)}[f]."""
    return Expectation(f, x, data)


explicit_less_implicit = over_data((model - true_score) ** 2 / 2) - over_data(model**2 / 2 + model_slope)

hyvarinen_normal_eq = Derivation(
    claim=Claim(
        "hyvarinen_normal_eq",
        explicit_less_implicit,
        1 / (2 * s**2),
        named(WHERE, "x m s k_0 k_1 k_2"),
        convention=("normal data; the model's score is any quadratic", "the constant is half the Fisher information"),
        source=Source("song2019", "section 2.1, equation 1"),
    ),
    steps=(
        Step("E½(ψ − score)² less E[½ψ² + ψ′]", explicit_less_implicit),
        Step(
            "the square opened", over_data(true_score**2) / 2 - over_data(model * true_score) - over_data(model_slope)
        ),
        Step("Stein: E[ψ score] = −E ψ′", over_data(true_score**2) / 2),
        Step("E(x − m)² = s²", 1 / (2 * s**2)),
    ),
)

WHERE_QUARTIC = (
    Variable("x", Real(), "a place"),
    Variable("a", Positive(), "log p = b x² − a x⁴ and a constant"),
    Variable("b", Real(), "its other coefficient; two modes where positive"),
    Variable("d", Real(), "the model's score is d x + e x³"),
    Variable("e", Real(), "its other coefficient"),
)
_, a, b, d, e = symbols_of(WHERE_QUARTIC)
log_p = b * x**2 - a * x**4
p = exp(log_p)
cubic = d * x + e * x**3
slope_p = Derivative(log_p, x)
integrands = p * (cubic - slope_p) ** 2 / 2 - p * slope_p**2 / 2 - p * (cubic**2 / 2 + Derivative(cubic, x))
flux_slope = -p * (d + 3 * e * x**2 + cubic * (2 * b * x - 4 * a * x**3))

hyvarinen_integrand_eq = Derivation(
    claim=Claim(
        "hyvarinen_integrand_eq",
        integrands,
        flux_slope,
        WHERE_QUARTIC,
        convention=(
            "p need not be normalised and may have two modes",
            "p ψ vanishes at both ends, so the slope of p ψ integrates to zero",
        ),
        source=Source("song2019", "section 2.1, equation 1"),
    ),
    steps=(
        Step("explicit less implicit integrand, less half the Fisher information's", integrands),
        Step("the squares cancel, but for the cross term", -p * cubic * slope_p - p * Derivative(cubic, x)),
        Step("minus the slope of p ψ", -Derivative(p * cubic, x)),
        Step("written out", flux_slope),
    ),
)

line = k0 + k1 * x
noisy = Normal(m, s**2 + r**2)
denoising = Expectation(Expectation((line - (u - x) / r**2) ** 2 / 2, x, Normal(u, r**2)), u, data)
explicit = Expectation((line + (x - m) / (s**2 + r**2)) ** 2 / 2, x, noisy)

denoising_normal_eq = Derivation(
    claim=Claim(
        "denoising_normal_eq",
        denoising - explicit,
        s**2 / (2 * r**2 * (s**2 + r**2)),
        named(WHERE, "x u m s r k_0 k_1"),
        convention=("x = u + r ε", "explicit: against the score of the noisy law; the model's score is any line"),
        source=Source("song2019", "section 2.1, equation 2"),
    ),
    steps=(
        Step("denoising less explicit score matching", denoising - explicit),
        Step(
            "the model's terms agree: what is left are the squared scores",
            Expectation(Expectation(((u - x) / r**2) ** 2 / 2, x, Normal(u, r**2)), u, data)
            - Expectation(((x - m) / (s**2 + r**2)) ** 2 / 2, x, noisy),
        ),
        Step("one over each variance", 1 / (2 * r**2) - 1 / (2 * (s**2 + r**2))),
        Step("on one line", s**2 / (2 * r**2 * (s**2 + r**2))),
    ),
)

WHERE_TWO = (
    *(Variable(f"j_{i}", Positive(), f"weight times q(x | datum {i}) at an x") for i in (1, 2)),
    *(Variable(f"g_{i}", Real(), f"score of q(x | datum {i}) there") for i in (1, 2)),
    Variable("psi", Real(), "the model's score there"),
)
j1, j2, g1, g2, psi = symbols_of(WHERE_TWO)
mean_score = (j1 * g1 + j2 * g2) / (j1 + j2)
apart = j1 * (psi - g1) ** 2 / 2 + j2 * (psi - g2) ** 2 / 2 - (j1 + j2) * (psi - mean_score) ** 2 / 2

denoising_two_points_eq = Derivation(
    claim=Claim(
        "denoising_two_points_eq",
        apart,
        j1 * j2 * (g1 - g2) ** 2 / (2 * (j1 + j2)),
        WHERE_TWO,
        convention=(
            "two data and any noise, before the integral over x",
            "the score of the mixture is the mean score: Σ j′/Σ j with j′ = j × score",
            "the right side does not depend on the model",
        ),
        source=Source("song2019", "section 2.1, equation 2"),
    ),
    steps=(
        Step("denoising less explicit integrand", apart),
        Step(
            "the squares and lines in ψ cancel",
            (j1 * g1**2 + j2 * g2**2) / 2 - (j1 * g1 + j2 * g2) ** 2 / (2 * (j1 + j2)),
        ),
        Step("the spread of the two scores", j1 * j2 * (g1 - g2) ** 2 / (2 * (j1 + j2))),
    ),
)

energy_slope = 4 * a * x**3 - 2 * b * x
still = (energy_slope**2 - 12 * a * x**2 + 2 * b) * p

langevin_stationary_eq = Derivation(
    claim=Claim(
        "langevin_stationary_eq",
        Derivative(p, x, 2),
        still,
        named(WHERE_QUARTIC, "x a b"),
        convention=("dx = −U′ dt + √2 dw, U = a x⁴ − b x²", "∂_t p = ∂(U′ p) + ∂²p, which is zero: the terms cancel"),
        source=Source("song2019", "section 2.2"),
    ),
    steps=(
        Step("what diffusion adds to the density e^(−U)", Derivative(p, x, 2)),
        Step("p′ = −U′ p", -Derivative(energy_slope * p, x)),
        Step("what the drift takes away, written out", still),
    ),
)

WHERE_STEP = (
    Variable("x", Real(), "the place before the step, integrated over"),
    Variable("z", Real(), "the noise of the step, integrated over"),
    Variable("s", Positive(), "standard deviation of the target N(0, s²)"),
    Variable("h", OpenUnit(), "step size over s²"),
    Variable("eps", Positive(), "the least step size"),
    Variable("t", Positive(), "standard deviation of the least noise"),
)
_, z, _, h, eps, t = symbols_of(WHERE_STEP)
wider = 2 * s**2 / (2 - h)


def after_a_step(f: Expr) -> Expr:
    """E over a place of variance ``wider``, and over fresh noise."""
    return Expectation(Expectation(f, z, Normal(0, 1)), x, Normal(0, 2 * s**2 / (1 + (1 - h))))


moved = x - h * x + sqrt(2 * h) * s * z

ula_variance_eq = Derivation(
    claim=Claim(
        "ula_variance_eq",
        after_a_step(moved**2),
        wider,
        named(WHERE_STEP, "x z s h"),
        convention=("x′ = x + η score + √(2η) z with η = h s²", "the variance 2s²/(2 − h) is kept, not s²: a bias"),
        source=Source("sargent2026", "covariance stationary processes, the AR(1) autocovariance"),
    ),
    steps=(
        Step("the variance after a step, from 2s²/(2 − h)", after_a_step(moved**2)),
        Step("the noise is independent", (1 - h) ** 2 * wider + 2 * h * s**2),
        Step("what the drift takes away, the noise gives back", wider),
    ),
)

size = eps * s**2 / t**2
pull = Expectation((size / 2 * (-x / s**2)) ** 2, x, Normal(0, s**2)) / size

annealed_step_eq = Derivation(
    claim=Claim(
        "annealed_step_eq",
        pull,
        eps / (4 * t**2),
        named(WHERE_STEP, "x s eps t"),
        convention=(
            "x′ = x + (α/2) score + √α z with α = ε σ²/σ_L²; here σ = s and σ_L = t; the score of N(0, σ²) is −x/σ²",
            "at every noise level the drift is as large beside the noise: σ cancels",
        ),
        source=Source("song2019", "section 4.3"),
    ),
    steps=(
        Step("the mean square of the drift over that of the noise", pull),
        Step("constants stand before the mean", size / 4 * Expectation(x**2, x, Normal(0, s**2)) / s**4),
        Step("E x² = σ²", eps / (4 * t**2)),
    ),
)

DERIVATIONS = (
    hyvarinen_normal_eq,
    hyvarinen_integrand_eq,
    denoising_normal_eq,
    denoising_two_points_eq,
    langevin_stationary_eq,
    ula_variance_eq,
    annealed_step_eq,
)
