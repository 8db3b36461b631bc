"""Integers taken for reals, branches of roots and logs, poles, signs, shadowed letters, and slips that make up for
one another.
"""

from __future__ import annotations

import sympy as sp

from property_tests.derivations.adversarial.pairs import HALF, Pair, c, eq, k, m, n, r, s, t, x, y

INTEGERS = tuple(
    Pair("only for integers", false, twin)
    for false, twin in (
        (eq(sp.sin(sp.pi * x), 0), eq(sp.sin(sp.pi * k), 0)),
        (eq(sp.cos(sp.pi * x), (-1) ** x), eq(sp.cos(sp.pi * n), (-1) ** n)),
        (eq((-1) ** (2 * x), 1), eq((-1) ** (2 * k), 1)),
        (eq(sp.exp(2 * sp.pi * sp.I * x), 1), eq(sp.exp(2 * sp.pi * sp.I * k), 1)),
        (eq(sp.floor(x) + sp.floor(-x), 0), eq(sp.floor(k) + sp.floor(-k), 0)),
        (eq(sp.floor(2 * x), 2 * sp.floor(x)), eq(sp.floor(x + 1), sp.floor(x) + 1)),
        (eq(sp.Mod(x**2 - x, 2), 0), eq(sp.Mod(k**2 - k, 2), 0)),
    )
)

BRANCHES = tuple(
    Pair("branches of roots and logs", false, twin)
    for false, twin in (
        (eq(sp.sqrt(x**2), x), eq(sp.sqrt(s**2), s)),
        (eq(sp.sqrt((x - 1) ** 2), x - 1), eq(sp.sqrt((x - 1) ** 2), sp.Abs(x - 1))),
        (eq(sp.sqrt(x * y), sp.sqrt(x) * sp.sqrt(y)), eq(sp.sqrt(s * r), sp.sqrt(s) * sp.sqrt(r))),
        (eq(sp.sqrt(-x) * sp.sqrt(-y), sp.sqrt(x * y)), eq(sp.sqrt(-s) * sp.sqrt(-r), -sp.sqrt(s * r))),
        (eq(sp.cbrt(x**3), x), eq(sp.cbrt(s**3), s)),
        (eq((x**2) ** y, x ** (2 * y)), eq((s**2) ** y, s ** (2 * y))),
        (eq(sp.log(x * y), sp.log(x) + sp.log(y)), eq(sp.log(s * r), sp.log(s) + sp.log(r))),
        (eq(sp.log(x**2), 2 * sp.log(x)), eq(sp.log(s**2), 2 * sp.log(s))),
        (eq(sp.log(x / y), sp.log(x) - sp.log(y)), eq(sp.log(s / r), sp.log(s) - sp.log(r))),
        (eq(sp.log(-x), sp.log(x) + sp.I * sp.pi), eq(sp.log(-s), sp.log(s) + sp.I * sp.pi)),
        (eq(sp.log(sp.exp(sp.I * x)), sp.I * x), eq(sp.log(sp.exp(x)), x)),
        (eq(sp.exp(sp.I * x) ** HALF, sp.exp(sp.I * x / 2)), eq(sp.exp(x) ** HALF, sp.exp(x / 2))),
        (eq(sp.acosh(sp.cosh(x)), x), eq(sp.cosh(sp.acosh(s)), s)),
        (eq(sp.asin(sp.sin(x)), x), eq(sp.sin(sp.asin(x)), x)),
        (eq(sp.atan(x) + sp.atan(1 / x), sp.pi / 2), eq(sp.tan(sp.atan(x)), x)),
    )
)

