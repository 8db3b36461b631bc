"""Means with an exponential where there is none, conditions that don't hold, means that may be negative, and unknown
functions that are taken for known ones.
"""

from __future__ import annotations

import sympy as sp
from sympy import Derivative, exp

from claims.grounds import Mean, Sign, Tangent, Times
from claims.indicators import IsNonNegative, IsPositive
from claims.laws import Binomial, Exponential, Gamma, Poisson
from claims.notation import Expectation, Law, Normal
from property_tests.derivations.adversarial.pairs import P, Pair, Q, eq, le, m, n, r, s, t, x, y

g = sp.Function("g", real=True)
w = sp.Function("w", positive=True)
one = sp.Integer(1)


SLOPE = Derivative(g(x), x)
TAIL = w(x) - m * IsNonNegative(w(x) - m)


def mean(f: sp.Expr, law: Law = P) -> Expectation:
    return Expectation(f, x, law)


WEIGHED = tuple(
    Pair("means with an exponential", *pair)
    for pair in (
        (eq(mean(exp(s * x), Exponential(r)), r / (r - s)), eq(mean(exp(s * x), Exponential(r + s)), (r + s) / r)),
        (
            eq(mean(x * exp(s * x), Gamma(r, 1)), r * (1 - s) ** (-r - 1)),
            eq(mean(x * exp(s * x), Gamma(r, 1 + s)), r * (1 + s) ** r),
        ),
        (
            eq(mean(x * exp(y * x), Normal(m, s)), m * exp(m * y + s * y**2 / 2)),
            eq(mean(x * exp(y * x), Normal(m, s)), (m + s * y) * exp(m * y + s * y**2 / 2)),
        ),
        (
            eq(mean(x * exp(y * x), Poisson(r)), r * exp(r * (exp(y) - 1))),
            eq(mean(x * exp(y * x), Poisson(r)), r * exp(y + r * (exp(y) - 1))),
        ),
        (
            eq(mean(exp(y * x), Binomial(n, t)), (t + (1 - t) * exp(y)) ** n),
            eq(mean(exp(y * x), Binomial(n, t)), (1 - t + t * exp(y)) ** n),
        ),
        (eq(mean(x * exp(y), Normal(m, s)), exp(m + y)), eq(mean(x * exp(y), Normal(m, s)), m * exp(y))),
    )
)

CONDITIONS = tuple(
    Pair("conditions", *pair)
    for pair in (
        (
            le(IsNonNegative(x), x, Sign(x - IsNonNegative(x))),
            le(IsNonNegative(x - 1), x**2, Sign(x**2 - IsNonNegative(x - 1))),
        ),
        (
            le(IsNonNegative(x), IsPositive(x), Sign(IsPositive(x) - IsNonNegative(x))),
            le(IsPositive(x), IsNonNegative(x), Sign(IsNonNegative(x) - IsPositive(x))),
        ),
        (
            le(mean(IsNonNegative(x - s)), mean(x) / s, Mean(Sign(x / s - IsNonNegative(x - s)), x, P)),
            le(mean(IsNonNegative(w(x) - s)), mean(w(x)) / s, Mean(Sign(w(x) / s - IsNonNegative(w(x) - s)), x, P)),
        ),
        (
            le(
                mean(IsNonNegative(w(x) - m)) * m,
                mean(w(x)) / 2,
                Mean(Sign(w(x) / 2 - m * IsNonNegative(w(x) - m)), x, P),
            ),
            le(mean(IsNonNegative(w(x) - m)) * m, mean(w(x)), Mean(Sign(TAIL), x, P)),
        ),
        (
            le(0, m * IsNonNegative(y), Sign(m * IsNonNegative(y))),
            le(0, y * IsNonNegative(y), Sign(y * IsNonNegative(y))),
        ),
        (
            le(0, IsNonNegative(y) * (exp(m) - 1), Times(IsNonNegative(y), Tangent(exp(m)))),
            le(0, IsNonNegative(y) * (exp(m) - 1 - m), Times(IsNonNegative(y), Tangent(exp(m)))),
        ),
    )
)

MEANS = tuple(
    Pair("means of what has a sign", *pair)
    for pair in (
        (le(0, mean(x), Sign(mean(x))), le(0, mean(exp(x)), Sign(mean(exp(x))))),
        (le(0, mean(g(x)) * s, Sign(mean(g(x)) * s)), le(0, mean(w(x)) * s, Sign(mean(w(x)) * s))),
        (
            le(0, mean(exp(x)) - mean(exp(x), Q), Sign(mean(exp(x)) - mean(exp(x), Q))),
            le(0, mean(exp(x)) + mean(exp(x), Q), Sign(mean(exp(x)) + mean(exp(x), Q))),
        ),
    )
)

UNKNOWN = tuple(
    Pair("slopes of unknown functions, and under laws that move", *pair)
    for pair in (
        (eq(Derivative(g(x) ** 2, x), 2 * g(x)), eq(Derivative(g(x) ** 2, x), 2 * g(x) * Derivative(g(x), x))),
        (
            eq(Derivative(g(x), x), Derivative(w(x), x)),
            eq(Derivative(g(x) + w(x), x) - Derivative(w(x), x), Derivative(g(x), x)),
        ),
        (
            eq(Derivative(mean(x**2, Normal(0, s)), s), mean(Derivative(x**2, s), Normal(0, s))),
            eq(Derivative(mean(x**2, Normal(0, s)), s), 1),
        ),
        (eq(Derivative(mean(x), m), 1), eq(Derivative(mean(x, Normal(m, s)), m), 1)),
        (eq(Derivative(g(x) * y, x), 0), eq(Derivative(g(x) * y, y), g(x))),
        (
            eq(Derivative(g(x), x) - Derivative(g(y), y), 0),
            eq(Derivative(exp(g(x)), x), exp(g(x)) * Derivative(g(x), x)),
        ),
        (
            eq(Derivative(sp.Abs(g(x)), x), Derivative(g(x), x)),
            eq(Derivative(g(x), (x, 2)), Derivative(Derivative(g(x), x) + y, x)),
        ),
    )
)

PAIRS = (*WEIGHED, *CONDITIONS, *MEANS, *UNKNOWN)
