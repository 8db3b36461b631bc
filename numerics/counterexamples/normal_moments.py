"""Exact moments of standard normals, of polynomials in one and of linear maps of several."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, prod

from flint import fmpq


def moment(power: int, mean: fmpq | int = 0) -> fmpq:
    """E x^power for x ~ N(mean, 1): E z^k is (k − 1)!! for even k and 0 for odd ones."""
    central = (fmpq(prod(range(k - 1, 0, -2))) if k % 2 == 0 else fmpq(0) for k in range(power + 1))
    return sum((comb(power, k) * fmpq(mean) ** (power - k) * m for k, m in enumerate(central)), fmpq(0))


def variance(coefficients: Sequence[int]) -> fmpq:
    """The variance of Σ cₖ zᵏ for z ~ N(0, 1)."""
    terms = tuple(enumerate(coefficients))
    mean = sum((c * moment(k) for k, c in terms), fmpq(0))
    square = sum((a * b * moment(j + k) for j, a in terms for k, b in terms), fmpq(0))
    return square - mean**2


def covariance(first: Sequence[fmpq | int], second: Sequence[fmpq | int]) -> fmpq:
    """The covariance of Σ aᵢ zᵢ and Σ bᵢ zᵢ for independent standard normals zᵢ."""
    return sum((fmpq(a) * fmpq(b) for a, b in zip(first, second, strict=True)), fmpq(0))