POLES = tuple(
    Pair("poles", false, twin)
    for false, twin in (
        (eq((x**2 - 1) / (x - 1), x + 1), eq((x**2 + x) / (x**2 + 1), x * (x + 1) / (x**2 + 1))),
        (eq((x**2 - y**2) / (x - y), x + y), eq((s**2 - r**2) / (s + r), s - r)),
        (eq((x * y + y) / y, x + 1), eq((x * s + s) / s, x + 1)),
        (eq((1 - c**2) / (1 - c), 1 + c), eq((1 - t**2) / (1 - t), 1 + t)),
        (eq((1 - s**2) / (1 - s), 1 + s), eq((1 - s**2) / (1 + s), 1 - s)),
        (
            eq((sp.log(s) ** 2 - 1) / (sp.log(s) - 1), sp.log(s) + 1),
            eq((sp.log(t) ** 2 + 1 - 1) / sp.log(t), sp.log(t)),
        ),
        (eq((s - 1) / (sp.sqrt(s) - 1), sp.sqrt(s) + 1), eq((s - 1) / (sp.sqrt(s) + 1), sp.sqrt(s) - 1)),
        (eq(sp.tan(x) * sp.cos(x), sp.sin(x)), eq(sp.tanh(x) * sp.cosh(x), sp.sinh(x))),
        (eq(x * (1 + 1 / x), x + 1), eq(s * (1 + 1 / s), s + 1)),
        (eq(sp.gamma(x + 1), x * sp.gamma(x)), eq(sp.gamma(s + 1), s * sp.gamma(s))),
        (eq(1 / (1 / x + 1 / y), x * y / (x + y)), eq(1 / (1 / s + 1 / r), s * r / (s + r))),
        (
            eq(sp.Determinant(sp.Matrix([[x, y], [1 / x, 2]])), (2 * x**2 - y) / y),
            eq(sp.Determinant(sp.Matrix([[x, y], [1 / x, 2]])), (2 * x**2 - y) / x),
        ),
    )
)

SIGNS = tuple(
    Pair("signs", *pair)
    for pair in (
        (eq(sp.Abs(x + y), sp.Abs(x) + sp.Abs(y)), eq(sp.Abs(x * y), sp.Abs(x) * sp.Abs(y))),
        (eq(sp.Max(x, 0), sp.Abs(x)), eq(sp.Max(x, 0) + sp.Max(-x, 0), sp.Abs(x))),
        (eq(sp.sign(x) ** 2, 1), eq(sp.sign(s) ** 2, 1)),
        (eq(sp.Max(x, y), (x + y - sp.Abs(x - y)) / 2), eq(sp.Min(s, r) + sp.Max(s, r), s + r)),
        (
            eq(sp.Min(x, y) * sp.Max(x, y), sp.Abs(x * y)),
            eq(sp.Min(s, r) * sp.Max(s, r), s * r),
            "min(1, r) is one unknown number, not two cases",
        ),
    )
)

SLIPS = tuple(
    Pair("compensating slips", false, twin)
    for false, twin in (
        (eq((x + y) ** 2, x**2 + y**2), eq((x + y) ** 2 + (x - y) ** 2, 2 * x**2 + 2 * y**2)),
        (eq((x - y) ** 2 + 2 * x * y, x**2 - y**2), eq((x - y) ** 2 + 2 * x * y, x**2 + y**2)),
        (eq((m - x) ** 3, (x - m) ** 3), eq((m - x) ** 4, (x - m) ** 4)),
        (eq((1 - s) * (1 - r), (s - 1) * (1 - r)), eq((1 - s) * (1 - r), (s - 1) * (r - 1))),
        (eq(1 / (s + r), 1 / s + 1 / r), eq((s + r) / (s * r), 1 / s + 1 / r)),
        (eq(sp.exp(x + y), sp.exp(x) + sp.exp(y)), eq(sp.exp(x + y), sp.exp(x) * sp.exp(y))),
        (eq(sp.log(s + r), sp.log(s) + sp.log(r)), eq(sp.log(s + r), sp.log(s) + sp.log(1 + r / s))),
    )
)

SHADOWED = tuple(
    Pair("shadowed letters", false, twin)
    for false, twin in (
        (
            eq(sp.Sum(x * sp.Sum(x, (x, 1, 2)), (x, 1, 3)), 14),
            eq(sp.Sum(x * sp.Sum(x, (x, 1, 2)), (x, 1, 3)), 18),
        ),
        (
            eq(sp.Sum(k * sp.Sum(k**2, (k, 1, 2)), (k, 1, 2)), 9),
            eq(sp.Sum(k * sp.Sum(k**2, (k, 1, 2)), (k, 1, 2)), 15),
        ),
    )
)

PAIRS = (*INTEGERS, *BRANCHES, *POLES, *SIGNS, *SLIPS, *SHADOWED)
