"""Penalties are priors: what a MAP estimate minimises, and where it lies.

Claim   a normal prior adds (s²/t²) w², a Laplace prior (2s²/b) |w|, to the squared error
Route   the log of a product is a sum; take 1/(2s²) out and read λ off.
"""

from __future__ import annotations

from sympy import Abs, Derivative, exp, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import NonNegative, OpenUnit, Positive, Real, Variable, symbols_of
from claims.laws import Laplace
from claims.notation import Argmax, Argmin, Density, Normal

NATS = "log is natural"
SUM = "squared errors are summed: neither halved nor divided by the number of observations"

WHERE_NORMAL = (
    Variable("y", Real(), "the target"),
    Variable("x", Real(), "the input"),
    Variable("w", Real(), "the weight"),
    Variable("s", Positive(), "standard deviation of the noise"),
    Variable("t", Positive(), "standard deviation of the prior"),
)
y, x, w, s, t = symbols_of(WHERE_NORMAL)
joint = Density(Normal(w * x, s**2), y) * Density(Normal(0, t**2), w)
ridge_form = ((y - w * x) ** 2 + s**2 / t**2 * w**2) / (2 * s**2) + log(2 * pi * s * t)

map_normal_prior_eq = Derivation(
    claim=Claim(
        "map_normal_prior_eq",
        -log(joint),
        ridge_form,
        WHERE_NORMAL,
        convention=(NATS, SUM, "λ = s²/t² beside the plain squared error; λ = 1/t² beside it over s²"),
        source=Source("goodfellow2016", "section 5.6.1"),
    ),
    steps=(
        Step("minus the log of likelihood times prior", -log(joint)),
        Step(
            "each normal leaves a square and a constant",
            (y - w * x) ** 2 / (2 * s**2) + w**2 / (2 * t**2) + log(2 * pi * s**2) / 2 + log(2 * pi * t**2) / 2,
        ),
        Step("1/(2s²) taken out: λ = s²/t²", ridge_form),
    ),
)

WHERE_LAPLACE = (*WHERE_NORMAL[:4], Variable("b", Positive(), "scale of the prior; its variance is 2b²"))
b = symbols_of(WHERE_LAPLACE)[4]
joint_laplace = Density(Normal(w * x, s**2), y) * Laplace(0, b).density(w)
lasso_form = ((y - w * x) ** 2 + 2 * s**2 / b * Abs(w)) / (2 * s**2) + log(2 * b) + log(2 * pi * s**2) / 2

