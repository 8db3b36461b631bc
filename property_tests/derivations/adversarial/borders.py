"""Limits that differ where a letter is zero, divergences that drop out, determinants and traces, poles of factorials,
places outside of a range of letters, grounds that do not stand, and letters that two draws share.
"""

from __future__ import annotations

import sympy as sp
from sympy import Derivative, Determinant, Integral, Limit, Product, Sum, exp, log

from claims.grounds import Gibbs, Jensen, Mean, Modulus, Sign, Tangent, Times
from claims.indicators import IsZero
from claims.laws import (
    Bernoulli,
    Beta,
    Cauchy,
    Exponential,
    Geometric,
    InverseGamma,
    Laplace,
    NegativeBinomial,
    Pareto,
    StudentT,
    Uniform,
    Written,
)
from claims.notation import KL, Argmax, Argmin, CrossEntropy, Density, Entropy, Expectation, Law, Variance
from property_tests.derivations.adversarial.pairs import (
    HALF,
    STANDARD,
    P,
    Pair,
    Q,
    c,
    eq,
    h,
    k,
    le,
    m,
    n,
    r,
    s,
    t,
    u,
    x,
    y,
    z,
)  # fmt: skip

i = sp.Symbol("i", integer=True)
g, w = sp.Function("g", real=True), sp.Function("w", positive=True)
HEAVY, LIGHT = Cauchy(0, 1), Laplace(0, 1)
A, B = sp.Matrix([[x, y], [m, z]]), sp.Matrix([[1, m], [y, s]])


def mean(f: sp.Expr, law: Law = P) -> Expectation:
    return Expectation(f, x, law)


def over(f: sp.Expr) -> Sum:
    return Sum(f, (i, 1, n))


LIMITS = tuple(
    Pair("limits where a letter may be zero", *pair)
    for pair in (
        (eq(Limit(h / (h + x**2), h, 0), 0), eq(Limit(h / (h + s**2), h, 0), 0)),
        (eq(Limit(h / (h + u), h, 0), 0), eq(Limit(h / (h + s), h, 0), 0)),
        (eq(Limit(h**u, h, 0), 0), eq(Limit(h**s, h, 0), 0)),
        (eq(Limit(exp(-u / h), h, 0), 0), eq(Limit(exp(-s / h), h, 0), 0)),
        (eq(Limit(n ** (-u), n, sp.oo), 0), eq(Limit(n ** (-s), n, sp.oo), 0)),
        (eq(Limit(n * u / (1 + n * u), n, sp.oo), 1), eq(Limit(n * s / (1 + n * s), n, sp.oo), 1)),
        (eq(Limit(n * x**2 / (1 + n * x**2), n, sp.oo), 1), eq(Limit(n * s**2 / (1 + n * s**2), n, sp.oo), 1)),
        (eq(Limit(log(1 + n * u) / log(n), n, sp.oo), 1), eq(Limit(log(1 + n * s) / log(n), n, sp.oo), 1)),
        (eq(Limit(log(u + h) / log(h), h, 0), 0), eq(Limit(log(s + h) / log(h), h, 0), 0)),
        (eq(Limit(h * sp.gamma(h + u), h, 0), 0), eq(Limit(h * sp.gamma(h + s), h, 0), 0)),
        (eq(Limit(h * sp.digamma(h + u), h, 0), 0), eq(Limit(h * sp.digamma(h + s), h, 0), 0)),
        (eq(Limit(sp.erf(n * u), n, sp.oo), 1), eq(Limit(sp.erf(n * s), n, sp.oo), 1)),
        (eq(Limit(1 / (1 + exp(-n * u)), n, sp.oo), 1), eq(Limit(1 / (1 + exp(-n * s)), n, sp.oo), 1)),
        (
            eq(Limit((exp(h * x) - 1) / (h * x), h, 0), 1),
            eq(Limit((exp(h * s) - 1) / (h * s), h, 0), 1),
        ),
        (eq(Limit((s**n + r**n) ** (1 / n), n, sp.oo), s), eq(Limit((1 + t**n) ** (1 / n), n, sp.oo), 1)),
    )
)

