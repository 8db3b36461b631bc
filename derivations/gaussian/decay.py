"""How fast normal chains forget: factors of decay of autoregressions, of the Ornstein-Uhlenbeck process, of diffusion.

Claim   an AR(1) chain keeps its variance and multiplies its correlation by a at each step; OU in continuous time by
        e^(−kt), with a variance that solves dV/dt = σ² − 2kV; a diffusion keeps √(a₁a₂a₃) of its datum
Route   E of a product of independent parts is a product; noise has mean 0 and drops out of what is linear in it.
"""

from __future__ import annotations

from sympy import Derivative, Expr, exp, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, symbols_of
from claims.notation import Expectation, Normal

WHERE_CHAIN = (
    Variable("x", Real(), "the state at the start"),
    Variable("z", Real(), "the noise up to now"),
    Variable("e", Real(), "the noise of the step"),
    Variable("a", OpenUnit(), "the coefficient of the chain"),
    Variable("c", OpenUnit(), "the correlation of now with the start"),
    Variable("s", Positive(), "standard deviation of the noise of a step"),
)
x, z, e, a, c, s = symbols_of(WHERE_CHAIN)
STANDARD = Normal(0, 1)


def over(f: Expr, *noises: Expr) -> Expr:
    """E f over independent standard normals."""
    for noise in noises:
        f = Expectation(f, noise, STANDARD)
    return f


settled = s**2 / (1 - a**2)
moved = Expectation(over((a * x + s * e) ** 2, e), x, Normal(0, settled))

ar_one_variance_eq = Derivation(
    claim=Claim(
        "ar_one_variance_eq",
        moved,
        settled,
        tuple(v for v in WHERE_CHAIN if v.name in "xeas"),
        convention=("x′ = a x + s e with e ~ N(0, 1); the variance s²/(1 − a²) stays: the chain is stationary",),
        source=Source("sargent2026", "covariance stationary processes, the AR(1) autocovariance"),
    ),
    steps=(
        Step("the variance after a step from N(0, s²/(1 − a²))", moved),
        Step("the noise is independent of the state, and of mean 0", a**2 * settled + s**2),
        Step("a²/(1 − a²) + 1 = 1/(1 − a²)", settled),
    ),
)

now = c * x + sqrt(1 - c**2) * z
later = over(x * (a * now + sqrt(1 - a**2) * e), e, z, x)

ar_one_correlation_eq = Derivation(
    claim=Claim(
        "ar_one_correlation_eq",
        later,
        a * c,
        tuple(v for v in WHERE_CHAIN if v.name in "xzeac"),
        convention=(
            "unit variance throughout; the step of an induction: after n steps the correlation with the start is aⁿ",
            "e^(−n log(1/a)): it falls by e in 1/log(1/a) steps",
        ),
        source=Source("sargent2026", "covariance stationary processes, the AR(1) autocovariance"),
    ),
    steps=(
        Step("E of the start times the state after one step more", later),
        Step("what is not the start's has mean 0", a * c * over(x**2, x)),
        Step("E x² = 1", a * c),
    ),
)

WHERE_TIME = (
    Variable("x", Real(), "the state at the start"),
    Variable("z", Real(), "the noise of the first stretch"),
    Variable("e", Real(), "the noise of the second stretch"),
    Variable("k", Positive(), "the rate at which the drift pulls back"),
    Variable("t", Positive(), "time of the first stretch"),
    Variable("h", Positive(), "time of the second stretch"),
    Variable("s", Positive(), "the diffusion coefficient σ: variance σ² per unit of time"),
    Variable("v", Positive(), "VARIANCE at the start"),
)
_, _, _, k, t, h, _, v = symbols_of(WHERE_TIME)


def noise_variance(time: Expr) -> Expr:
    """What the noise adds in ``time``: σ²(1 − e^(−2kt))/(2k)."""
    return s**2 * (1 - exp(-2 * k * time)) / (2 * k)


with_start = Expectation(over(x * (exp(-k * t) * x + sqrt(noise_variance(t)) * z), z), x, Normal(0, v))

