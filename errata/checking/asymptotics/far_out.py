"""What a statistic is far out, as a function of normal numbers: its mean and variance, and whether it is linear."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import sympy as sp
from flint import fmpq

from claims.records import Record
from errata.checking.asymptotics.posed import BITS, Place, Posed, with_counts
from numerics.balls import enclose
from numerics.few_values import FewValues

SIZES = (10**6, 10**8, 10**10)
"""Sizes of the sample at which a statistic is looked at; squares, so that their roots are exact."""
SETTLED, SAME, APART = 1e-2, 1e-3, 3e-2
"""How far values of the last two sizes may be from each other, of the last one from what is stated, and how far it has
to be from it to be somewhere else."""
GROWS = 30.0
"""By how much a quantity changes at least from one size to the next where it has no limit."""
NOTHING = 1e-9
"""What is nothing but for rounding."""
LINEAR = 1e-2
"""How much a statistic may be bent, beside its standard deviation."""


class FarOut(Record):
    """The mean and the standard deviation of a statistic at each size, as far as it is linear, and how much it is
    bent there."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    bends: tuple[float, ...]

    @property
    def linear(self) -> bool:
        """Whether it is linear at the last size, but for little."""
        return self.bends[-1] <= LINEAR * self.deviations[-1]

    @property
    def grows(self) -> bool:
        """Whether the spread, or the mean, grows without bound."""
        return any(_grows(values) for values in (self.spreads, [abs(m) for m in self.means]))

    @property
    def spreads(self) -> tuple[float, ...]:
        """How far it is from being a number at each size."""
        return tuple(d + b for d, b in zip(self.deviations, self.bends, strict=True))

    @property
    def vanishes(self) -> bool:
        """Whether the statistic falls to a number."""
        return all(a > GROWS**0.5 * b for a, b in pairwise(self.spreads))

    @property
    def falls(self) -> bool:
        """Whether the mean falls to nothing."""
        return all(abs(a) > GROWS**0.5 * abs(b) for a, b in pairwise(self.means))

    @property
    def keeps_a_spread(self) -> bool:
        """Whether the spread is the same at the last sizes, and something."""
        return _keeps(self.spreads)

    @property
    def keeps_a_mean(self) -> bool:
        """Whether the mean is the same at the last sizes, and something."""
        return _keeps(self.means)

    @property
    def settles(self) -> bool:
        """Whether its mean and its spread do."""
        return all(abs(b - a) <= SETTLED * max(1.0, abs(b)) for _, a, b in (self.means, self.spreads))


def _keeps(values: Sequence[float]) -> bool:
    return abs(values[-1]) > NOTHING and abs(values[-1] - values[-2]) <= SETTLED * abs(values[-1])


def _grows(values: Sequence[float]) -> bool:
    return all(b > GROWS**0.5 * a for a, b in pairwise(values)) and values[-1] > GROWS


def far_out(of: Posed, e: sp.Expr, at: Place, few: FewValues) -> FarOut:
    """The moments of an expression far out. Raises Undetermined."""
    looks = [_look(of, e, at, few, size) for size in SIZES]
    means, deviations, bends = zip(*looks, strict=True)
    return FarOut(means, deviations, bends)


def _look(of: Posed, e: sp.Expr, at: Place, few: FewValues, size: int) -> tuple[float, float, float]:
    count = len(few.values)

    def value(normal: Sequence[int]) -> float:
        place = with_counts(of, at, few, size, [fmpq(z) for z in normal])
        return float(enclose(e, BITS, at=place).mid())

    middle = value([0] * count)
    units = [[int(i == j) for i in range(count)] for j in range(count)]
    steps = [(value(u), value([-x for x in u])) for u in units]
    slopes = [(up - down) / 2 for up, down in steps]
    deviation = float(sum(s**2 for s in slopes)) ** 0.5
    skewed = value([1, -2, 1, 2][:count]) - middle - sum(s * z for s, z in zip(slopes, (1, -2, 1, 2), strict=False))
    bends = [*(abs(up + down - 2 * middle) for up, down in steps), abs(skewed)]
    return middle, deviation, max(bends)