DROPPED = tuple(
    Pair("divergences and poles that drop out", *pair)
    for pair in (
        (eq(Derivative(KL(HEAVY, STANDARD) + y, y), 1), eq(Derivative(KL(LIGHT, STANDARD) + y, y), 1)),
        (eq(Limit(h * CrossEntropy(HEAVY, STANDARD), h, 0), 0), eq(Limit(h * CrossEntropy(LIGHT, STANDARD), h, 0), 0)),
        (
            eq(Derivative(KL(STANDARD, Uniform(0, 1)) + y, y), 1),
            eq(Derivative(KL(Uniform(0, 1), STANDARD) + y, y), 1),
        ),
        (
            eq(CrossEntropy(STANDARD, Uniform(0, 1)) - KL(STANDARD, Uniform(0, 1)), Entropy(STANDARD)),
            eq(CrossEntropy(Uniform(0, 1), STANDARD) - KL(Uniform(0, 1), STANDARD), Entropy(Uniform(0, 1))),
        ),
        (eq(Derivative(Variance(x, x, HEAVY) + y, y), 1), eq(Derivative(Variance(x, x, LIGHT) + y, y), 1)),
        (
            eq(Determinant(sp.Matrix([[1, mean(x, HEAVY)], [0, 1]])), 1),
            eq(Determinant(sp.Matrix([[1, mean(x)], [0, 1]])), 1),
        ),
        (eq(Determinant(sp.Matrix([[1, 1 / x], [0, 1]])), 1), eq(Determinant(sp.Matrix([[1, 1 / s], [0, 1]])), 1)),
        (eq(Derivative(1 / x + y, y), 1), eq(Derivative(1 / s + y, y), 1)),
        (eq(Limit(h / x, h, 0), 0), eq(Limit(h / s, h, 0), 0)),
        (eq(Argmin((y - 1) ** 2 + 1 / x, y), 1), eq(Argmin((y - 1) ** 2 + 1 / s, y), 1)),
        (
            eq(Derivative(Product(1 + i, (i, 1, sp.oo)) + y, y), 1),
            eq(Derivative(Product(w(i), (i, 1, n)) + y, y), 1),
        ),
        (eq(Derivative(Argmin(x, x) + y, y), 1), eq(Derivative(Argmin((x - 1) ** 2, x) + y, y), 1)),
        (eq(Limit(h * Argmax(x**2, x), h, 0), 0), eq(Limit(h * Argmax(-(x**2), x), h, 0), 0)),
        (eq(Limit(h * Derivative(sp.Abs(x), x), h, 0), 0), eq(Limit(h * Derivative(x**2, x), h, 0), 0)),
        (eq(Derivative(Derivative(sp.Abs(x), x) + y, y), 1), eq(Derivative(Derivative(g(x), x) + y, y), 1)),
        (eq(over(IsZero(i - n - 1) / x), 0), eq(over(IsZero(i - n - 1) / s), 0)),
        (eq(over(IsZero(i - n) / (i - n)), 0), eq(over(IsZero(i - n) / (i + n)), 1 / (2 * n))),
    )
)

MATRICES = tuple(
    Pair("matrices", *pair)
    for pair in (
        (eq(Determinant(2 * A), 2 * Determinant(A)), eq(Determinant(2 * A), 4 * Determinant(A))),
        (
            eq(Determinant(A + B), Determinant(A) + Determinant(B)),
            eq(Determinant(A * B), Determinant(A) * Determinant(B)),
        ),
        (eq(Determinant(-A), -Determinant(A)), eq(Determinant(-A), Determinant(A))),
        (eq(sp.Abs(Determinant(A)), Determinant(A)), eq(sp.Abs(Determinant(A)) ** 2, Determinant(A) ** 2)),
        (eq((A * B)[0, 1], (B * A)[0, 1]), eq((A * B).trace(), (B * A).trace())),
        (eq((A * B * A.T).trace(), (A * A.T * B.T).trace() + 1), eq((A * B * A.T).trace(), (A.T * A * B).trace())),
        (eq((A * B * A.T).trace(), (A * A.T * B).trace()), eq((A * B * A.T).trace(), (A * B.T * A.T).trace())),
        (eq(Determinant(A.T * A), Determinant(A)), eq(Determinant(A.T * A), Determinant(A) ** 2)),
        (
            eq(log(Determinant(A * B)), log(Determinant(A)) + log(Determinant(B))),
            eq(log(Determinant(sp.diag(s, r))), log(s) + log(r)),
        ),
        (
            eq((A.adjugate() * A)[0, 0] / Determinant(A), 1),
            eq((A.adjugate() * A)[0, 0], Determinant(A)),
        ),
    )
)