ou_covariance_eq = Derivation(
    claim=Claim(
        "ou_covariance_eq",
        with_start,
        exp(-k * t) * v,
        tuple(w for w in WHERE_TIME if w.name in "xzktsv"),
        convention=("dx = −k x dt + σ dW; the covariance with the start falls by e in the time 1/k",),
        source=Source("song2021", "section 3.4, equations 10 and 11, and appendix B"),
    ),
    steps=(
        Step("E of the start times the state at time t", with_start),
        Step("the noise has mean 0", exp(-k * t) * Expectation(x**2, x, Normal(0, v))),
        Step("E x² = v", exp(-k * t) * v),
    ),
)

two_stretches = over((exp(-k * h) * sqrt(noise_variance(t)) * z + sqrt(noise_variance(h)) * e) ** 2, z, e)

ou_two_stretches_eq = Derivation(
    claim=Claim(
        "ou_two_stretches_eq",
        two_stretches,
        noise_variance(t + h),
        tuple(w for w in WHERE_TIME if w.name in "zekths"),
        convention=("dx = −k x dt + σ dW; noise of the first stretch is damped in the second: no chain is told apart",),
        source=Source("song2021", "section 3.4, equations 10 and 11, and appendix B"),
    ),
    steps=(
        Step("the variance of the noise of both stretches", two_stretches),
        Step("independent noises: squares add", exp(-2 * k * h) * noise_variance(t) + noise_variance(h)),
        Step("e^(−2kh) e^(−2kt) = e^(−2k(t + h))", noise_variance(t + h)),
    ),
)

variance = v * exp(-2 * k * t) + noise_variance(t)

ou_variance_slope_eq = Derivation(
    claim=Claim(
        "ou_variance_slope_eq",
        Derivative(variance, t),
        s**2 - 2 * k * variance,
        tuple(w for w in WHERE_TIME if w.name in "ktsv"),
        convention=("dx = −k x dt + σ dW; it stands still at σ²/(2k), which every start comes to",),
        source=Source("song2021", "section 3.4, equations 10 and 11, and appendix B"),
    ),
    steps=(
        Step("the slope of the variance in time", Derivative(variance, t)),
        Step("e^(−2kt) falls at the rate 2k", -2 * k * v * exp(-2 * k * t) + s**2 * exp(-2 * k * t)),
        Step("σ² comes in, and 2k times the variance goes out", s**2 - 2 * k * variance),
    ),
)

WHERE_STEPS = (
    *(Variable(f"e_{i}", Real(), f"the noise of step {i}") for i in (1, 2, 3)),
    *(Variable(f"a_{i}", OpenUnit(), f"1 − β of step {i}") for i in (1, 2, 3)),
    Variable("x_0", Real(), "the datum"),
)
e1, e2, e3, a1, a2, a3, x0 = symbols_of(WHERE_STEPS)


def stepped(state: Expr, keep: Expr, noise: Expr) -> Expr:
    """One step that preserves a variance of 1."""
    return sqrt(keep) * state + sqrt(1 - keep) * noise


third = over(stepped(stepped(stepped(x0, a1, e1), a2, e2), a3, e3), e1, e2, e3)

vp_signal_eq = Derivation(
    claim=Claim(
        "vp_signal_eq",
        third,
        sqrt(a1 * a2 * a3) * x0,
        WHERE_STEPS,
        convention=(
            "x_t = √a_t x_(t−1) + √(1 − a_t) e_t: the mean keeps √ᾱ of the datum, with ᾱ the product of all a",
            "its variance is 1 − ᾱ (jump_of_three_variance_eq); with a = 1 − β/n and n steps √ᾱ comes to e^(−β/2)",
        ),
        source=Source("ho2020", "section 2, equation 4"),
    ),
    steps=(
        Step("E x_3 at a datum", third),
        Step("the last noise has mean 0", sqrt(a3) * over(stepped(stepped(x0, a1, e1), a2, e2), e1, e2)),
        Step("so have the others, and the factors of decay multiply", sqrt(a1 * a2 * a3) * x0),
    ),
)

DERIVATIONS = (
    ar_one_variance_eq,
    ar_one_correlation_eq,
    ou_covariance_eq,
    ou_two_stretches_eq,
    ou_variance_slope_eq,
    vp_signal_eq,
)
