"""Laws with one value, what has no value but drops out, exponentials that rise at a pole, means that are not real,
letters that promise what their law does not keep, and slopes across the cut of a root.
"""

from __future__ import annotations

import sympy as sp
from sympy import Derivative, Integral, Limit, Sum, exp, log, sqrt

from claims.claim import Claim, Derivation, Lemma, Step
from claims.domains import Integer, Variable, named
from claims.grounds import Jensen, Mean, OverTangent, Sign
from claims.indicators import IsZero
from claims.laws import (
    Bernoulli,
    Binomial,
    Cauchy,
    DiscreteUniform,
    Exponential,
    Gamma,
    Laplace,
    Poisson,
    Rayleigh,
    Uniform,
)
from claims.notation import KL, Argmin, CrossEntropy, Density, Entropy, Expectation, Law, Normal
from property_tests.derivations.adversarial.pairs import (
    HALF,
    STANDARD,
    WHERE,
    Link,
    P,
    Pair,
    c,
    eq,
    h,
    le,
    m,
    n,
    r,
    s,
    t,
    u,
    x,
    y,
)  # fmt: skip

i, j = sp.symbols("i j", integer=True)
a, w = sp.Function("a", real=True), sp.Function("w", positive=True)
STILL = Normal(0, u)
"""A normal law that may have no variance."""
NOTHING = sqrt(2) + sqrt(3) - sqrt(5 + 2 * sqrt(6))


def mean(f: sp.Expr, law: Law = P) -> Expectation:
    return Expectation(f, x, law)


def ratio(top: Law, bottom: Law) -> sp.Expr:
    return Density(top, x) / Density(bottom, x)


def over(f: sp.Expr) -> Sum:
    return Sum(f, (i, 1, n))


def one_more(f: sp.Expr, law: Law) -> Link:
    """E(f + 1) − E f = 1, which holds where f has a mean."""
    return eq(mean(f + 1, law) - mean(f, law), 1)


ONE_VALUE = tuple(
    Pair("laws that may have one value", *pair)
    for pair in (
        (
            eq(mean(ratio(P, STILL), STILL), 1),
            eq(mean(ratio(P, Laplace(0, s)), Laplace(0, s)), 1),
        ),
        (
            eq(mean(x * ratio(Laplace(0, 1), STILL), STILL), 0),
            eq(mean(x * ratio(Laplace(0, 1), Laplace(m, s)), Laplace(m, s)), 0),
        ),
        (
            eq(mean(ratio(Binomial(n, t), Binomial(n, c)), Binomial(n, c)), 1),
            eq(mean(ratio(Binomial(n, c), Binomial(n, t)), Binomial(n, t)), 1),
        ),
        (
            eq(CrossEntropy(P, STILL) - KL(P, STILL), Entropy(P)),
            eq(CrossEntropy(P, Normal(0, s)) - KL(P, Normal(0, s)), Entropy(P)),
        ),
        (
            eq(CrossEntropy(Bernoulli(t), Bernoulli(c)) - KL(Bernoulli(t), Bernoulli(c)), Entropy(Bernoulli(t))),
            eq(CrossEntropy(Bernoulli(t), Bernoulli(HALF)) - KL(Bernoulli(t), Bernoulli(HALF)), Entropy(Bernoulli(t))),
        ),
        (eq(mean((x**2 + x) / x, STILL), 1), eq(mean((x**2 + x) / x, Normal(0, s)), 1)),
        (
            eq(mean((x**2 + x) / x, DiscreteUniform(-1, 1)), mean(x + 1, DiscreteUniform(-1, 1))),
            eq(mean((x**2 + x) / x, DiscreteUniform(1, 3)), mean(x + 1, DiscreteUniform(1, 3))),
        ),
        (eq(mean((x**2 + x) / x, Poisson(s)), s + 1), eq(mean((x**2 + x) / x, Exponential(s)), 1 / s + 1)),
    )
)

RISING = tuple(
    Pair("means that are infinite", *pair)
    for pair in (
        (one_more(exp(log(x) ** 2), Uniform(0, 1)), one_more(exp(-(log(x) ** 2)), Uniform(0, 1))),
        (one_more(exp(-s * log(x)), Uniform(0, 1)), one_more(exp(s * log(x)), Uniform(0, 1))),
        (one_more(exp(log(x) ** 2), Rayleigh(1)), one_more(exp(log(1 + x**2)), Rayleigh(1))),
        (
            one_more(Density(Normal(0, x**2), 0), STANDARD),
            one_more(Density(Normal(0, 1 + x**2), 0), STANDARD),
        ),
        (
            one_more(Expectation(sp.Abs(y + exp(x**4)), y, P), STANDARD),
            one_more(Expectation(sp.Abs(y + x**4), y, P), STANDARD),
        ),
        (
            one_more(Expectation(sp.Abs(y + x), y, P), Cauchy(0, 1)),
            one_more(Expectation(sp.tanh(y + x), y, P), Cauchy(0, 1)),
        ),
        (one_more(exp(x ** sp.Rational(201, 200)), Poisson(s)), one_more(exp(2 * x), Poisson(s))),
    )
)

