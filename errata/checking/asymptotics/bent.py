"""A statistic that is a quadratic form in normal numbers far out, as n (X̄_n − μ)²/σ² is: its first three cumulants."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from flint import fmpq

from claims.records import Record
from errata.checking.asymptotics.far_out import SETTLED, SIZES
from errata.checking.asymptotics.posed import BITS, Place, Posed, with_counts
from numerics.balls import enclose
from numerics.few_values import FewValues

PLACE = (1, -2, 3, 2)
"""Where a form that is told by its values at the unit vectors is looked at once more."""


class Form(Record):
    """t + bᵀz + zᵀA z for independent standard normal z: whether t and b are nothing, and its cumulants."""

    pure: bool
    cumulants: tuple[float, float, float]


def form(of: Posed, e: sp.Expr, at: Place, few: FewValues) -> Form | None:
    """The quadratic form that an expression tends to; None where it is none, or is not settled. Raises Undetermined."""
    before, last = (_form(of, e, at, few, size) for size in SIZES[-2:])
    if before is None or last is None:
        return None
    settled = all(
        abs(b - a) <= SETTLED * max(1.0, abs(b)) for a, b in zip(before.cumulants, last.cumulants, strict=True)
    )
    return last if settled else None


def _form(of: Posed, e: sp.Expr, at: Place, few: FewValues, size: int) -> Form | None:
    count = len(few.values)

    def value(normal: Sequence[int]) -> float:
        place = with_counts(of, at, few, size, [fmpq(z) for z in normal])
        return float(enclose(e, BITS, at=place).mid())

    def unit(*some: int, sign: int = 1) -> list[int]:
        return [sign * int(i in some) for i in range(count)]

    t = value(unit())
    ups, downs = [value(unit(i)) for i in range(count)], [value(unit(i, sign=-1)) for i in range(count)]
    b = [(up - down) / 2 for up, down in zip(ups, downs, strict=True)]
    a = [[(ups[i] + downs[i]) / 2 - t if i == j else 0.0 for j in range(count)] for i in range(count)]
    for i in range(count):
        for j in range(i):
            a[i][j] = a[j][i] = (value(unit(i, j)) - t - b[i] - b[j] - a[i][i] - a[j][j]) / 2
    z = PLACE[:count]
    told = t + sum(p * q for p, q in zip(b, z, strict=True)) + sum(p * q for p, q in zip(_times(a, z), z, strict=True))
    size_of = max(1e-9, sum(abs(x) for row in a for x in row))
    if abs(value(z) - told) > SETTLED * size_of:
        return None
    square = [_times(a, row) for row in a]
    first = t + sum(a[i][i] for i in range(count))
    second = sum(x * x for x in b) + 2 * sum(square[i][i] for i in range(count))
    cube = sum(p * q for row, other in zip(square, a, strict=True) for p, q in zip(row, other, strict=True))
    third = 8 * cube + 6 * sum(p * q for p, q in zip(_times(a, b), b, strict=True))
    pure = max(abs(t), *(abs(x) for x in b)) < SETTLED * size_of
    return Form(pure, (first, second, third))


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(p * q for p, q in zip(row, vector, strict=True)) for row in matrix]