FACTORIALS = tuple(
    Pair("factorials and powers of zero", *pair)
    for pair in (
        (eq(sp.factorial(k), k * sp.factorial(k - 1)), eq(sp.factorial(n), n * sp.factorial(n - 1))),
        (eq(sp.binomial(k, n), sp.binomial(k, k - n)), eq(sp.binomial(n, 2), n * (n - 1) / 2)),
        (
            eq(sp.binomial(n, k + 1) / sp.binomial(n, k), (n - k) / (k + 1)),
            eq(sp.gamma(s + 2) / sp.gamma(s), s * (s + 1)),
        ),
        (eq(sp.S.Zero**u, 0), eq(u * sp.S.Zero**s, 0)),
        (eq(sp.S.Zero**u, 1), eq(u**0, 1)),
        (eq(mean(x**u, Bernoulli(t)), t), eq(mean(x**s, Bernoulli(t)), t)),
        (eq(sp.Abs(x) ** y, x**y), eq(sp.Abs(s) ** y, s**y)),
        (eq(sp.re(log(x)), log(x)), eq(sp.re(log(s)), log(s))),
    )
)

PLACES = tuple(
    Pair("places outside of a range, and ties", *pair)
    for pair in (
        (eq(Argmin((s - x) ** 2, s), x), eq(Argmin((s - r) ** 2, s), r)),
        (eq(Argmin((t - s) ** 2, t), s), eq(Argmin((s - t) ** 2, s), t)),
        (eq(Argmax((n - 1) * log(s) - s * r, s), (n - 1) / r), eq(Argmax(n * log(s) - s * r, s), n / r)),
        (eq(Argmax(u * log(s) - s, s), u), eq(Argmax(r * log(s) - s, s), r)),
        (
            eq(Argmax(c * log(t) + (1 - c) * log(1 - t), t), c),
            eq(Argmax(HALF * log(t) + HALF * log(1 - t), t), HALF),
        ),
        (eq(Argmin(mean((x - m) ** 2, HEAVY), m), 0), eq(Argmin(mean((x - m) ** 2, LIGHT), m), 0)),
        (eq(Sum(1, (i, 1, k)), k), eq(over(sp.S.One), n)),
        (eq(Sum(i, (i, 1, k)), k * (k + 1) / 2), eq(over(i), n * (n + 1) / 2)),
        (eq(over(IsZero(i - 1) * IsZero(i - 2)), 1), eq(over(IsZero(i - 1) * IsZero(i)), 0)),
        (eq(Integral(x ** (n - 2), (x, 0, 1)), 1 / (n - 1)), eq(Integral(x ** (n - 1), (x, 0, 1)), 1 / n)),
    )
)

SHARED = tuple(
    Pair("letters that two draws share", *pair)
    for pair in (
        (eq(mean(mean(x * x)), mean(x) ** 2), eq(mean(mean(x * x)), mean(x**2))),
        (eq(mean(x * mean(x, Q)), mean(x**2)), eq(mean(x * mean(x, Q)), mean(x, Q) * mean(x))),
        (eq(mean(mean(x, Q)), mean(x)), eq(mean(mean(x, Q)), mean(x, Q))),
        (
            eq(Argmin((x - Argmin((x - 1) ** 2, x) - x) ** 2, x), 1),
            eq(Argmin((x - Argmin((x - 1) ** 2, x)) ** 2, x), 1),
        ),
    )
)