NOT_REAL = tuple(
    Pair("means that are not real", *pair)
    for pair in (
        (le(0, mean(log(x), STANDARD) ** 2), le(0, mean(log(sp.Abs(x)), STANDARD) ** 2)),
        (
            le(0, mean(sqrt(x), STANDARD) ** 2, Sign(mean(sqrt(x), STANDARD) ** 2)),
            le(0, mean(sqrt(sp.Abs(x)), STANDARD) ** 2, Sign(mean(sqrt(sp.Abs(x)), STANDARD) ** 2)),
        ),
        (le(0, mean(sqrt(x), Laplace(m, s)) ** 2), le(0, mean(sqrt(x), Gamma(s, r)) ** 2)),
    )
)

DROPPED = tuple(
    Pair("what has no value and drops out", *pair)
    for pair in (
        (eq(Derivative(mean(x, Cauchy(0, 1)) + y, y), 1), eq(Derivative(mean(x) + y, y), 1)),
        (eq(Limit(mean(x, Cauchy(0, 1)) * h, h, 0), 0), eq(Limit(mean(x) * h, h, 0), 0)),
        (eq(over(IsZero(i - n - 1) * mean(x, Cauchy(0, 1))), 0), eq(over(IsZero(i - n - 1) * mean(x)), 0)),
        (
            eq(Derivative(Integral(1 / x, (x, 0, 1)) + y, y), 1),
            eq(Derivative(Integral(x**2, (x, 0, 1)) + y, y), 1),
        ),
        (eq(Limit(h * Integral(1 / x, (x, 0, 1)), h, 0), 0), eq(Limit(h * Integral(x, (x, 0, 1)), h, 0), 0)),
        (eq(Derivative(Sum(1 / i, (i, 1, sp.oo)) + y, y), 1), eq(Derivative(over(1 / i) + y, y), 1)),
        (eq(Limit(h * Sum(2**i, (i, 1, sp.oo)), h, 0), 0), eq(Limit(h * over(2**i), h, 0), 0)),
        (le(0, Sum((-2) ** i, (i, 1, sp.oo)) ** 2), le(0, over(a(i)) ** 2)),
        (eq(Argmin((y - 1) ** 2 + mean(x, Cauchy(0, 1)), y), 1), eq(Argmin((y - 1) ** 2 + mean(x, STANDARD), y), 1)),
    )
)

NO_TERMS = tuple(
    Pair("places of ranges", *pair)
    for pair in (
        (eq(Sum(a(i), (i, 3, 1)), -a(2)), eq(Sum(a(i), (i, 2, 1)), 0)),
        (eq(over((i**2 - 9) / (i - 3)), over(i + 3)), eq(over((i**2 - 9) / (i + 3)), over(i - 3))),
        (
            eq(Sum((i**2 - 9) / (i - 3), (i, 1, n), (j, 1, n)), Sum(i + 3, (i, 1, n), (j, 1, n))),
            eq(Sum((i**2 - 9) / (i + 3), (i, 1, n), (j, 1, n)), Sum(i - 3, (i, 1, n), (j, 1, n))),
        ),
        (
            eq(Sum((i**2 - j**2) / (i - j), (i, 1, n), (j, 1, n)), Sum(i + j, (i, 1, n), (j, 1, n))),
            eq(Sum((i**2 - j**2) / (i + j), (i, 1, n), (j, 1, n)), Sum(i - j, (i, 1, n), (j, 1, n))),
        ),
        (
            eq(Sum(2 * w(i), (i, 1, n - 1)) / Sum(w(i), (i, 1, n - 1)), 2),
            eq(Sum(2 * w(i), (i, 1, n + 1)) / Sum(w(i), (i, 1, n + 1)), 2),
        ),
    )
)

NAUGHT = tuple(
    Pair("numbers that are zero, below a line", *pair)
    for pair in (
        (
            eq(mean((y * x * NOTHING + x * NOTHING) / NOTHING), (y + 1) * mean(x)),
            eq(mean((y * x * sqrt(5) + x * sqrt(5)) / sqrt(5)), (y + 1) * mean(x)),
        ),
        (
            eq(
                (y + 1)
                * Integral(x * exp(-(x**2)), (x, -sp.oo, sp.oo))
                / Integral(x * exp(-(x**2)), (x, -sp.oo, sp.oo))
                + mean((y * x * (NOTHING + 0) + NOTHING) / NOTHING),
                y + 2 + y * mean(x),
            ),
            eq(mean((y * sp.pi * x + sp.pi) / (sp.pi + 1 - 1)), 1 + y * mean(x)),
        ),
    )
)

