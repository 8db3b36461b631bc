"""Count, mean and variance of many numbers in float64, made of those of their parts.

Merging is exact algebra but not associative in floating point, so parts are merged in a fixed tree over their order:
who worked out a part, and when, changes no bit. Nothing is summed as E x² − (E x)², which loses everything where the
mean is large.

Source   Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance" (The American Statistician 37).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from torch import Tensor


@dataclass(frozen=True, slots=True)
class Moments:
    """``n`` numbers, their mean, and the sum ``m2`` of the squares of their distances from it."""

    n: int = 0
    mean: float = 0.0
    m2: float = 0.0

    @property
    def variance(self) -> float:
        """With divisor n − 1."""
        return self.m2 / (self.n - 1) if self.n > 1 else 0.0

    @property
    def deviation(self) -> float:
        return sqrt(self.variance)


def moments_of(values: Tensor) -> Moments:
    """The moments of a tensor of any shape, in two passes."""
    mean = float(values.mean())
    away = values - mean
    return shifted(values.numel(), mean, float(away.sum()), float((away * away).sum()))


def shifted(n: int, pivot: float, first: float, second: float) -> Moments:
    """The moments of n numbers whose distances from a ``pivot``, and the squares of these, have the given sums."""
    return Moments(n, pivot + first / n, max(second - first * first / n, 0.0))


def merged(a: Moments, b: Moments) -> Moments:
    """The moments of both together."""
    if not a.n or not b.n:
        return a if a.n else b
    n, apart = a.n + b.n, b.mean - a.mean
    return Moments(n, a.mean + apart * (b.n / n), a.m2 + b.m2 + apart * apart * (a.n * b.n / n))


def in_a_tree(parts: Sequence[Moments]) -> Moments:
    """Neighbours merged with neighbours until one is left: the same tree for the same number of parts."""
    row = list(parts) or [Moments()]
    while len(row) > 1:
        row = [merged(*row[i : i + 2]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]