GROUNDS = tuple(
    Pair("grounds that do not stand", *pair)
    for pair in (
        (
            le(((3 * x - y) / 2) ** 2, (3 * x**2 - y**2) / 2, Jensen(m**2, m, (3 * HALF, -HALF), (x, y))),
            le(((3 * x + y) / 4) ** 2, (3 * x**2 + y**2) / 4, Jensen(m**2, m, (3 * HALF / 2, HALF / 2), (x, y))),
        ),
        (
            le(log((s + r) / 2), (log(s) + log(r)) / 2, Jensen(log(h), h, (HALF, HALF), (s, r))),
            le((log(s) + log(r)) / 2, log((s + r) / 2), Jensen(-log(h), h, (HALF, HALF), (s, r))),
        ),
        (
            le(log(x), sp.Abs(log(x)), Modulus(log(x))),
            le(log(s), sp.Abs(log(s)), Modulus(log(s))),
        ),
        (
            le(Entropy(P), CrossEntropy(Q, P), Gibbs(P, Q)),
            le(Entropy(P), CrossEntropy(P, Q), Gibbs(P, Q)),
        ),
        (le(mean(x**2), mean(x) ** 2), le(mean(x) ** 2, mean(x**2), Mean(Sign((x - mean(x)) ** 2), x, P))),
        (
            le(0, x * (s - 1 - log(s)), Times(x, Tangent(s))),
            le(0, x**2 * (s - 1 - log(s)), Times(x**2, Tangent(s))),
        ),
    )
)

DOMAINS = tuple(
    Pair("parameters at the end of their range", *pair)
    for pair in (
        (eq(mean(x, Uniform(0, u)), u / 2), eq(mean(x, Uniform(0, s)), s / 2)),
        (eq(mean(x**2, StudentT(2 + u)), (2 + u) / u), eq(mean(x**2, StudentT(2 + s)), (2 + s) / s)),
        (eq(mean(exp(c * x), Exponential(1)), 1 / (1 - c)), eq(mean(exp(t * x), Exponential(1)), 1 / (1 - t))),
        (
            eq(mean(exp(c * x**2 / 2), STANDARD), 1 / sp.sqrt(1 - c)),
            eq(mean(exp(t * x**2 / 2), STANDARD), 1 / sp.sqrt(1 - t)),
        ),
        (
            eq(mean(x, NegativeBinomial(r, c)), r * (1 - c) / c),
            eq(mean(x, NegativeBinomial(r, t)), r * (1 - t) / t),
        ),
        (eq(mean(x, Geometric(c)), 1 / c), eq(mean(x, Geometric(t)), 1 / t)),
        (eq(mean(log(x), Beta(u, 1)), -1 / u), eq(mean(log(x), Beta(s, 1)), sp.digamma(s) - sp.digamma(s + 1))),
        (eq(mean(x, InverseGamma(s, r)), r / (s - 1)), eq(mean(1 / x, InverseGamma(s, r)), s / r)),
        (eq(mean(x, Pareto(1, s)), s / (s - 1)), eq(mean(log(x), Pareto(1, s)), 1 / s)),
    )
)

PIECES = Written(
    sp.Tuple(*(sp.Tuple(sp.Lambda(x, HALF), sp.Integer(low), sp.Integer(low + 1)) for low in (0, 2))),
    sp.false,
    sp.Tuple(),
    sp.Tuple(),
)
TAIL = Written(sp.Tuple(sp.Tuple(sp.Lambda(x, x**-2), sp.S.One, sp.oo)), sp.false, sp.Tuple(), sp.Tuple())
WRITTEN = tuple(
    Pair("laws that are given by a formula", *pair)
    for pair in (
        (
            eq(mean(Density(Uniform(0, 3), x) / Density(PIECES, x), PIECES), 1),
            eq(mean(sp.S(3), PIECES), 3),
        ),
        (eq(mean(x + 1, TAIL) - mean(x, TAIL), 1), eq(mean(y, TAIL), y)),
        (eq(mean(2 * x, TAIL), 2 * mean(x, TAIL)), eq(2 * mean(y**2, TAIL), mean(2 * y**2, TAIL))),
    )
)

PAIRS = (*GROUNDS, *DOMAINS, *WRITTEN, *LIMITS, *DROPPED, *MATRICES, *FACTORIALS, *PLACES, *SHARED)
