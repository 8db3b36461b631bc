"""The principal axis of probabilistic PCA: in three dimensions with matrices written out, and in any dimension.

Claim   of all loadings of a given length the one along the first eigenvector of the sample covariance S has the least
        loss log det C + tr(C⁻¹ S), C = v I + w wᵀ, at any noise variance v
Route   det C = v^(d−1)(v + |w|²), a coordinate at a time, and C⁻¹ = I/v − w wᵀ/(v(v + |w|²)), checked by a product;
        the loss then depends on the direction of w only by the variance of the sample along it.
"""

from __future__ import annotations

from sympy import Determinant, Expr, Matrix, log

from claims.claim import Claim, Derivation, Relation, Source, Step
from claims.domains import Integer, NonNegative, Positive, Real, Variable, named, symbols_of
from claims.grounds import Sign

AXES = Source("bishop2006", "section 12.2.1")
LOSS = "log det C + tr(C⁻¹ S) is twice the mean negative log-likelihood, less a constant; C = v I + w wᵀ"
EIGENVECTORS = "in the coordinates of the eigenvectors of S, in which it is diagonal"

WHERE = (
    Variable("v", Positive(), "VARIANCE of the noise"),
    *(Variable(f"w_{i}", Real(), f"coordinate {i} of the loading, along eigenvector {i} of S") for i in (1, 2, 3)),
    Variable("l", Positive(), "the least eigenvalue of the sample covariance S"),
    Variable("e", Positive(), "how far the second eigenvalue lies above it"),
    Variable("f", Positive(), "how far the first lies above the second"),
    Variable("n", Integer(1), "the dimension so far; of the loss, the dimension less 1"),
    Variable("g", Positive(), "|w|², the squared length of the loading"),
    Variable("w", Real(), "one coordinate of the loading"),
    Variable("h", Positive(), "|w|² less the square of that coordinate"),
    Variable("y", Real(), "that coordinate of any vector y"),
    Variable("a", Real(), "the product of w and y"),
    Variable("T", Positive(), "tr S"),
    Variable("k", NonNegative(), "how far the variance of the sample along w lies below λ₁"),
)
v, w1, w2, w3, least, e, f, n, g, w, h, y, a, T, k = symbols_of(WHERE)

ZERO = v * 0
loading = Matrix([w1, w2, w3])
model = v * Matrix.eye(3) + loading * loading.T
eigenvalues = (least + e + f, least + e, least)
squared = w1**2 + w2**2 + w3**2


def minor(i: int) -> Expr:
    """The determinant of the model's covariance without coordinate ``i``."""
    return Determinant(model.minor_submatrix(i, i))


trace = sum((minor(i) * value for i, value in enumerate(eigenvalues)), start=ZERO)
loss = log(Determinant(model)) + trace / Determinant(model)
along = log(v**2 * (v + squared)) + eigenvalues[0] / (v + squared) + eigenvalues[1] / v + eigenvalues[2] / v
variance = ((least + e + f) * w1**2 + (least + e) * w2**2 + least * w3**2) / squared

ppca_axis_of_three_ge = Derivation(
    claim=Claim(
        "ppca_axis_of_three_ge",
        loss,
        along,
        named(WHERE, "v w_1 w_2 w_3 l e f"),
        Relation.GE,
        convention=(
            LOSS,
            EIGENVECTORS,
            "tr(C⁻¹ S) by Cramer's rule; the right side has a loading of the same length along the first",
            "equal where w lies along the first eigenvector; λ₁ = l + e + f, λ₂ = l + e, λ₃ = l",
        ),
        source=AXES,
    ),
    steps=(
        Step("the loss of any loading", loss),
        Step(
            "det C = v²(v + |w|²); the trace falls short of tr S/v by |w|²/(v(v + |w|²)) times the variance along w",
            log(v**2 * (v + squared)) + sum(eigenvalues) / v - variance * squared / (v * (v + squared)),
        ),
        Step(
            "the variance along w is at most λ₁: it falls short by (f w₂² + (e + f) w₃²)/|w|²",
            along,
            Relation.GE,
            (Sign((f * w2**2 + (e + f) * w3**2) / (v * (v + squared))),),
        ),
    ),
)

