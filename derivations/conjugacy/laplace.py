"""Laplace's approximation, and what a parameter costs in the evidence.

Claim   ∫ e^(L − h(x − x̂)²/2) dx = e^L √(2π/h), and the curvature h of a Gamma and of a Beta posterior; of n normal
        draws the log evidence is log p(x | x̂) − ½ log(1 + nt/v) − (x̄ − m)²/(2(t + v/n)), which with ½ log n added has a
        limit; of d parameters det(nH) = n^d det H
Route   Gauss's integral, slopes of a log posterior, and a limit.
"""

from __future__ import annotations

from sympy import Derivative, Determinant, Expr, Integral, Limit, Matrix, exp, log, oo, pi, sqrt

from claims.claim import Claim, Derivation, Source, Step
from claims.domains import Integer, Positive, Real, Variable, named, symbols_of
from claims.notation import Argmax, Density, Normal

WHERE = (
    Variable("x", Real(), "the parameter, integrated over"),
    Variable("y", Real(), "the place of the maximum, x̂; of draws their mean x̄"),
    Variable("L", Real(), "the log of likelihood times prior at its maximum"),
    Variable("h", Positive(), "minus its second slope there"),
    Variable("r", Positive(), "a rate"),
    Variable("a", Positive(), "the exponent of the rate, or of the odds: one less than a shape"),
    Variable("b", Positive(), "the other exponent"),
    Variable("z", Real(), "the log odds of a probability"),
    Variable("n", Integer(1), "the number of draws"),
    Variable("w", Positive(), "the number of draws, as it grows"),
    Variable("m", Real(), "the mean of the prior"),
    Variable("t", Positive(), "the VARIANCE of the prior"),
    Variable("v", Positive(), "the VARIANCE of a draw"),
    *(Variable(f"h_{k}", Real(), f"entry {k} of the curvature of one draw, by rows") for k in range(1, 10)),
)
x, y, L, h, r, a, b, z, n, w, m, t, v = symbols_of(WHERE[:13])
entries = symbols_of(WHERE[13:])
APART = "log is natural; the approximation is e^L √(2π/h), L and h at the maximum"
NOTES = Source("wentworth2019", "BIC derivation")


def everywhere(f: Expr) -> Integral:
    """The integral over the whole line."""
    return Integral(f, (x, -oo, oo))


parabola = exp(L - h * (x - y) ** 2 / 2)

laplace_parabola_eq = Derivation(
    claim=Claim(
        "laplace_parabola_eq",
        log(everywhere(parabola)),
        L + log(2 * pi) / 2 - log(h) / 2,
        named(WHERE, "x y L h"),
        convention=(APART, "exact for a normal posterior; of others the parabola is the log to second order"),
        source=NOTES,
    ),
    steps=(
        Step("the log of the integral of the parabola's exponential", log(everywhere(parabola))),
        Step("Gauss's integral is √(2π/h)", log(exp(L) * sqrt(2 * pi / h))),
        Step("the log of a product", L + log(2 * pi) / 2 - log(h) / 2),
    ),
)

gamma_log = a * log(r) - b * r

laplace_gamma_eq = Derivation(
    claim=Claim(
        "laplace_gamma_eq",
        -Derivative(gamma_log, (r, 2)),
        a / r**2,
        named(WHERE, "r a b"),
        convention=(
            "log p(r | data) = a log r − br and a constant: Gamma(a + 1, b)",
            "at the mode a/b it is b²/a: the approximation is N(a/b, a/b²), with the VARIANCE a/b²",
        ),
        source=Source("aliquis2026", "Laplace approximation, derivation"),
    ),
    steps=(
        Step("minus the second slope of the log posterior", -Derivative(gamma_log, (r, 2))),
        Step("the derivative once: the score", -Derivative(a / r - b, r)),
        Step("the derivative again", a / r**2),
    ),
)

laplace_gamma_mode_eq = Derivation(
    claim=Claim(
        "laplace_gamma_mode_eq",
        Argmax(gamma_log, r),
        a / b,
        named(WHERE, "r a b"),
        convention=("log p(r | data) = a log r − br and a constant: Gamma(a + 1, b)",),
        source=Source("aliquis2026", "Laplace approximation, derivation"),
    ),
    steps=(
        Step("where the log posterior is greatest", Argmax(gamma_log, r)),
        Step("the slope a/r − b falls through zero at a/b alone", a / b),
    ),
)

