"""Bias and variance: of any predictor, and of ridge regression with one weight.

Claim   E(y − f)² = noise + bias² + variance, under any laws; ridge trades λ²w² against σ²S, and is best at λ = σ²/w²
Route   E is linear; the moments of the noise; the slope's only zero.
"""

from __future__ import annotations

from sympy import Expr, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Positive, Real, Variable, named, symbols_of
from claims.notation import Argmin, Expectation, NamedLaw, Normal

WHERE = (
    Variable("y", Real(), "the target at one input, averaged over"),
    Variable("f", Real(), "the prediction there, averaged over training sets"),
    Variable("z", Real(), "standard normal noise, averaged over"),
    Variable("S", Positive(), "Σ x², over the training inputs"),
    Variable("s", Positive(), "STANDARD DEVIATION of the noise of the targets"),
    Variable("w", Positive(), "the true weight, by its size"),
    Variable("l", Positive(), "λ, the penalty"),
)
y, f, z, S, s, w, lam = symbols_of(WHERE)
WIERINGEN = Source("vanwieringen2015", "moments of the ridge estimator")
targets, fits = NamedLaw("p"), NamedLaw("q")


def over_targets(value: Expr) -> Expectation:
    """The mean over targets."""
    return Expectation(value, y, targets)


def over_fits(value: Expr) -> Expectation:
    """The mean over training sets."""
    return Expectation(value, f, fits)


expected = over_targets(over_fits((y - f) ** 2))
bias = over_fits(f) - over_targets(y)
noise, variance = (over_targets(y**2) - over_targets(y) ** 2, over_fits(f**2) - over_fits(f) ** 2)

bias_variance_eq = Derivation(
    claim=Claim(
        "bias_variance_eq",
        expected,
        noise + bias**2 + variance,
        named(WHERE, "y f"),
        convention=(
            "at one input; p is the law of a new target there, q that of the prediction over training sets,"
            " independent of"
            " it: any laws with second moments",
        ),
        source=Source("das2016", "the bias variance trade off, equation 4"),
    ),
    steps=(
        Step("the expected squared error", expected),
        Step(
            "E is linear, and of independent factors the product of means",
            over_targets(y**2) - 2 * over_targets(y) * over_fits(f) + over_fits(f**2),
        ),
        Step("the squares of both means added and taken off", noise + bias**2 + variance),
    ),
)

off = Expectation(((S * w + sqrt(S) * s * z) / (S + lam) - w) ** 2, z, Normal(0, 1))
risk = (lam**2 * w**2 + s**2 * S) / (S + lam) ** 2
FITTED = (
    "y_i = w x_i + ε_i with independent ε_i ~ N(0, s²), inputs fixed: the ridge estimate Σ x y/(S + λ) is"
    " (S w + √S s z)/(S + λ), z ~ N(0, 1)"
)

ridge_risk_eq = Derivation(
    claim=Claim(
        "ridge_risk_eq",
        off,
        risk,
        named(WHERE, "z S s w l"),
        convention=(FITTED, "the squared bias is λ²w²/(S + λ)², the variance s²S/(S + λ)²"),
        source=WIERINGEN,
    ),
    steps=(
        Step("how far the estimate is off", off),
        Step(
            "E z = 0 and E z² = 1: the bias squared, and the variance",
            (S * w / (S + lam) - w) ** 2 + S * s**2 / (S + lam) ** 2,
        ),
        Step("the bias is −λw/(S + λ)", risk),
    ),
)

ridge_best_penalty_eq = Derivation(
    claim=Claim(
        "ridge_best_penalty_eq",
        Argmin(risk, lam),
        s**2 / w**2,
        named(WHERE, "S s w l"),
        convention=(
            FITTED,
            "the mean squared error (ridge_risk_eq) is least where λ is the variance of the noise over w²",
        ),
        source=WIERINGEN,
    ),
    steps=(
        Step("where the estimate is least off", Argmin(risk, lam)),
        Step(
            "a constant moves no place: by how much the best error is exceeded",
            Argmin((lam * w**2 - s**2) ** 2 / ((S + lam) ** 2 * (S * w**2 + s**2)), lam),
        ),
        Step("a square is zero at λw² = s²", s**2 / w**2),
    ),
)

DERIVATIONS = (bias_variance_eq, ridge_risk_eq, ridge_best_penalty_eq)