map_laplace_prior_eq = Derivation(
    claim=Claim(
        "map_laplace_prior_eq",
        -log(joint_laplace),
        lasso_form,
        WHERE_LAPLACE,
        convention=(NATS, SUM, "λ = 2s²/b beside the plain squared error; λ = s²/b beside half of it"),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=(
        Step("minus the log of likelihood times prior", -log(joint_laplace)),
        Step(
            "the normal leaves a square, the Laplace law an absolute value",
            (y - w * x) ** 2 / (2 * s**2) + Abs(w) / b + log(2 * b) + log(2 * pi * s**2) / 2,
        ),
        Step("1/(2s²) taken out: λ = 2s²/b", lasso_form),
    ),
)

WHERE_RIDGE = (
    Variable("w", Real(), "the weight"),
    Variable("Y", NonNegative(), "Σ y_i²"),
    Variable("C", Real(), "Σ x_i y_i"),
    Variable("X", NonNegative(), "Σ x_i²"),
    Variable("lam", Positive(), "the penalty λ beside the plain sum of squares"),
)
_, Y, C, X, lam = symbols_of(WHERE_RIDGE)
penalised = Y - 2 * w * C + w**2 * X + lam * w**2

ridge_eq = Derivation(
    claim=Claim(
        "ridge_eq",
        Argmin(penalised, w),
        C / (X + lam),
        WHERE_RIDGE,
        convention=(SUM, "one weight, no intercept", "Σ(y_i − w x_i)² = Y − 2wC + w²X"),
        source=Source("bishop2006", "section 3.1.4, equation 3.28"),
    ),
    steps=(
        Step("the place of the least penalised error", Argmin(penalised, w)),
        Step("the square completed", Argmin((X + lam) * (w - C / (X + lam)) ** 2 + Y - C**2 / (X + lam), w)),
        Step("a square is least where it is zero", C / (X + lam)),
    ),
)

WHERE_TWO = (
    *(Variable(f"w_{i}", Real(), f"weight {i}") for i in (1, 2)),
    *(Variable(f"y_{i}", Real(), f"target {i}") for i in (1, 2)),
    *(Variable(f"x_{i}{j}", Real(), f"input {j} of observation {i}") for i in (1, 2) for j in (1, 2)),
    Variable("lam", Positive(), "the penalty λ beside the plain sum of squares"),
)
w1, w2, y1, y2, x11, x12, x21, x22, _ = symbols_of(WHERE_TWO)
loss = (y1 - w1 * x11 - w2 * x12) ** 2 + (y2 - w1 * x21 - w2 * x22) ** 2 + lam * (w1**2 + w2**2)
m11, m12, m22 = x11**2 + x21**2 + lam, x11 * x12 + x21 * x22, x12**2 + x22**2 + lam
c1, c2 = x11 * y1 + x21 * y2, x12 * y1 + x22 * y2
det = m11 * m22 - m12**2
best1, best2 = (m22 * c1 - m12 * c2) / det, (m11 * c2 - m12 * c1) / det
gradient = 2 * (m11 * (w1 - best1) + m12 * (w2 - best2))

ridge_gradient_of_two_eq = Derivation(
    claim=Claim(
        "ridge_gradient_of_two_eq",
        Derivative(loss, w1),
        gradient,
        WHERE_TWO,
        convention=(
            SUM,
            "two weights, two observations; the gradient in w_2 follows by renaming",
            "the gradient is 2M(w − ŵ) with M = XᵀX + λI positive definite and ŵ = M⁻¹Xᵀy: it is zero at ŵ alone",
        ),
        source=Source("bishop2006", "section 3.1.4, equation 3.28"),
    ),
    steps=(
        Step("the slope of the penalised error in the first weight", Derivative(loss, w1)),
        Step("the normal equations", 2 * (m11 * w1 + m12 * w2 - c1)),
        Step("Xᵀy = Mŵ by Cramer's rule", gradient),
    ),
)

WHERE_ABOVE = (
    Variable("v", Real(), "any weight"),
    Variable("lam", Positive(), "the penalty λ beside half the squared error"),
    Variable("d", Positive(), "by how much the target z = λ + d is above the threshold"),
)
v, _, d = symbols_of(WHERE_ABOVE)
excess = (v - lam - d) ** 2 / 2 + lam * Abs(v) - (lam**2 / 2 + lam * d)

soft_threshold_above_eq = Derivation(
    claim=Claim(
        "soft_threshold_above_eq",
        excess,
        (v - d) ** 2 / 2 + lam * (Abs(v) - v),
        WHERE_ABOVE,
        convention=(
            "½(v − z)² + λ|v|, less its value at v = z − λ = d: the right side is never negative and zero at d alone",
            "z above λ; below −λ the same with both signs turned",
        ),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=(
        Step("how much worse a weight v is than d", excess),
        Step("the square, written out", (v - d) ** 2 / 2 - lam * (v - d) + lam * Abs(v) - lam * d),
        Step("collect", (v - d) ** 2 / 2 + lam * (Abs(v) - v)),
    ),
)

WHERE_WITHIN = (
    Variable("v", Real(), "any weight"),
    Variable("lam", Positive(), "the penalty λ beside half the squared error"),
    Variable("z", Real(), "the target, between −λ and λ"),
)
z = symbols_of(WHERE_WITHIN)[2]
excess_within = (v - z) ** 2 / 2 + lam * Abs(v) - z**2 / 2

soft_threshold_within_eq = Derivation(
    claim=Claim(
        "soft_threshold_within_eq",
        excess_within,
        v**2 / 2 + (lam * Abs(v) - z * v),
        WHERE_WITHIN,
        convention=(
            "½(v − z)² + λ|v|, less its value at v = 0",
            "for |z| ≤ λ both terms on the right are never negative, and zero at v = 0: hence a weight of exactly zero",
        ),
        source=Source("goodfellow2016", "section 7.1.2"),
    ),
    steps=(
        Step("how much worse a weight v is than 0", excess_within),
        Step("the square written out, z² cancels", v**2 / 2 + (lam * Abs(v) - z * v)),
    ),
)

WHERE_BETA = (
    Variable("p", OpenUnit(), "the probability"),
    Variable("f", Real(), "its logit log p/(1 − p)"),
    Variable("a", Positive(), "α − 1 for a posterior Beta(α, β) with α above 1"),
    Variable("b", Positive(), "β − 1, with β above 1"),
)
p, f, a, beta_less_one = symbols_of(WHERE_BETA)
density = p**a * (1 - p) ** beta_less_one

map_beta_eq = Derivation(
    claim=Claim(
        "map_beta_eq",
        Argmax(log(density), p),
        a / (a + beta_less_one),
        WHERE_BETA,
        convention=("the mode of the density in p", "α, β above 1, else the density has no mode inside"),
        source=Source("soch2020", "proof P427"),
    ),
    steps=(
        Step("the place of the greatest density in p", Argmax(log(density), p)),
        Step("the log of a product is a sum", Argmax(a * log(p) + beta_less_one * log(1 - p), p)),
        Step("(α − 1)/(α + β − 2)", a / (a + beta_less_one)),
    ),
)

sigmoid = 1 / (1 + exp(-f))
pulled_back = sigmoid**a * (1 - sigmoid) ** beta_less_one * sigmoid * (1 - sigmoid)

map_beta_logit_eq = Derivation(
    claim=Claim(
        "map_beta_logit_eq",
        Argmax(log(pulled_back), f),
        log((a + 1) / (beta_less_one + 1)),
        WHERE_BETA,
        convention=(
            "the mode of the density in the logit, with dp/df = p(1 − p)",
            "it lies at p = α/(α + β), the mean of p, and not at the mode (α − 1)/(α + β − 2): MAP is not invariant",
        ),
        source=Source("stan2026", "reference manual, optimization, general configuration"),
    ),
    steps=(
        Step("the place of the greatest density in the logit", Argmax(log(pulled_back), f)),
        Step(
            "the Jacobian raises both exponents by one",
            Argmax((a + 1) * log(sigmoid) + (beta_less_one + 1) * log(1 - sigmoid), f),
        ),
        Step("the slope α(1 − p) − βp is zero at p = α/(α + β)", log((a + 1) / (beta_less_one + 1))),
    ),
)

DERIVATIONS = (
    map_normal_prior_eq,
    map_laplace_prior_eq,
    ridge_eq,
    ridge_gradient_of_two_eq,
    soft_threshold_above_eq,
    soft_threshold_within_eq,
    map_beta_eq,
    map_beta_logit_eq,
)
