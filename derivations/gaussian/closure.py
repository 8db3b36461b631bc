"""What stays normal: sums, affine maps, marginals, conditionals, products of densities; and how fast the bell decays.

Claim   each of these is a normal density again, with the mean and variance named (times a constant, for a product)
Route   ∫ e^(−Ax² + Bx + C) dx is known; elsewhere a square is completed.
"""

from __future__ import annotations

from sympy import Expr, Integral, exp, log, oo, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, symbols_of
from claims.laws import density_of
from claims.notation import Density, Expectation, Normal

VARIANCE = "N(m, v) has variance v; s and t are standard deviations"

WHERE_SUM = (
    Variable("y", Real(), "the value of the sum"),
    Variable("x", Real(), "the first term less its mean, integrated over"),
    Variable("m", Real(), "mean of the sum: both means added"),
    Variable("s", Positive(), "standard deviation of the first"),
    Variable("t", Positive(), "standard deviation of the second"),
)
y, x, m, s, t = symbols_of(WHERE_SUM)
convolution = Integral(Density(Normal(0, s**2), x) * Density(Normal(m, t**2), y - x), (x, -oo, oo))
summed = density_of(Normal(m, s**2 + t**2), y)

sum_normal_eq = Derivation(
    claim=Claim(
        "sum_normal_eq",
        convolution,
        summed,
        WHERE_SUM,
        convention=(
            VARIANCE,
            "independent terms: variances add, standard deviations do not; the first term's mean is counted in m",
        ),
        source=Source("bishop2006", "section 2.3.3, equation 2.115"),
    ),
    steps=(
        Step("the density of the sum, over all ways to split it", convolution),
        Step(
            "∫ e^(−Ax² + Bx + C) dx = √(π/A) e^(B²/(4A) + C), with 2A = 1/s² + 1/t² and B = (y − m)/t²",
            summed,
        ),
    ),
)

WHERE_AFFINE = (
    Variable("y", Real(), "the value of ax + b"),
    Variable("a", Positive(), "the factor; for a negative one |a| stands before the density"),
    Variable("b", Real(), "the shift"),
    Variable("m", Real(), "mean of x"),
    Variable("s", Positive(), "standard deviation of x"),
)
a, b = symbols_of(WHERE_AFFINE)[1:3]
pulled = Density(Normal(m, s**2), (y - b) / a) / a

affine_normal_eq = Derivation(
    claim=Claim(
        "affine_normal_eq",
        pulled,
        density_of(Normal(a * m + b, a**2 * s**2), y),
        WHERE_AFFINE,
        convention=(VARIANCE, "dx = dy/a: the density at (y − b)/a, over a"),
        source=Source("soch2020", "proof P1"),
    ),
    steps=(
        Step("the density of x where ax + b = y, over a", pulled),
        Step(
            "the formula of the density",
            exp(-(((y - b) / a - m) ** 2) / (2 * s**2)) / (a * sqrt(2 * pi * s**2)),
        ),
        Step("a² moved under the square, and a under the root", density_of(Normal(a * m + b, a**2 * s**2), y)),
    ),
)

WHERE_PAIR = (
    Variable("x", Real(), "the first variable"),
    Variable("y", Real(), "the second variable"),
    Variable("m", Real(), "mean of x"),
    Variable("n", Real(), "mean of y"),
    Variable("a", Positive(), "standard deviation of x"),
    Variable("c", Real(), "cov(x, y)/a: what y gets of the noise of x"),
    Variable("d", Positive(), "what is y's own: its variance is c² + d²"),
)
n, _, c, d = symbols_of(WHERE_PAIR)[3:]
PAIR = "Σ = [[a², ac], [ac, c² + d²]], as LLᵀ with L = [[a, 0], [c, d]]: every covariance matrix is of this form"


def joint(u: Expr, v: Expr) -> Expr:
    """The bivariate normal density by its covariance matrix, the inverse written out by Cramer's rule."""
    form = ((c**2 + d**2) * (u - m) ** 2 - 2 * a * c * (u - m) * (v - n) + a**2 * (v - n) ** 2) / (a**2 * d**2)
    return exp(-form / 2) / (2 * pi * a * d)


marginal = Integral(joint(x, y), (y, -oo, oo))

marginal_normal_eq = Derivation(
    claim=Claim(
        "marginal_normal_eq",
        marginal,
        density_of(Normal(m, a**2), x),
        WHERE_PAIR,
        convention=(VARIANCE, PAIR, "det Σ = a²d²"),
        source=Source("bishop2006", "section 2.3.2, equation 2.98"),
    ),
    steps=(
        Step("the joint density, y integrated out", marginal),
        Step("a square in y, completed under the integral: its own mean and variance", density_of(Normal(m, a**2), x)),
    ),
)

conditional = Normal(n + c / a * (x - m), d**2)
log_ratio = log(joint(x, y)) - log(Density(Normal(m, a**2), x))