PROMISED = tuple(
    Pair("flags that a law does not keep", *pair)
    for pair in (
        (
            eq(Expectation(Expectation(y**2, y, Normal(0, s)), s, STANDARD), Expectation(s, s, STANDARD)),
            eq(Expectation(Expectation(y**2, y, Normal(0, s)), s, Exponential(1)), Expectation(s, s, Exponential(1))),
        ),
        (
            eq(Expectation(log(s * r), s, STANDARD), log(r) + Expectation(log(s), s, STANDARD)),
            eq(Expectation(log(s * r), s, Gamma(1, 2)), log(r) + Expectation(log(s), s, Gamma(1, 2))),
        ),
        (
            eq(Expectation(sp.Max(n, 1) + 1, n, Poisson(s)), Expectation(n, n, Poisson(s)) + 1),
            eq(Expectation(n + 1, n, DiscreteUniform(1, 3)), Expectation(n, n, DiscreteUniform(1, 3)) + 1),
        ),
        (
            le(0, mean((x**3 - (x + 1) ** 3) / 2 + HALF**3), Mean(Jensen(u**3, u, (HALF, HALF), (x, -x - 1)), x, P)),
            le(0, mean((x**2 + (x + 1) ** 2) / 2 - HALF**2), Mean(Jensen(m**2, m, (HALF, HALF), (x, -x - 1)), x, P)),
        ),
        (
            le(mean(3 * x - 2), mean(x**3), Mean(OverTangent(u**3, u, sp.S.One, x), x, P)),
            le(mean(2 * x - 1), mean(x**2), Mean(OverTangent(m**2, m, sp.S.One, x), x, P)),
        ),
        (
            le(
                (3 - 9 * mean(exp(x))) / 24 - sp.Rational(1, 24),
                mean(exp(3 * x) / 6 - exp(2 * x) / 2),
                Mean(OverTangent(n**3 / 6 - n**2 / 2, n, HALF, exp(x)), x, P),
            ),
            le(
                (3 * mean(exp(x)) - 1) / 4,
                mean(exp(3 * x)),
                Mean(OverTangent(s**3, s, HALF, exp(x)), x, P),
            ),
        ),
    )
)

CUTS = tuple(
    Pair("slopes across a cut", *pair)
    for pair in (
        (
            eq(Derivative(sqrt(exp(sp.I * x)), x), sp.I * sqrt(exp(sp.I * x)) / 2),
            eq(Derivative(sqrt(exp(x) + 1), x), exp(x) / (2 * sqrt(exp(x) + 1))),
        ),
        (
            eq(Derivative(sqrt(log(x) ** 2), x), log(x) / (x * sqrt(log(x) ** 2))),
            eq(Derivative(sqrt(log(1 + x**2)), x), x / ((1 + x**2) * sqrt(log(1 + x**2)))),
        ),
        (eq(Derivative(log(exp(sp.I * x)), x), sp.I), eq(Derivative(exp(sp.I * x), x), sp.I * exp(sp.I * x))),
    )
)

signed = Derivation(
    Claim("signed", x * sp.sign(x) ** 2, x, named(WHERE, "x")),
    (Step("any number", x * sp.sign(x) ** 2), Step("above zero, below it and at it", x)),
)
summed = Derivation(
    Claim("summed", over(y + a(i)), n * y + over(a(i)), (*named(WHERE, "y n"), Variable("i", Integer()))),
    (Step("any terms", over(y + a(i))), Step("y for each", n * y + over(a(i)))),
)
LEMMAS = tuple(
    Pair("lemmas where they do not hold", *pair)
    for pair in (
        (
            eq(sp.sign(x) ** 2, 1).by(Lemma(signed, (), 1 / x)),
            eq(x**2 * sp.sign(x) ** 2, x**2).by(Lemma(signed, (), x)),
        ),
        (
            eq(sp.sign(x) ** 2, 1).by(
                Lemma(signed, ((x * sp.sign(x) ** 2, x + 1 - sp.sign(x) ** 2),), sp.S.NegativeOne)
            ),
            eq(y * sp.sign(y) ** 2, y).by(Lemma(signed, ((x, y),))),
        ),
        (
            eq(over(i + a(i)), n * i + over(a(i))).by(Lemma(summed, ((y, i),))),
            eq(over(m + a(i)), n * m + over(a(i))).by(Lemma(summed, ((y, m),))),
        ),
    )
)

PAIRS = (*ONE_VALUE, *RISING, *NOT_REAL, *DROPPED, *NO_TERMS, *NAUGHT, *PROMISED, *CUTS, *LEMMAS)
