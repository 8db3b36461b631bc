"""Slopes across jumps and corners, limits that hold for some letters only, and integrals that have no value."""

from __future__ import annotations

import sympy as sp
from sympy import Derivative, Integral, Limit, oo

from claims.indicators import IsPositive
from claims.laws import Bernoulli, Cauchy, Uniform
from claims.notation import Argmax, Argmin, Density, Expectation, Indicator, Normal
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
    m,
    n,
    s,
    t,
    u,
    x,
    y,
)  # fmt: skip

STEP = sp.Piecewise((1, x < m), (0, True))
SMOOTH = Expectation(sp.exp(-((x - m) ** 2)), x, P)
UNDER_NAME = "the slope of an abstract density has no rule"
NO_RULE = "bent functions have no slope here, not even under a law that smooths them"

JUMPS = tuple(
    Pair("jumps and corners", *pair)
    for pair in (
        (
            eq(Derivative(Expectation(STEP, x, STANDARD), m), 0),
            eq(Derivative(Expectation(STEP, x, STANDARD), m), sp.exp(-(m**2) / 2) / sp.sqrt(2 * sp.pi)),
            NO_RULE,
        ),
        (
            eq(Derivative(Integral(STEP, (x, 0, 1)), m), 0),
            eq(Derivative(Integral(x * m**2, (x, 0, 1)), m), Integral(2 * x * m, (x, 0, 1))),
        ),
        (
            eq(Derivative(Expectation(IsPositive(m - x), x, STANDARD), m), 0),
            eq(Derivative(Expectation((m - x) ** 2, x, STANDARD), m), 2 * m),
        ),
        (
            eq(Derivative(Expectation(Indicator(sp.Lt(x, m)), x, P), m), 0),
            eq(Derivative(SMOOTH, m), Expectation(2 * (x - m) * sp.exp(-((x - m) ** 2)), x, P)),
        ),
        (
            eq(Derivative(Expectation(sp.sign(x - m), x, STANDARD), m), 0),
            eq(Derivative(Expectation(sp.tanh(x - m), x, P), m), Expectation(sp.tanh(x - m) ** 2 - 1, x, P)),
        ),
        (
            eq(Derivative(Expectation(sp.floor(x - m), x, STANDARD), m), 0),
            eq(Derivative(Expectation(x - m, x, STANDARD), m), -1),
        ),
        (
            eq(
                Derivative(Expectation(sp.Abs(x - m), x, Bernoulli(t)), m),
                Expectation(sp.sign(m - x), x, Bernoulli(t)),
            ),
            eq(Derivative(Expectation((x - m) ** 2, x, Bernoulli(t)), m), 2 * m - 2 * t),
        ),
        (eq(Derivative(STEP, m), 0), eq(Derivative(STEP, y), 0)),
        (eq(Derivative(sp.Abs(x), x), sp.sign(x)), eq(Derivative(sp.Abs(x) ** 2, x), 2 * x)),
        (eq(Derivative(sp.floor(x) + x, x), 1), eq(Derivative(sp.floor(y) + x, x), 1)),
        (eq(Derivative(2**n, n), sp.log(2) * 2**n), eq(Derivative(2**x, x), sp.log(2) * 2**x)),
        (eq(Derivative(sp.cos(2 * sp.pi * k) + k, k), 1), eq(Derivative(sp.cos(0) + x, x), 1)),
        (
            eq(Derivative(Expectation(x, x, Normal(m, 1)), m), 0),
            eq(Derivative(m * Expectation(x, x, P), m), Expectation(x, x, P)),
        ),
        (
            eq(
                Derivative(Expectation(sp.sin(m * x), x, Cauchy(0, 1)), m),
                Expectation(x * sp.cos(m * x), x, Cauchy(0, 1)),
            ),
            eq(Derivative(Expectation(sp.sin(m * x), x, STANDARD), m), Expectation(x * sp.cos(m * x), x, STANDARD)),
        ),
        (
            eq(Derivative(Expectation(sp.log(Density(P, x - m)), x, Q), m), 0),
            eq(Derivative(Expectation(m * sp.log(Density(P, x)), x, Q), m), Expectation(sp.log(Density(P, x)), x, Q)),
        ),
        (
            eq(Derivative(Integral(sp.sin(m * x) / x, (x, 0, oo)), m), Integral(sp.cos(m * x), (x, 0, oo))),
            eq(Derivative(Integral(sp.sin(m * x), (x, 0, 1)), m), Integral(x * sp.cos(m * x), (x, 0, 1))),
        ),
    )
)

