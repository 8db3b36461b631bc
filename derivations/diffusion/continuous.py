"""Diffusion in continuous time: limits of the steps, the way back for Gaussian data, and Tweedie's formula.

Claim   the variance-preserving steps become e^(−βt); the density solves the Fokker-Planck equation; both ways back fit
Route   limits and derivatives of densities that are known at every time.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Limit, exp, log, oo, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.laws import density_of
from claims.notation import Density, Normal

WHERE = (
    Variable("x", Real(), "a place"),
    Variable("x_0", Real(), "where a path begins"),
    Variable("t", Positive(), "time"),
    Variable("n", Positive(), "the number of steps up to t"),
    Variable("beta", Positive(), "rate of the noise, constant"),
    Variable("v_0", Positive(), "VARIANCE of the data"),
    Variable("s_0", Positive(), "least noise, a standard deviation"),
    Variable("k", Positive(), "log of greatest noise over least"),
)
x, x0, t, n, beta, v0, s0, k = symbols_of(WHERE)
VP = "dx = −½βx dt + √β dw; data N(0, v_0)"
EXCHANGE = "limits by SymPy"

steps_of_vp = Limit((1 - beta * t / n) ** n, n, oo)

vp_limit_eq = Derivation(
    claim=Claim(
        "vp_limit_eq",
        steps_of_vp,
        exp(-beta * t),
        named(WHERE, "t n beta"),
        convention=("n steps with β_i = βt/n each: ᾱ after all of them", EXCHANGE),
        source=Source("song2021", "section 3.4, equations 10 and 11, and appendix B"),
    ),
    steps=(
        Step("the share of variance that ever smaller steps keep", steps_of_vp),
        Step("the exponential of n log(1 − βt/n)", exp(Limit(n * log(1 - beta * t / n), n, oo))),
        Step("log(1 − u) is −u for small u", exp(-beta * t)),
    ),
)


def noise_of_ve(at: Expr) -> Expr:
    """σ² of the variance-exploding process at a time."""
    return s0**2 * exp(2 * k * at)


speed_of_ve = Limit(n * (noise_of_ve(t + 1 / n) - noise_of_ve(t)), n, oo)

ve_limit_eq = Derivation(
    claim=Claim(
        "ve_limit_eq",
        speed_of_ve,
        2 * k * s0**2 * exp(2 * k * t),
        named(WHERE, "t n s_0 k"),
        convention=("σ(t) = σ_min (σ_max/σ_min)^t; the value is g(t)² of dx = g dw", EXCHANGE),
        source=Source("song2021", "section 3.4, equations 8 and 9, and appendix C"),
    ),
    steps=(
        Step("variance added by a step of 1/n, times n", speed_of_ve),
        Step("the slope of σ² in time", Derivative(noise_of_ve(t), t)),
        Step("of an exponential", 2 * k * s0**2 * exp(2 * k * t)),
    ),
)

kept = exp(-beta * t)
spread = v0 * kept + 1 - kept
density = density_of(Normal(0, spread), x)
changes = (beta / 2) * (x**2 / spread - 1) * (1 - 1 / spread) * density

fokker_planck_eq = Derivation(
    claim=Claim(
        "fokker_planck_eq",
        Derivative(density, t),
        -changes,
        named(WHERE, "x t beta v_0"),
        convention=(VP, "the variance at t is v_0 e^(−βt) + 1 − e^(−βt)"),
        source=Source("song2021", "appendix D.1"),
    ),
    steps=(
        Step("how the density changes in time", Derivative(density, t)),
        Step(
            "drift and spreading: −∂(f p) + ½β ∂²p with f = −½βx",
            Derivative(beta * x * density / 2, x) + beta / 2 * Derivative(density, x, 2),
        ),
        Step("both written out", -changes),
    ),
)

path = x0 * sqrt(spread / v0)

probability_flow_path_eq = Derivation(
    claim=Claim(
        "probability_flow_path_eq",
        Derivative(path, t),
        -beta * path * (1 - 1 / spread) / 2,
        named(WHERE, "x_0 t beta v_0"),
        convention=(VP, "x(t) = x_0 √(v(t)/v_0): every path keeps its quantile", "the score at x is −x/v(t)"),
        source=Source("song2021", "section 4.3, equation 13"),
    ),
    steps=(
        Step("the speed along the path", Derivative(path, t)),
        Step("the variance's speed over twice the variance", path * Derivative(spread, t) / (2 * spread)),
        Step("f − ½β score, with f = −½βx", -beta * path * (1 - 1 / spread) / 2),
    ),
)

reverse_sde_variance_eq = Derivation(
    claim=Claim(
        "reverse_sde_variance_eq",
        Derivative(spread, t),
        beta * (1 - spread),
        named(WHERE, "t beta v_0"),
        convention=(VP, "backwards, with drift −(f − β score) and noise √β, the variance changes by the opposite"),
        source=Source("song2021", "section 3.2, equation 6, and appendix B"),
    ),
    steps=(
        Step("the speed of the variance, forwards", Derivative(spread, t)),
        Step(
            "minus that of the reverse process: 2v times the slope of its drift, and β",
            -(2 * spread * (beta / 2 - beta / spread) + beta),
        ),
        Step("collected", beta * (1 - spread)),
    ),
)

WHERE_TWEEDIE = (
    Variable("x", Real(), "x_t"),
    Variable("m", Real(), "mean of the data"),
    Variable("s", Positive(), "standard deviation of the data"),
    Variable("k", Positive(), "what x_0 is multiplied by: √ᾱ_t, or 1"),
    Variable("v", Positive(), "VARIANCE of the noise: 1 − ᾱ_t, or σ_t²"),
    Variable("u_1", Real(), "one datum"),
    Variable("u_2", Real(), "another"),
    Variable("q", OpenUnit(), "the share of the first"),
)
_, m, s, scale, v, u1, u2, q = symbols_of(WHERE_TWEEDIE)


def denoised(marginal: Expr) -> Expr:
    """(x_t + v score)/k."""
    return (x + v * Derivative(log(marginal), x)) / scale


from_normal = denoised(Density(Normal(scale * m, scale**2 * s**2 + v), x))

tweedie_normal_eq = Derivation(
    claim=Claim(
        "tweedie_normal_eq",
        from_normal,
        (scale * s**2 * x + v * m) / (scale**2 * s**2 + v),
        named(WHERE_TWEEDIE, "x m s k v"),
        convention=(
            "data N(m, s²), x_t = k x_0 + √v ε",
            "the right side is E[x_0 | x_t], means weighted by precisions",
        ),
        source=Source("luo2022", "Tweedie's formula"),
    ),
    steps=(
        Step("x_t moved by v times the score of its own law, over k", from_normal),
        Step(
            "the score of a normal law",
            (x - v * (x - scale * m) / (scale**2 * s**2 + v)) / scale,
        ),
        Step("the posterior mean of the start", (scale * s**2 * x + v * m) / (scale**2 * s**2 + v)),
    ),
)


def jump(start: Expr) -> Expr:
    """q(x_t | x_0)."""
    return density_of(Normal(scale * start, v), x)


marginal = q * jump(u1) + (1 - q) * jump(u2)
posterior_mean = (q * jump(u1) * u1 + (1 - q) * jump(u2) * u2) / marginal

tweedie_two_points_eq = Derivation(
    claim=Claim(
        "tweedie_two_points_eq",
        denoised(marginal),
        posterior_mean,
        named(WHERE_TWEEDIE, "x k v u_1 u_2 q"),
        convention=(
            "two data, x_t = k x_0 + √v ε: nothing is normal but the noise",
            "the right side is E[x_0 | x_t] by Bayes' rule",
        ),
        source=Source("luo2022", "Tweedie's formula"),
    ),
    steps=(
        Step("x_t moved by v times the score of its own law, over k", denoised(marginal)),
        Step(
            "each jump's slope is (k x_0 − x_t)/v times itself",
            (x + (q * jump(u1) * (scale * u1 - x) + (1 - q) * jump(u2) * (scale * u2 - x)) / marginal) / scale,
        ),
        Step("x_t cancels", posterior_mean),
    ),
)

DERIVATIONS = (
    vp_limit_eq,
    ve_limit_eq,
    fokker_planck_eq,
    probability_flow_path_eq,
    reverse_sde_variance_eq,
    tweedie_normal_eq,
    tweedie_two_points_eq,
)
