"""Sums for any n: shifted ranges, constants that are not counted, captured indices, products of sums."""

from __future__ import annotations

import sympy as sp
from sympy import Derivative, Product, Sum, log

from claims.indicators import IsZero
from claims.notation import Argmax, Argmin
from property_tests.derivations.adversarial.pairs import Pair, c, eq, k, m, n, r, s, t, x, y, z

i, j = sp.symbols("i j", integer=True)
a, b = (sp.Function(name, real=True) for name in "ab")
w = sp.Function("w", positive=True)


def over(f: sp.Expr, index: sp.Symbol = i, low: sp.Expr | int = 1, high: sp.Expr = n) -> Sum:
    """Σ f, from 1 to n where nothing else is said."""
    return Sum(f, (index, low, high))


mean = over(a(i)) / n

RANGES = tuple(
    Pair("ranges", *pair)
    for pair in (
        (eq(over(a(i)), over(a(i), i, 2)), eq(over(a(i)), a(1) + over(a(i), i, 2))),
        (eq(over(a(i)), over(a(i), i, 1, n - 1)), eq(over(a(i)), over(a(i), i, 1, n - 1) + a(n))),
        (eq(over(a(i + 1)), over(a(i))), eq(over(a(i + 1)), over(a(i), i, 2, n + 1))),
        (eq(over(a(i), i, 0), over(a(i - 1))), eq(over(a(i), i, 0), over(a(i - 1), i, 1, n + 1))),
        (eq(over(a(n - i)), over(a(i))), eq(over(a(n + 1 - i)), over(a(i)))),
        (eq(over(a(i + 1) - a(i)), a(n) - a(1)), eq(over(a(i + 1) - a(i)), a(n + 1) - a(1))),
        (
            eq(over(a(i), i, 1, n - 2), over(a(i)) - a(n) - a(n - 1)),
            eq(over(a(i), i, 1, n), over(a(i), i, 1, n + 2) - a(n + 1) - a(n + 2)),
        ),
        (eq(over(1 / (i * (i + 1))), 1 - 1 / n), eq(over(1 / (i * (i + 1))), 1 - 1 / (n + 1))),
        (eq(over(i), n * (n - 1) / 2), eq(over(i), n * (n + 1) / 2)),
        (eq(over(i**2), n * (n + 1) * (2 * n - 1) / 6), eq(over(i**2), n * (n + 1) * (2 * n + 1) / 6)),
    )
)

CONSTANTS = tuple(
    Pair("constants", *pair)
    for pair in (
        (eq(over(a(i) + c), over(a(i)) + c), eq(over(a(i) + c), over(a(i)) + n * c)),
        (eq(over(c), c), eq(over(c), n * c)),
        (eq(over(c, i, 0), n * c), eq(over(c, i, 0), (n + 1) * c)),
        (eq(over(c, i, 0, n - 1), (n - 1) * c), eq(over(c, i, 0, n - 1), n * c)),
        (eq(over(m * a(i) + x), m * over(a(i)) + x), eq(over(m * a(i) + x), m * over(a(i)) + n * x)),
        (
            eq(over((a(i) - mean) ** 2), over(a(i) ** 2) - mean**2),
            eq(over((a(i) - mean) ** 2), over(a(i) ** 2) - n * mean**2),
        ),
        (eq(over(a(i) - mean), mean), eq(over(a(i) - mean), 0)),
        (eq(over(log(s * w(i))), log(s) + over(log(w(i)))), eq(over(log(s * w(i))), n * log(s) + over(log(w(i))))),
        (
            eq(over((a(i) - m) ** 2), over((a(i) - mean) ** 2)),
            eq(over((a(i) - m) ** 2), over((a(i) - mean) ** 2) + n * (mean - m) ** 2),
        ),
    )
)