LIMITS = tuple(
    Pair("limits", *pair)
    for pair in (
        (eq(Limit(x / (x + h), h, 0), 1), eq(Limit(s / (s + h), h, 0), 1)),
        (eq(Limit((x * n + 1) / (x * n + 2), n, oo), 1), eq(Limit((s * n + 1) / (s * n + 2), n, oo), 1)),
        (eq(Limit(u**h, h, 0), 1), eq(Limit(s**h, h, 0), 1)),
        (eq(Limit(u ** (1 / n), n, oo), 1), eq(Limit(s ** (1 / n), n, oo), 1)),
        (eq(Limit(c**n, n, oo), 0), eq(Limit(t**n, n, oo), 0)),
        (eq(Limit(s**n, n, oo), 0), eq(Limit(HALF**n, n, oo), 0)),
        (eq(Limit(x**n, n, oo), 0), eq(Limit(x / n, n, oo), 0)),
        (eq(Limit(sp.exp(-x * n), n, oo), 0), eq(Limit(sp.exp(-s * n), n, oo), 0)),
        (eq(Limit(sp.tanh(n * x), n, oo), 1), eq(Limit(sp.tanh(n * s), n, oo), 1)),
        (eq(Limit(sp.sqrt(x**2 + h) / x, h, 0), 1), eq(Limit(sp.sqrt(s**2 + h) / s, h, 0), 1)),
        (eq(Limit(sp.sin(x * h) / (x * h), h, 0), 1), eq(Limit(sp.sin(x * h) / h, h, 0), x)),
        (
            eq(Limit(Expectation(n * sp.exp(-n * x), x, Uniform(0, 1)), n, oo), 0),
            eq(Limit(Expectation(n * sp.exp(-n * x), x, Uniform(0, 1)), n, oo), 1),
            "no limit is taken of an expectation",
        ),
        (
            eq(Limit(n * Expectation(Density(P, n * x), x, P), n, oo), 0),
            eq(Limit(Expectation(sp.exp(-m * x**2), x, P), m, 0), 1),
            "dominated convergence is the page's to state",
        ),
        (
            eq(Limit(Integral(n * x**n, (x, 0, 1)), n, oo), 0),
            eq(Limit(Integral(x**n, (x, 0, 1)), n, oo), 0),
        ),
        (
            eq(Derivative(Limit(sp.tanh(n * x), n, oo), x), 0),
            eq(Derivative(Limit((1 + x / n) ** n, n, oo), x), sp.exp(x)),
        ),
    )
)

EXTREMA = tuple(
    Pair("extrema and integrals", *pair)
    for pair in (
        (eq(Argmin(-((x - 1) ** 2), x), 1), eq(Argmin((x - 1) ** 2, x), 1)),
        (eq(Argmin((u + 1) ** 2, u), -1), eq(Argmin((x + 1) ** 2, x), -1)),
        (eq(Argmin(x**2 * y, x), 0), eq(Argmin(x**2 * s, x), 0)),
        (eq(Argmin((x**2 - 1) ** 2, x), 1), eq(Argmin(sp.exp(x) - x, x), 0)),
        (eq(Argmax(sp.log(x) - x, x), 1), eq(Argmax(sp.log(s) - s, s), 1)),
        (eq(Argmin((n - HALF) ** 2, n), HALF), eq(Argmin((x - HALF) ** 2, x), HALF)),
        (
            eq(Integral(sp.exp(-x * y**2), (y, -oo, oo)), sp.sqrt(sp.pi / x)),
            eq(Integral(sp.exp(-s * y**2), (y, -oo, oo)), sp.sqrt(sp.pi / s)),
        ),
        (eq(Integral(1 / x, (x, -1, 1)), 0), eq(Integral(x ** (s - 1), (x, 0, 1)), 1 / s)),
        (
            eq(Integral(x, (x, -oo, oo)), 0),
            eq(Integral(x * sp.exp(-(x**2)), (x, -oo, oo)), 0),
            "of integrals over the line only that of a bell is known",
        ),
    )
)

PAIRS = (*JUMPS, *LIMITS, *EXTREMA)
