"""Bias and variance: of any estimate, of ridge regression, and how much better a fit looks than it is.

Claim   E (f + ε − f̂)² = Var ε + (E f̂ − f)² + Var f̂ for any laws of the noise and of the estimate; for ridge with one
        feature (λ²w² + s²X)/(X + λ)², least at λ = s²/w²; of least squares the error on new noise is that on the old
        and 2s²d/n
Route   E is linear and the noise of a new observation is independent of the estimate; squared lengths of projected
        noise are χ².
"""

from __future__ import annotations

from sympy import Expr, Function

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.laws import ChiSquared, Family
from claims.notation import Argmin, Expectation, Law, NamedLaw, Normal, Variance

WHERE = (
    Variable("x", Real(), "the data behind the estimate, averaged over"),
    Variable("y", Real(), "the noise of a new observation, averaged over"),
    Variable("f", Real(), "the true value f(x)"),
    Variable("u", Real(), "Σ x_i ε_i, averaged over"),
    Variable("w", Positive(), "the size of the true weight"),
    Variable("X", Positive(), "Σ x_i², over any number of observations"),
    Variable("l", Positive(), "λ, the penalty in Σ (y_i − w x_i)² + λ w²"),
    Variable("s", Positive(), "the STANDARD DEVIATION of the noise"),
    Variable("d", Integer(1), "the number of weights"),
    Variable("k", Integer(1), "the number of observations beyond that: n = d + k"),
    Variable("a", Real(), "the squared length of the noise in the span of the features, over s²"),
    Variable("b", Real(), "the squared length of the rest of it, over s²"),
)
x, y, f, u, w, X, lam, s, d, k, a, b = symbols_of(WHERE)
data, noise = NamedLaw("p"), NamedLaw("q")
T = Function("g", real=True)(x)
ANY = "any laws p of the data and q of the noise, independent, with finite variances; f̂ is any function g of the data"
ERROR = "of a new observation y = f + ε − E ε at the same place"


def over(value: Expr, letter: Expr, law: Law | Family) -> Expectation:
    """The mean over one letter."""
    return Expectation(value, letter, law)


def over_both(value: Expr) -> Expectation:
    """The mean over the data and the new noise."""
    return over(over(value, y, noise), x, data)


error = y - over(y, y, noise)
centre = over(T, x, data)
expected = over_both((f + error - T) ** 2)
parts = Variance(y, y, noise) + (centre - f) ** 2 + Variance(T, x, data)

bias_variance_any_eq = Derivation(
    claim=Claim(
        "bias_variance_any_eq",
        expected,
        parts,
        named(WHERE, "x y f"),
        convention=(ANY, ERROR, "noise, squared bias and variance; without a new observation the first is not there"),
        source=Source("yeh2019", "theorem 1 and corollary 1"),
    ),
    steps=(
        Step("the expected squared error of the prediction", expected),
        Step(
            "E is linear: the noise less its mean does not mix with the estimate",
            over(error**2, y, noise) + over((f - T) ** 2, x, data),
        ),
        Step("about its mean", over(error**2, y, noise) + (centre - f) ** 2 + over((T - centre) ** 2, x, data)),
        Step("the definition of a variance", parts),
    ),
)

SPAN = Normal(0, s**2 * X)
shrunk = (w * X + u) / (X + lam)
risk = over((shrunk - w) ** 2, u, SPAN)
RIDGE = "y_i = w x_i + ε_i, ε_i ~ N(0, s²) independent: ŵ = Σ x_i y_i/(X + λ) = (wX + u)/(X + λ), u ~ N(0, s²X)"

ridge_bias_variance_eq = Derivation(
    claim=Claim(
        "ridge_bias_variance_eq",
        risk,
        (lam**2 * w**2 + s**2 * X) / (X + lam) ** 2,
        named(WHERE, "u w X l s"),
        convention=(RIDGE, "bias −λw/(X + λ), variance s²X/(X + λ)²; λ = 0 is least squares, with s²/X"),
        source=Source("quantvault2026", "problem 2065, ridge regression"),
    ),
    steps=(
        Step("the expected squared error of the weight", risk),
        Step("the bias and the deviation from the mean", over((u / (X + lam) - lam * w / (X + lam)) ** 2, u, SPAN)),
        Step("E u = 0 and E u² = s²X", (lam**2 * w**2 + s**2 * X) / (X + lam) ** 2),
    ),
)

ridge_best_penalty_eq = Derivation(
    claim=Claim(
        "ridge_best_penalty_eq",
        Argmin((lam**2 * w**2 + s**2 * X) / (X + lam) ** 2, lam),
        s**2 / w**2,
        named(WHERE, "w X l s"),
        convention=(RIDGE, "w is the size of the true weight: the best penalty is the noise over the squared signal"),
        source=Source("quantvault2026", "problem 2065, ridge regression"),
    ),
    steps=(
        Step("where the expected error is least", Argmin((lam**2 * w**2 + s**2 * X) / (X + lam) ** 2, lam)),
        Step("its slope is 2X (λw² − s²)/(X + λ)³: it is zero at s²/w² alone, and rises through zero", s**2 / w**2),
    ),
)

WITHIN, BESIDE = ChiSquared(d), ChiSquared(k)
n = d + k
FIT = (
    "y = Φw + ε, n observations, d weights, ε ~ N(0, s²I): the fit takes s²a of ε, a ~ χ²(d), and leaves s²b, b ~ χ²(k)"
)

least_squares_fit_eq = Derivation(
    claim=Claim(
        "least_squares_fit_eq",
        over(s**2 * b / n, b, BESIDE),
        s**2 * (1 - d / n),
        named(WHERE, "b d k s"),
        convention=(
            FIT,
            "the mean squared residual of the fit is s²(n − d)/n: divided by n − d it is unbiased",
        ),
        source=Source("stackexchange", "expected in-sample error of linear regression"),
    ),
    steps=(
        Step("the mean squared residual", over(s**2 * b / n, b, BESIDE)),
        Step("E b = n − d", s**2 * (1 - d / n)),
    ),
)

gap = s**2 + over(s**2 * a / n, a, WITHIN) - over(s**2 * b / n, b, BESIDE)

optimism_eq = Derivation(
    claim=Claim(
        "optimism_eq",
        gap,
        2 * s**2 * d / n,
        named(WHERE, "a b d k s"),
        convention=(
            FIT,
            "new noise at the same inputs adds s² to the error of the fit, s²a/n",
            "what Mallows' Cp adds to the mean squared residual",
        ),
        source=Source("stackexchange", "why is the expected optimism of the training error 2dσ²/n"),
    ),
    steps=(
        Step("the error on new noise, less that on the old", gap),
        Step("E is linear", s**2 + s**2 * over(a, a, WITHIN) / n - s**2 * over(b, b, BESIDE) / n),
        Step("E a = d and E b = n − d", 2 * s**2 * d / n),
    ),
)

DERIVATIONS = (
    bias_variance_any_eq,
    ridge_bias_variance_eq,
    ridge_best_penalty_eq,
    least_squares_fit_eq,
    optimism_eq,
)
