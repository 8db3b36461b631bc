"""Means and variances by way of what they depend on, for any laws; and the updates of EM from any data.

Claim   E Y = E E[Y | X]; Var Y = E Var(Y | X) + Var E[Y | X]; Cov(X, Y) = Cov(X, E[Y | X]); a mean weighted by
        responsibilities is likeliest, and the slope in the variance is zero at the weighted mean square
Route   E is linear, and what depends on x alone is averaged over it; the slope of a parabola.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Function, Sum, log, pi

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax, Covariance, Expectation, NamedLaw, Variance

ANY = "any laws with these moments: x ~ p, then y ~ s(· | x): a component and a point of it, or any other pair"
EM = (
    "any number of data x(i), of responsibilities w(i) of any positive size for the component; the M step of EM for the"
    " mean and the variance of a normal component, and maximum likelihood where all are 1"
)

WHERE = (
    Variable("x", Real(), "what is drawn first, averaged over"),
    Variable("y", Real(), "what is drawn second, averaged over"),
    Variable("n", Integer(1), "the number of data"),
    Variable("i", Integer(1), "counts them"),
    Variable("m", Real(), "the mean of the component"),
    Variable("v", Positive(), "its VARIANCE"),
)
x, y, n, i, m, v = symbols_of(WHERE)
first, second = NamedLaw("p"), NamedLaw("s", x)
DATUM, WEIGHT = Function("x", real=True)(i), Function("w", positive=True)(i)


def over_both(f: Expr) -> Expectation:
    """E f(x, y)."""
    return Expectation(Expectation(f, y, second), x, first)


given = Expectation(y, y, second)
spread = over_both(y**2) - over_both(y) ** 2

total_variance_any_eq = Derivation(
    claim=Claim(
        "total_variance_any_eq",
        spread,
        Expectation(Variance(y, y, second), x, first) + Variance(given, x, first),
        named(WHERE, "x y"),
        convention=(ANY, "E Y² − (E Y)² under the law of y alone, drawn by way of x", "within, and between"),
        source=Source("soch2020", "proof P292"),
    ),
    steps=(
        Step("E Y² − (E Y)²", spread),
        Step(
            "E is linear: (E[Y | X])² taken away and added",
            Expectation(Expectation(y**2, y, second) - given**2, x, first)
            + (Expectation(given**2, x, first) - Expectation(given, x, first) ** 2),
        ),
        Step(
            "the definition of a variance, given x and of what is given",
            Expectation(Variance(y, y, second), x, first) + Variance(given, x, first),
        ),
    ),
)

together = over_both(x * y) - Expectation(x, x, first) * over_both(y)

covariance_by_conditional_mean_eq = Derivation(
    claim=Claim(
        "covariance_by_conditional_mean_eq",
        together,
        Covariance(x, given, x, first),
        named(WHERE, "x y"),
        convention=(ANY, "so what y has beyond its mean given x is uncorrelated with x"),
        source=Source("soch2020", "proof P293"),
    ),
    steps=(
        Step("E XY − E X E Y", together),
        Step(
            "E is linear: given x, it is a constant",
            Expectation(x * given, x, first) - Expectation(x, x, first) * Expectation(given, x, first),
        ),
        Step("the definition of a covariance", Covariance(x, given, x, first)),
    ),
)


def over(f: Expr) -> Sum:
    """The sum over all data."""
    return Sum(f, (i, 1, n))


expected = over(WEIGHT * (-((DATUM - m) ** 2) / (2 * v) - log(2 * pi * v) / 2))

em_mean_any_eq = Derivation(
    claim=Claim(
        "em_mean_any_eq",
        Argmax(expected, m),
        over(WEIGHT * DATUM) / over(WEIGHT),
        named(WHERE, "n i m v"),
        convention=(EM,),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("where the log-likelihood, weighted by responsibilities, is greatest", Argmax(expected, m)),
        Step("the slope Σ w(x − m)/v falls through zero once", over(WEIGHT * DATUM) / over(WEIGHT)),
    ),
)

em_variance_slope_any_eq = Derivation(
    claim=Claim(
        "em_variance_slope_any_eq",
        Derivative(expected, v),
        (over(WEIGHT * (DATUM - m) ** 2) / over(WEIGHT) - v) * over(WEIGHT) / (2 * v**2),
        named(WHERE, "n i m v"),
        convention=(EM, "zero at v = Σ w(x − m)²/Σ w alone, positive below it and negative above"),
        source=Source("bishop2006", "section 9.4"),
    ),
    steps=(
        Step("the slope in the variance", Derivative(expected, v)),
        Step(
            "the derivative, term by term",
            over(WEIGHT * (DATUM - m) ** 2) / (2 * v**2) - over(WEIGHT) / (2 * v),
        ),
        Step(
            "Σ w/(2v²) taken out",
            (over(WEIGHT * (DATUM - m) ** 2) / over(WEIGHT) - v) * over(WEIGHT) / (2 * v**2),
        ),
    ),
)

DERIVATIONS = (
    total_variance_any_eq,
    covariance_by_conditional_mean_eq,
    em_mean_any_eq,
    em_variance_slope_any_eq,
)
