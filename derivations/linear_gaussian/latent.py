"""Linear-Gaussian latent variables: factor analysis and probabilistic PCA.

Claim   the marginal covariance is W Wᵀ + Ψ; the latent's mean weights the coordinates by their noise; PPCA's optimum
Route   moments of independent normals; a parabola's peak; determinants in the plane.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Matrix, log, sqrt

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import OpenUnit, Positive, Real, Variable, named, symbols_of
from claims.grounds import Sign
from claims.notation import Argmax, Argmin, Density, Expectation, Normal

WHERE = (
    Variable("z", Real(), "the latent, or what is averaged over"),
    *(Variable(f"e_{i}", Real(), f"noise of coordinate {i}, averaged over") for i in (1, 2)),
    *(Variable(f"x_{i}", Real(), f"coordinate {i}, mean taken off") for i in (1, 2)),
    *(Variable(f"w_{i}", Real(), f"loading of coordinate {i}") for i in (1, 2)),
    *(Variable(f"s_{i}", Positive(), f"standard deviation of the noise of coordinate {i}") for i in (1, 2)),
    Variable("s", Positive(), "standard deviation of the noise of every coordinate"),
)
z, e1, e2, x1, x2, w1, w2, s1, s2, s = symbols_of(WHERE)
MODEL = "x_i = w_i z + s_i e_i, z and e_i independent and standard normal"


def over_model(f: Expr) -> Expr:
    """E over the latent and both noises."""
    return Expectation(Expectation(Expectation(f, e1, Normal(0, 1)), e2, Normal(0, 1)), z, Normal(0, 1))


def over_one(f: Expr) -> Expr:
    """E over the latent and the noise of coordinate 1."""
    return Expectation(Expectation(f, e1, Normal(0, 1)), z, Normal(0, 1))


factor_covariance_eq = Derivation(
    claim=Claim(
        "factor_covariance_eq",
        over_model((w1 * z + s1 * e1) * (w2 * z + s2 * e2)),
        w1 * w2,
        named(WHERE, "z e_1 e_2 w_1 w_2 s_1 s_2"),
        convention=(MODEL, "entry 12 of W Wᵀ + Ψ: noise is independent, so all covariance is the latent's"),
        source=Source("goodfellow2016", "section 13.1"),
    ),
    steps=(
        Step("the covariance of two coordinates", over_model((w1 * z + s1 * e1) * (w2 * z + s2 * e2))),
        Step("independent noises drop out", w1 * w2 * Expectation(z**2, z, Normal(0, 1))),
        Step("E z² = 1", w1 * w2),
    ),
)

factor_variance_eq = Derivation(
    claim=Claim(
        "factor_variance_eq",
        over_one((w1 * z + s1 * e1) ** 2),
        w1**2 + s1**2,
        named(WHERE, "z e_1 w_1 s_1"),
        convention=(MODEL, "entry 11 of W Wᵀ + Ψ: communality and noise"),
        source=Source("goodfellow2016", "section 13.1"),
    ),
    steps=(
        Step("the variance of a coordinate", over_one((w1 * z + s1 * e1) ** 2)),
        Step(
            "no cross term", w1**2 * Expectation(z**2, z, Normal(0, 1)) + s1**2 * Expectation(e1**2, e1, Normal(0, 1))
        ),
        Step("unit variances", w1**2 + s1**2),
    ),
)

joint = (
    log(Density(Normal(0, 1), z)) + log(Density(Normal(w1 * z, s1**2), x1)) + log(Density(Normal(w2 * z, s2**2), x2))
)
regressed = (w1 * x1 / s1**2 + w2 * x2 / s2**2) / (1 + w1**2 / s1**2 + w2**2 / s2**2)

factor_posterior_mean_eq = Derivation(
    claim=Claim(
        "factor_posterior_mean_eq",
        Argmax(joint, z),
        regressed,
        named(WHERE, "z x_1 x_2 w_1 w_2 s_1 s_2"),
        convention=(MODEL, "the posterior is normal, so its peak is its mean; its precision is the denominator"),
        source=Source("bishop2006", "section 12.2.4, equation 12.66"),
    ),
    steps=(
        Step("where log p(z) + log p(x | z) is greatest", Argmax(joint, z)),
        Step(
            "constants move no peak",
            Argmax(-(z**2) / 2 - (x1 - w1 * z) ** 2 / (2 * s1**2) - (x2 - w2 * z) ** 2 / (2 * s2**2), z),
        ),
        Step("coordinates weighted by loading over noise variance", regressed),
    ),
)

covariance = Matrix([[w1**2 + s**2, w1 * w2], [w1 * w2, w2**2 + s**2]])

ppca_determinant_eq = Derivation(
    claim=Claim(
        "ppca_determinant_eq",
        log(Determinant(covariance)),
        log(w1**2 + w2**2 + s**2) + log(s**2),
        named(WHERE, "w_1 w_2 s"),
        convention=("C = w wᵀ + σ² I in the plane; eigenvalues |w|² + σ² along w and σ² across", "log is natural"),
        source=Source("bishop2006", "section 12.2.1"),
    ),
    steps=(
        Step("the log-determinant of the model's covariance", log(Determinant(covariance))),
        Step("w₁²w₂² cancels", log((w1**2 + s**2) * (w2**2 + s**2) - w1**2 * w2**2)),
        Step("the product of the eigenvalues", log(w1**2 + w2**2 + s**2) + log(s**2)),
    ),
)

WHERE_FIT = (
    Variable("v", Positive(), "a VARIANCE of the model"),
    *(Variable(f"l_{i}", Positive(), f"eigenvalue {i} of the sample covariance, greatest first") for i in (1, 2, 3)),
    Variable("g", Positive(), "how far the first eigenvalue lies above the noise variance"),
)
v, l1, l2, l3, g = symbols_of(WHERE_FIT)

ppca_noise_eq = Derivation(
    claim=Claim(
        "ppca_noise_eq",
        Argmin(2 * log(v) + (l2 + l3) / v, v),
        (l2 + l3) / 2,
        named(WHERE_FIT, "v l_2 l_3"),
        convention=(
            "three dimensions, one principal axis: log det C + tr(C⁻¹ S) across it",
            "σ² is the mean discarded eigenvalue",
        ),
        source=Source("pedregosa2011", "decomposition.PCA, noise_variance_"),
    ),
    steps=(
        Step("where the part of the loss across the axis is least", Argmin(2 * log(v) + (l2 + l3) / v, v)),
        Step("the slope (2v − λ₂ − λ₃)/v² rises through zero once", (l2 + l3) / 2),
    ),
)

ppca_axis_variance_eq = Derivation(
    claim=Claim(
        "ppca_axis_variance_eq",
        Argmin(log(v) + l1 / v, v),
        l1,
        named(WHERE_FIT, "v l_1"),
        convention=("along the axis C has the variance |w|² + σ²: so |w|² = λ₁ − σ²",),
        source=Source("bishop2006", "section 12.2.1"),
    ),
    steps=(
        Step("where the part of the loss along the axis is least", Argmin(log(v) + l1 / v, v)),
        Step("the slope (v − λ₁)/v² rises through zero once", l1),
    ),
)

WHERE_AXIS = (
    Variable("v", Positive(), "VARIANCE of the noise"),
    Variable("g", Positive(), "squared length of the loading"),
    Variable("k", OpenUnit(), "sin² of the angle between the loading and the first eigenvector of S"),
    Variable("l", Positive(), "the lesser eigenvalue of the sample covariance S"),
    Variable("d", Positive(), "how far the greater one lies above it"),
)
_, _, k, lesser, excess = symbols_of(WHERE_AXIS)
along_first, along_second = v + g * (1 - k), v + g * k
turned = Matrix([[along_first, g * sqrt(k * (1 - k))], [g * sqrt(k * (1 - k)), along_second]])
fit = (along_second * (lesser + excess) + along_first * lesser) / Determinant(turned)

ppca_axis_ge = Derivation(
    claim=Claim(
        "ppca_axis_ge",
        log(Determinant(turned)) + fit,
        log(v * (v + g)) + (lesser + excess) / (v + g) + lesser / v,
        WHERE_AXIS,
        Relation.GE,
        convention=(
            "log det C + tr(C⁻¹ S) for C = v I + w wᵀ in the plane, |w|² = g, in the coordinates of S's eigenvectors",
            "the right side has w along the first: of all axes the principal one has the least loss, at any v and g",
        ),
        source=Source("bishop2006", "section 12.2.1"),
    ),
    steps=(
        Step("the loss of a loading at any angle", log(Determinant(turned)) + fit),
        Step(
            "det C = v(v + g) at any angle; the trace falls short by g (S's variance along w)/(v(v + g))",
            log(v * (v + g)) + (2 * lesser + excess) / v - g * (lesser + excess * (1 - k)) / (v * (v + g)),
        ),
        Step(
            "the variance along w is at most the first eigenvalue",
            log(v * (v + g)) + (lesser + excess) / (v + g) + lesser / v,
            Relation.GE,
            (Sign(g * k * excess / (v * (v + g))),),
        ),
    ),
)

length = sqrt(g)
WHERE_PROJECT = (
    *WHERE,
    Variable("g", Positive(), "squared length of the loading, λ₁ − σ²"),
    Variable("y", Real(), "x along the axis"),
)
y = symbols_of(WHERE_PROJECT)[-1]

ppca_shrinkage_eq = Derivation(
    claim=Claim(
        "ppca_shrinkage_eq",
        length * Argmax(-(z**2) / 2 - (y - length * z) ** 2 / (2 * s**2), z),
        g / (g + s**2) * y,
        named(WHERE_PROJECT, "z s g y"),
        convention=("the reconstruction w E[z | x] along the axis, y being x there: shrunk, unlike PCA's", "g = |w|²"),
        source=Source("bishop2006", "section 12.2.1"),
    ),
    steps=(
        Step(
            "the loading times the latent's mean", length * Argmax(-(z**2) / 2 - (y - length * z) ** 2 / (2 * s**2), z)
        ),
        Step("(1 + |w|²/σ²)⁻¹ |w| y/σ²", length * (length * y / s**2) / (1 + length**2 / s**2)),
        Step("less than y for any noise", g / (g + s**2) * y),
    ),
)

DERIVATIONS = (
    factor_covariance_eq,
    factor_variance_eq,
    factor_posterior_mean_eq,
    ppca_determinant_eq,
    ppca_noise_eq,
    ppca_axis_variance_eq,
    ppca_axis_ge,
    ppca_shrinkage_eq,
)