odds_log = a * z - (a + b) * log(1 + exp(z))

laplace_beta_logit_eq = Derivation(
    claim=Claim(
        "laplace_beta_logit_eq",
        -Derivative(odds_log, (z, 2)),
        (a + b) * exp(z) / (1 + exp(z)) ** 2,
        named(WHERE, "z a b"),
        convention=(
            "log p(z | data) = a z − (a + b) log(1 + e^z) and a constant: Beta(a, b) in its log odds",
            "at the mode log a/b it is ab/(a + b)",
        ),
        source=Source("aliquis2026", "Laplace approximation, derivation"),
    ),
    steps=(
        Step("minus the second slope of the log posterior", -Derivative(odds_log, (z, 2))),
        Step("the derivative once: a less a + b times the probability", -Derivative(a - (a + b) / (1 + exp(-z)), z)),
        Step("the derivative again: p(1 − p)", (a + b) * exp(z) / (1 + exp(z)) ** 2),
    ),
)

DRAWS = "n draws of N(x, v) with the mean y = x̄, prior x ~ N(m, t): p(draws | x) = p(draws | x̄) e^(−n(x − x̄)²/(2v))"
evidence = log(everywhere(exp(-n * (x - y) ** 2 / (2 * v)) * Density(Normal(m, t), x)))

bic_normal_eq = Derivation(
    claim=Claim(
        "bic_normal_eq",
        evidence,
        -log(1 + n * t / v) / 2 - (y - m) ** 2 / (2 * (t + v / n)),
        named(WHERE, "x y n m t v"),
        convention=(DRAWS, "the log evidence less the log-likelihood at its maximum, exactly: about −½ log n"),
        source=NOTES,
    ),
    steps=(
        Step("the log of the evidence over the greatest likelihood", evidence),
        Step(
            "the likelihood is √(2πv/n) times a normal density of x̄: two normal laws in one integral",
            log(sqrt(2 * pi * v / n) * exp(-((y - m) ** 2) / (2 * (t + v / n))) / sqrt(2 * pi * (t + v / n))),
        ),
        Step("the log of a product", -log(1 + n * t / v) / 2 - (y - m) ** 2 / (2 * (t + v / n))),
    ),
)

growing = -log(1 + w * t / v) / 2 - (y - m) ** 2 / (2 * (t + v / w)) + log(w) / 2

bic_limit_eq = Derivation(
    claim=Claim(
        "bic_limit_eq",
        Limit(growing, w, oo, dir="-"),
        log(v / t) / 2 - (y - m) ** 2 / (2 * t),
        named(WHERE, "y w m t v"),
        convention=(
            DRAWS,
            "log p(draws | x̄) − ½ log n and what stays bounded: BIC is −2 log p(draws | x̂) + d log n",
            "w is n, as it grows",
        ),
        source=NOTES,
    ),
    steps=(
        Step("what bic_normal_eq leaves beside ½ log n, for many draws", Limit(growing, w, oo, dir="-")),
        Step(
            "w (1 + wt/v)⁻¹ and v/w go to v/t and 0",
            log(v / t) / 2 - (y - m) ** 2 / (2 * t),
        ),
    ),
)

H = Matrix(3, 3, entries)

bic_dimension_eq = Derivation(
    claim=Claim(
        "bic_dimension_eq",
        Determinant(n * H),
        n**3 * H.det(),
        named(WHERE, "n " + " ".join(f"h_{k}" for k in range(1, 10))),
        convention=(
            "H is the curvature of one draw's log-likelihood, three parameters: nH that of n draws",
            "so −½ log det(nH) = −(d/2) log n − ½ log det H for d = 3, the penalty of BIC",
        ),
        source=NOTES,
    ),
    steps=(
        Step("the determinant of the curvature of n draws", Determinant(n * H)),
        Step("linear in each of its three rows", n**3 * Determinant(H)),
        Step("the determinant of one draw's, written out: n³ stays before it", n**3 * H.det()),
    ),
)

DERIVATIONS = (
    laplace_parabola_eq,
    laplace_gamma_eq,
    laplace_gamma_mode_eq,
    laplace_beta_logit_eq,
    bic_normal_eq,
    bic_limit_eq,
    bic_dimension_eq,
)