PRODUCTS = tuple(
    Pair("products of sums", *pair)
    for pair in (
        (eq(over(a(i) * b(i)), over(a(i)) * over(b(i))), eq(over(over(a(i) * b(j), j)), over(a(i)) * over(b(i)))),
        (eq(over(a(i)) ** 2, over(a(i) ** 2)), eq(over(a(i)) ** 2, over(over(a(i) * a(j), j)))),
        (eq(over(a(i) * over(b(i))), over(a(i) * b(i))), eq(over(a(i) * over(b(i))), over(a(i)) * over(b(j), j))),
        (
            eq(over(over(a(i) * b(i), j)), over(a(i)) * over(b(i))),
            eq(over(over(a(i) * b(i), j)), n * over(a(i) * b(i))),
        ),
        (
            eq(over(over((a(i) - a(j)) ** 2, j)), n * over((a(i) - mean) ** 2)),
            eq(over(over((a(i) - a(j)) ** 2, j)), 2 * n * over((a(i) - mean) ** 2)),
        ),
        (eq(over(a(i) / w(i)), over(a(i)) / over(w(i))), eq(over(a(i) / s), over(a(i)) / s)),
        (eq(over(1 / w(i)), 1 / over(w(i))), eq(over(s / w(i)), s * over(1 / w(i)))),
        (eq(log(over(w(i))), over(log(w(i)))), eq(log(Product(w(i), (i, 1, n))), over(log(w(i))))),
        (
            eq(over((a(i) ** 2 - 1) / (a(i) - 1)), over(a(i)) + n),
            eq(over((w(i) ** 2 - 1) / (w(i) + 1)), over(w(i)) - n),
            "quotients of members are not brought to lowest terms within a sum",
        ),
    )
)

RECTANGLES = tuple(
    Pair("sums in another order", *pair)
    for pair in (
        (
            eq(over(a(i) * over(b(j) * w(n * i + j), j)), over(a(i) * over(b(j) * w(n * j + i), j))),
            eq(over(a(i) * over(b(j) * w(n * i + j), j)), over(b(j) * over(a(i) * w(n * i + j)), j)),
        ),
        (
            eq(over(over(w(n * i + j) * a(j), j)), over(over(w(n * i + j) * a(i), j))),
            eq(over(over(w(n * i + j) * a(j), j)), over(over(w(n * j + i) * a(i), j))),
        ),
        (
            eq(over(over(w(i * j), j)) * over(a(i)), over(over(w(i * j) * a(j), j))),
            eq(over(over(w(i * j), j)) * over(a(i)), over(over(over(w(i * j) * a(k), k), j))),
        ),
        (
            eq(over(over(a(i) * b(j) * w(i + n * j), j, 1, i)), over(over(a(i) * b(j) * w(i + n * j), i, 1, j), j)),
            eq(over(a(i) ** 2 * w(i)) * over(w(i)), over(over(a(j) ** 2 * w(i) * w(j), j))),
        ),
    )
)

POWERS = tuple(
    Pair("powers of a base", *pair)
    for pair in (
        (eq(over(t**i), (1 - t**n) / (1 - t)), eq(over(t**i), t * (1 - t**n) / (1 - t))),
        (eq(over(t**i, i, 0), (1 - t**n) / (1 - t)), eq(over(t**i, i, 0), (1 - t ** (n + 1)) / (1 - t))),
        (eq(over(r**i), r * (1 - r**n) / (1 - r)), eq((1 - r) * over(r**i), r * (1 - r**n))),
        (
            eq(over(t**i * a(i + 1)), t * over(t**i * a(i))),
            eq(over(t**i * a(i + 1)), over(t**i * a(i), i, 2, n + 1) / t),
        ),
        (eq(over((-1) ** i), 0), eq(over((-1) ** i), ((-1) ** n - 1) / 2)),
        (eq(over(2**i), 2**n), eq(over(2**i), 2 ** (n + 1) - 2)),
    )
)