conditional_normal_eq = Derivation(
    claim=Claim(
        "conditional_normal_eq",
        log_ratio,
        log(density_of(conditional, y)),
        WHERE_PAIR,
        convention=(
            VARIANCE,
            PAIR,
            "mean n + Σ_yx Σ_xx⁻¹ (x − m) = n + (c/a)(x − m); variance Σ_yy − Σ_yx Σ_xx⁻¹ Σ_xy = d², whatever x",
        ),
        source=Source("bishop2006", "section 2.3.1, equations 2.81 and 2.82"),
    ),
    steps=(
        Step("log p(x, y) − log p(x)", log_ratio),
        Step(
            "the square in y completed; what is left over is the square of p(x)",
            -((y - n - c / a * (x - m)) ** 2) / (2 * d**2) - log(2 * pi * d**2) / 2,
        ),
        Step("the log of a normal density", log(density_of(conditional, y))),
    ),
)

WHERE_PRODUCT = (
    Variable("x", Real(), "any point"),
    Variable("m", Real(), "mean of the first"),
    Variable("s", Positive(), "standard deviation of the first"),
    Variable("n", Real(), "mean of the second"),
    Variable("t", Positive(), "standard deviation of the second"),
)
product = Density(Normal(m, s**2), x) * Density(Normal(n, t**2), x)
mixed = Normal((m * t**2 + n * s**2) / (s**2 + t**2), s**2 * t**2 / (s**2 + t**2))

product_normal_eq = Derivation(
    claim=Claim(
        "product_normal_eq",
        log(product),
        log(density_of(Normal(n, s**2 + t**2), m)) + log(density_of(mixed, x)),
        WHERE_PRODUCT,
        convention=(VARIANCE, "precisions add; the constant is the density of one mean about the other"),
        source=Source("soch2020", "proof P212 and proof P213"),
    ),
    steps=(
        Step("the log of both densities at x", log(product)),
        Step(
            "two squares and two constants",
            -((x - m) ** 2) / (2 * s**2) - (x - n) ** 2 / (2 * t**2) - log(2 * pi * s * t),
        ),
        Step(
            "the square in x completed, about the mean of both by their precisions",
            -((x - mixed.mean) ** 2) / (2 * mixed.variance) - (m - n) ** 2 / (2 * (s**2 + t**2)) - log(2 * pi * s * t),
        ),
        Step(
            "the log of a product: two normal densities, s t = √(s² + t²) times the deviation of both",
            log(density_of(Normal(n, s**2 + t**2), m)) + log(density_of(mixed, x)),
        ),
    ),
)

WHERE_SQUARE = (
    Variable("x", Real(), "any point"),
    Variable("a", Positive(), "the coefficient of x², half a precision"),
    Variable("b", Real(), "the coefficient of x"),
    Variable("c", Real(), "the constant"),
)

complete_square_eq = Derivation(
    claim=Claim(
        "complete_square_eq",
        a * x**2 + b * x + c,
        a * (x + b / (2 * a)) ** 2 + c - b**2 / (4 * a),
        WHERE_SQUARE,
        convention=("e to minus this is a normal density in x of mean −b/(2a) and variance 1/(2a), times a constant",),
        source=Source("soch2020", "proof P212"),
    ),
    steps=(
        Step("a quadratic", a * x**2 + b * x + c),
        Step("a taken out of what depends on x", a * (x**2 + b / a * x) + c),
        Step("(b/(2a))² added and taken away", a * (x + b / (2 * a)) ** 2 + c - b**2 / (4 * a)),
    ),
)

WHERE_DECAY = (
    Variable("m", Real(), "the mean"),
    Variable("s", Positive(), "the standard deviation"),
    Variable("k", Real(), "how many deviations away from the mean"),
)
k = symbols_of(WHERE_DECAY)[2]
bell = Normal(m, s**2)
fallen = Density(bell, m + k * s) / Density(bell, m)

decay_normal_eq = Derivation(
    claim=Claim(
        "decay_normal_eq",
        fallen,
        exp(-(k**2) / 2),
        WHERE_DECAY,
        convention=("a ratio of DENSITIES, not of probabilities beyond a point", "0.607, 0.135, 0.011 at 1, 2, 3"),
        source=Source("soch2020", "proof P152"),
    ),
    steps=(
        Step("the density k deviations out, over that at the mean", fallen),
        Step("the constants cancel, and (ks)²/(2s²) = k²/2", exp(-(k**2) / 2)),
    ),
)

WHERE_MGF = (
    Variable("x", Real(), "the point integrated over"),
    Variable("u", Real(), "the slope of the exponent"),
    *WHERE_DECAY[:2],
)
u = symbols_of(WHERE_MGF)[1]
grown = Expectation(exp(u * x), x, bell)

generating_normal_eq = Derivation(
    claim=Claim(
        "generating_normal_eq",
        grown,
        exp(u * m + u**2 * s**2 / 2),
        WHERE_MGF,
        convention=(VARIANCE, "the mean of e^x, at u = 1, is above e^m by Jensen: the log-normal law's mean"),
        source=Source("soch2020", "proof P71"),
    ),
    steps=(
        Step("the mean of an exponential", grown),
        Step("ux − (x − m)²/(2s²) is a square about m + us² and a constant", exp(u * m + u**2 * s**2 / 2)),
    ),
)

DERIVATIONS = (
    sum_normal_eq,
    affine_normal_eq,
    marginal_normal_eq,
    conditional_normal_eq,
    product_normal_eq,
    complete_square_eq,
    decay_normal_eq,
    generating_normal_eq,
)