own_variance = v + w**2 - w**2 * g / (v + g)

ppca_determinant_any_step_eq = Derivation(
    claim=Claim(
        "ppca_determinant_any_step_eq",
        v ** (n - 1) * (v + g) * own_variance,
        v**n * (v + (g + w**2)),
        named(WHERE, "v n g w"),
        convention=(
            "C = v I + w wᵀ; g is |w|² of the n coordinates so far, w the one that comes in",
            "its variance given the others is v + w² − w²·g/(v + g) (ppca_inverse_any_eq); det C gains it as a factor",
            "so det C = v^(d−1)(v + |w|²) in any dimension d: the eigenvalue v + |w|² along w, v across",
        ),
        source=AXES,
    ),
    steps=(
        Step(
            "the determinant so far, times the variance of the coordinate given the others",
            v ** (n - 1) * (v + g) * own_variance,
        ),
        Step("(v + g)(v + w²) − w²g = v(v + g + w²)", v ** (n - 1) * v * (v + g + w**2)),
        Step("the power of v and |w|² have one coordinate more", v**n * (v + (g + w**2))),
    ),
)

whole = w**2 + h
inverted = y / v - w * a / (v * (v + whole))
product = v * inverted + w * (a / v - whole * a / (v * (v + whole)))

ppca_inverse_any_eq = Derivation(
    claim=Claim(
        "ppca_inverse_any_eq",
        product,
        y,
        named(WHERE, "v w h y a"),
        convention=(
            "one coordinate of C x for x = y/v − w (w·y)/(v(v + |w|²)), C = v I + w wᵀ, in any dimension",
            "|w|² = w² + h for that coordinate w and the rest of them",
            "w·x = (w·y)/v − |w|² (w·y)/(v(v + |w|²)); so x = C⁻¹ y, and tr(C⁻¹ S) = tr S/v − wᵀ S w/(v(v + |w|²))",
        ),
        source=AXES,
    ),
    steps=(
        Step("v x + w (w·x)", product),
        Step("(w·x) over one bottom", v * inverted + w * a / (v + whole)),
        Step("the terms with w·y cancel", y),
    ),
)

first = least + e
loss_along = n * log(v) + log(v + g) + T / v - g * (first - k) / (v * (v + g))
loss_at_axis = n * log(v) + log(v + g) + T / v - g * first / (v * (v + g))

ppca_axis_any_ge = Derivation(
    claim=Claim(
        "ppca_axis_any_ge",
        loss_along,
        loss_at_axis,
        named(WHERE, "v n g T l e k"),
        Relation.GE,
        convention=(
            LOSS,
            "d = n + 1 dimensions; λ₁ = l + e, and the variance of the sample along w is λ₁ − k, k ≥ 0",
            "det C and tr(C⁻¹ S) by ppca_determinant_any_step_eq and ppca_inverse_any_eq",
            "no variance lies above the first eigenvalue: a mean of the eigenvalues, weighted by squared cosines",
        ),
        source=AXES,
    ),
    steps=(
        Step("the loss of a loading in any direction", loss_along),
        Step(
            "the variance along w apart from λ₁",
            n * log(v) + log(v + g) + T / v - g * first / (v * (v + g)) + g * k / (v * (v + g)),
        ),
        Step(
            "k ≥ 0, so that w along the first eigenvector has the least",
            loss_at_axis,
            Relation.GE,
            (Sign(g * k / (v * (v + g))),),
        ),
    ),
)

DERIVATIONS = (
    ppca_axis_of_three_ge,
    ppca_determinant_any_step_eq,
    ppca_inverse_any_eq,
    ppca_axis_any_ge,
)
