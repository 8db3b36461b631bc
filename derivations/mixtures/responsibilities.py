"""Mixtures of two normals: total variance, responsibilities, the slope that EM sets to zero, and one mode or two.

Claim   variance within plus variance between; a responsibility is a sigmoid, linear in x where the variances agree
Route   moments; Bayes' rule; derivatives of the log of a sum.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Integer, Limit, Rational, exp, log, pi, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import NonNegative, OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import LeastAt, Times
from claims.laws import density_of
from claims.notation import Argmax, Expectation, Normal

WHERE = (
    Variable("x", Real(), "the point, or what is averaged over"),
    Variable("w", OpenUnit(), "weight of component 1"),
    *(Variable(f"m_{i}", Real(), f"mean of component {i}") for i in (1, 2)),
    *(Variable(f"s_{i}", Positive(), f"standard deviation of component {i}") for i in (1, 2)),
    Variable("s", Positive(), "standard deviation of both components"),
)
x, w, m1, m2, s1, s2, s = symbols_of(WHERE)
mean = w * m1 + (1 - w) * m2
HALF = Rational(1, 2)


def over_mixture(f: Expr) -> Expr:
    """E over the mixture of N(m₁, s₁²) and N(m₂, s₂²)."""
    return w * Expectation(f, x, Normal(m1, s1**2)) + (1 - w) * Expectation(f, x, Normal(m2, s2**2))


total = w * s1**2 + (1 - w) * s2**2 + w * (1 - w) * (m1 - m2) ** 2

total_variance_eq = Derivation(
    claim=Claim(
        "total_variance_eq",
        over_mixture((x - mean) ** 2),
        total,
        named(WHERE, "x w m_1 m_2 s_1 s_2"),
        convention=("variances, s² each", "the mean of the mixture is w m₁ + (1 − w) m₂"),
        source=Source("bishop2006", "exercise 2.8, equation 2.271"),
    ),
    steps=(
        Step("the mean squared deviation from the mixture's mean", over_mixture((x - mean) ** 2)),
        Step(
            "each component's variance and squared offset",
            w * (s1**2 + (m1 - mean) ** 2) + (1 - w) * (s2**2 + (m2 - mean) ** 2),
        ),
        Step("offsets (1 − w)(m₁ − m₂) and −w(m₁ − m₂): within, and between", total),
    ),
)


def component(at: Expr, std: Expr) -> Expr:
    """The density of a component at x."""
    return density_of(Normal(at, std**2), x)


share = w * component(m1, s1) / (w * component(m1, s1) + (1 - w) * component(m2, s2))
log_odds = log(w / (1 - w)) + log(s2 / s1) - (x - m1) ** 2 / (2 * s1**2) + (x - m2) ** 2 / (2 * s2**2)

responsibility_eq = Derivation(
    claim=Claim(
        "responsibility_eq",
        share,
        1 / (1 + exp(-log_odds)),
        named(WHERE, "x w m_1 m_2 s_1 s_2"),
        convention=("the probability of component 1 given x, by Bayes' rule; log is natural",),
        source=Source("kuleshov2025", "learning in latent variable models, Gaussian mixture models"),
    ),
    steps=(
        Step("weight times density over the sum of both", share),
        Step("divided by the first term", 1 / (1 + (1 - w) * component(m2, s2) / (w * component(m1, s1)))),
        Step("the sigmoid of the log-odds", 1 / (1 + exp(-log_odds))),
    ),
)

alike = w * component(m1, s) / (w * component(m1, s) + (1 - w) * component(m2, s))
line = log(w / (1 - w)) + (m1 - m2) / s**2 * (x - (m1 + m2) / 2)

responsibility_linear_eq = Derivation(
    claim=Claim(
        "responsibility_linear_eq",
        alike,
        1 / (1 + exp(-line)),
        named(WHERE, "x w m_1 m_2 s"),
        convention=("equal variances: a logistic regression, its boundary a point (a plane in d dimensions)",),
        source=Source("pedregosa2011", "discriminant_analysis, mathematical formulation"),
    ),
    steps=(
        Step("the responsibility with one standard deviation for both", alike),
        Step(
            "divided by the first term",
            1 / (1 + (1 - w) / w * exp((x - m1) ** 2 / (2 * s**2) - (x - m2) ** 2 / (2 * s**2))),
        ),
        Step("the squares of x cancel", 1 / (1 + exp(-line))),
    ),
)

log_mixture = log(w * component(m1, s1) + (1 - w) * component(m2, s2))

mixture_slope_eq = Derivation(
    claim=Claim(
        "mixture_slope_eq",
        Derivative(log_mixture, m1),
        share * (x - m1) / s1**2,
        named(WHERE, "x w m_1 m_2 s_1 s_2"),
        convention=("one observation; the sum over observations is zero at the weighted mean Σ r x/Σ r of EM",),
        source=Source("deisenroth2020", "theorem 11.1, equation 11.22"),
    ),
    steps=(
        Step("the slope of the log-likelihood in the mean of component 1", Derivative(log_mixture, m1)),
        Step(
            "the slope of its term over the sum",
            Derivative(w * component(m1, s1), m1) / (w * component(m1, s1) + (1 - w) * component(m2, s2)),
        ),
        Step("responsibility times (x − m₁)/s₁²", share * (x - m1) / s1**2),
    ),
)

WHERE_EM = (
    Variable("m", Real(), "the mean of a component, to be learned"),
    *(Variable(f"x_{i}", Real(), f"observation {i}") for i in (1, 2)),
    *(Variable(f"r_{i}", Positive(), f"responsibility of the component for observation {i}") for i in (1, 2)),
    Variable("s", Positive(), "its standard deviation"),
)
m, x1, x2, r1, r2, _ = symbols_of(WHERE_EM)
expected = -(r1 * (x1 - m) ** 2 + r2 * (x2 - m) ** 2) / (2 * s**2)

em_mean_eq = Derivation(
    claim=Claim(
        "em_mean_eq",
        Argmax(expected, m),
        (r1 * x1 + r2 * x2) / (r1 + r2),
        WHERE_EM,
        convention=("two observations; the responsibilities are held fixed",),
        source=Source("kuleshov2025", "learning in latent variable models, Gaussian mixture models"),
    ),
    steps=(
        Step("where the expected complete log-likelihood is greatest", Argmax(expected, m)),
        Step("the slope r₁(x₁ − m) + r₂(x₂ − m) falls through zero once", (r1 * x1 + r2 * x2) / (r1 + r2)),
    ),
)

WHERE_MODES = (
    Variable("h", Positive(), "a distance from the middle"),
    Variable("d", Positive(), "half the distance of the two means"),
    Variable("s", Positive(), "standard deviation of both components"),
)
h, d, _ = symbols_of(WHERE_MODES)


def even_mixture(at: Expr) -> Expr:
    """½N(d, s²) + ½N(−d, s²) at a point."""
    first, second = (density_of(Normal(centre, s**2), at) for centre in (d, -d))
    return HALF * first + HALF * second


bend = 2 * Limit((even_mixture(h) - even_mixture(0)) / h**2, h, 0)

mixture_bend_eq = Derivation(
    claim=Claim(
        "mixture_bend_eq",
        bend,
        (d**2 - s**2) / s**4 * exp(-(d**2) / (2 * s**2)) / sqrt(2 * pi * s**2),
        WHERE_MODES,
        convention=(
            "the second derivative midway between the means −d and d, equal weights",
            "negative, so a mode, where 2d < 2s; positive, so a trough between two modes, where 2d > 2s",
        ),
        source=Source("stackexchange", "cross validated 416204, the question and its comments"),
    ),
    steps=(
        Step("the bend of the density in the middle, as a second difference: h and −h are alike", bend),
        Step("d²/s⁴ − 1/s² for either component", (d**2 / s**4 - 1 / s**2) * even_mixture(0)),
        Step(
            "(d² − s²)/s⁴ times the density",
            (d**2 - s**2) / s**4 * exp(-(d**2) / (2 * s**2)) / sqrt(2 * pi * s**2),
        ),
    ),
)

WHERE_ONE = (
    Variable("x", Real(), "a place"),
    Variable("d", Positive(), "half the distance of the two means"),
    Variable("s", Positive(), "standard deviation of both components"),
    Variable("t", NonNegative(), "e^(2 d x/s²) − 1 for x ≥ 0"),
    Variable("kappa", OpenUnit(), "d/s: means less than two standard deviations apart"),
)
t, kappa = symbols_of(WHERE_ONE)[3:]
odds = exp(2 * d * x / s**2)

mixture_score_eq = Derivation(
    claim=Claim(
        "mixture_score_eq",
        Derivative(log(even_mixture(x)), x),
        (d * (odds - 1) / (odds + 1) - x) / s**2,
        named(WHERE_ONE, "x d s"),
        convention=("½N(d, s²) + ½N(−d, s²); (e^(2u) − 1)/(e^(2u) + 1) is tanh u with u = d x/s²",),
        source=Source("deisenroth2020", "theorem 11.1, equation 11.22"),
    ),
    steps=(
        Step("the slope of the log-density", Derivative(log(even_mixture(x)), x)),
        Step("the mean by responsibilities less x, over s²", (d * odds / (odds + 1) - d / (odds + 1) - x) / s**2),
        Step("their difference is a hyperbolic tangent", (d * (odds - 1) / (odds + 1) - x) / s**2),
    ),
)

tanh, artanh = t / (t + 2), log(1 + t) / 2
falling = kappa * s * tanh - s / kappa * artanh

one_mode_le = Derivation(
    claim=Claim(
        "one_mode_le",
        falling,
        -s * t * (1 - kappa**2) / (kappa * (t + 2)),
        named(WHERE_ONE, "s t kappa"),
        Relation.LE,
        convention=(
            "s² times the slope of the log-density at x = s² log(1 + t)/(2d), with d = κ s: t ≥ 0 is any x ≥ 0",
            "below zero for κ < 1 and x > 0: the density falls all the way from the middle, so there is one mode",
        ),
        source=Source("stackexchange", "cross validated 416204, the question and its comments"),
    ),
    steps=(
        Step("d tanh(d x/s²) − x", falling),
        Step(
            "u ≥ tanh u: both start at 0, and u rises faster",
            kappa * s * tanh - s / kappa * tanh,
            Relation.LE,
            (Times(s / kappa, LeastAt(artanh - tanh, t, Integer(0))),),
        ),
        Step("collected", -s * t * (1 - kappa**2) / (kappa * (t + 2))),
    ),
)

DERIVATIONS = (
    total_variance_eq,
    responsibility_eq,
    responsibility_linear_eq,
    mixture_slope_eq,
    em_mean_eq,
    mixture_bend_eq,
    mixture_score_eq,
    one_mode_le,
)