SLOPES = tuple(
    Pair("slopes of sums", *pair)
    for pair in (
        (
            eq(Derivative(over((a(i) - m) ** 2), m), -2 * (over(a(i)) - m)),
            eq(Derivative(over((a(i) - m) ** 2), m), -2 * (over(a(i)) - n * m)),
        ),
        (
            eq(Derivative(over((b(i) - m - z * a(i)) ** 2), z), -2 * over(b(i) - m - z * a(i))),
            eq(Derivative(over((b(i) - m - z * a(i)) ** 2), z), -2 * over(a(i) * (b(i) - m - z * a(i)))),
        ),
        (eq(Argmin(over((a(i) - m) ** 2), m), over(a(i)) / (n + 1)), eq(Argmin(over((a(i) - m) ** 2), m), mean)),
        (eq(Argmax(over((a(i) - m) ** 2), m), mean), eq(Argmax(-over((a(i) - m) ** 2), m), mean)),
        (
            eq(Argmax(over(log(s) - s * w(i)), s), over(w(i)) / n),
            eq(Argmax(over(log(s) - s * w(i)), s), n / over(w(i))),
        ),
        (
            eq(Argmax(over(log(s) - s * a(i)), s), n / over(a(i))),
            eq(Argmax(over(log(s) - s * w(i)), s), 1 / (over(w(i)) / n)),
        ),
        (eq(Derivative(over(a(i) * y**2), y), over(2 * y)), eq(Derivative(over(a(i) * y**2), y), 2 * y * over(a(i)))),
    )
)

PLACES = tuple(
    Pair("one place of a sum", *pair)
    for pair in (
        (eq(over(IsZero(i - k)), 1), eq(over(IsZero(i - n)), 1)),
        (eq(over(a(i) * IsZero(i - 1), i, 2), a(1)), eq(over(a(i) * IsZero(1 - i), i, 1), a(1))),
        (eq(over(a(i) * IsZero(i - n - 1)), a(n + 1)), eq(over(a(i) * IsZero(i - n - 1)), 0)),
        (eq(over(a(i) * IsZero(2 * i - n)), a(n / 2)), eq(over(a(i) * IsZero(n - i)), a(n))),
        (eq(over(a(i) + y * IsZero(i - n)), over(a(i)) + n * y), eq(over(a(i) + y * IsZero(i - n)), over(a(i)) + y)),
        (
            eq(Derivative(log(over(w(i) * (1 + s * IsZero(i - n)))), s), w(n) / over(w(i))),
            eq(Derivative(over(w(i) * sp.exp(y * IsZero(i - n))), y), w(n) * sp.exp(y)),
        ),
    )
)

ORDERS = tuple(
    Pair("order of two sums", *pair)
    for pair in (
        (
            eq((1 - t) * over(t**i * over(a(j), j, 1, i)), over(t**i * a(i))),
            eq((1 - t) * over(t**i * over(a(j), j, 1, i)), over(t**i * a(i)) - t ** (n + 1) * over(a(i))),
        ),
        (
            eq(over(over(a(j), j, 1, i)), n * over(a(i))),
            eq(over(over(a(j), j, 1, i)), (n + 1) * over(a(i)) - over(i * a(i))),
        ),
        (
            eq(over(2**i * over(a(j), j, 1, n)), 2 ** (n + 1) * over(a(i)) - over(2**i * a(i))),
            eq(over(2**i * over(a(j), j, 1, i)), 2 ** (n + 1) * over(a(i)) - over(2**i * a(i))),
        ),
        (
            eq(over(t**i * over(a(i) * b(j), j, 1, i)), over(t**i * a(i)) * over(b(i))),
            eq(over(t**i * over(a(i) * b(j), j, 1, n)), over(t**i * a(i)) * over(b(i))),
        ),
    )
)

DIVISORS = tuple(
    Pair("divided by a sum", *pair)
    for pair in (
        (
            eq(over(2 * a(i) ** 2) / over(a(i) ** 2), 2),
            eq((over(2 * a(i) ** 2) + 2 * s) / (over(a(i) ** 2) + s), 2),
        ),
        (eq(over(2 * a(i)) / over(a(i)), 2), eq(over(2 * w(i)) / over(w(i)), 2)),
        (
            eq(s / sp.sqrt(over((a(i) + y - mean) ** 2) + s), s / sp.sqrt(over((a(i) - mean) ** 2) + s)),
            eq(s / sp.sqrt(over((a(i) + y - mean - y) ** 2) + s), s / sp.sqrt(over((a(i) - mean) ** 2) + s)),
        ),
    )
)

PAIRS = (*ORDERS, *RECTANGLES, *DIVISORS, *RANGES, *CONSTANTS, *PRODUCTS, *POWERS, *SLOPES, *PLACES)
