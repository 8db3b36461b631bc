"""One loop that makes the random words, turns them into normals, evaluates and sums, and stores no sample.

``torch.compile`` turns the function below into one loop over vector registers, where a C++ compiler is there. log, sin
and cos are written out with the few operations that their arguments need here, so that the loop has no call: they are
right to 1e-15, and the normals differ from those of ``Stream.normals`` by their rounding only.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import log, pi, sqrt

import numpy as np
import torch
from numpy.polynomial import Chebyshev, Polynomial
from numpy.typing import NDArray
from torch import Tensor

from numerics.sampling.moments import Moments, shifted
from numerics.sampling.philox import Block, lanes, signed, unit_of_lanes
from numerics.sampling.program import Node, Program, value
from numerics.sampling.streams import Stream


def near_best(f: Callable[[NDArray[np.float64]], NDArray[np.float64]], high: float, terms: int) -> tuple[float, ...]:
    """The coefficients of a polynomial near f on [0, high]: through f at the zeros of a Chebyshev polynomial."""
    found = Chebyshev.interpolate(f, terms - 1, domain=[0, high]).convert(kind=Polynomial)
    return tuple(map(float, found.coef))


EIGHTH = (pi / 4) ** 2
"""The square of the largest angle once the nearest quarter is taken off."""
SINE = near_best(lambda square: np.sinc(np.sqrt(square) / pi), EIGHTH, 7)
COSINE = near_best(lambda square: np.cos(np.sqrt(square)), EIGHTH, 8)
AREA = near_best(lambda square: 2 * np.arctanh(np.sqrt(square)) / np.sqrt(square), (sqrt(2) - 1) ** 4, 8)
"""sin y = y Σ SINE_k y^(2k), cos y = Σ COSINE_k y^(2k), 2 artanh f = f Σ AREA_k f^(2k): right to some 1e-16."""
ROOT_HALF = 0x3FE6A09E667F3BCD
"""The bits of √(1/2) in float64."""

Kernel = Callable[..., tuple[Tensor, ...]]


def compiler() -> str | None:
    """The C++ compiler that torch.compile would use; None where there is none."""
    return next(filter(None, map(shutil.which, ("g++", "clang++", "c++"))), None)


def fused_leaf(
    integrand: Program, stream: Stream, mean: float, std: float, pivot: float, start: int, count: int
) -> Moments:
    """The moments of ``integrand`` at mean + std z for samples start … start + count − 1, both divisible by count."""
    given = torch.tensor([*integrand.constants, mean, std, pivot], dtype=torch.float64, device=stream.device)
    sums = kernel(integrand.tree, count)(*where(stream, start // 2), given)
    return shifted(count, pivot, *map(float, sums))


def generated_leaf(stream: Stream, start: int, count: int) -> float:
    """The sum of the normals of a leaf: the generator alone, which nothing that consumes normals can outrun."""
    return float(kernel(("x", 0), count, plain=True)(*where(stream, start // 2), torch.zeros(0))[0])


def where(stream: Stream, pair: int) -> tuple[Tensor, ...]:
    """The counter of a pair and the key as int32 scalars."""
    numbers = (pair, pair >> 32, *stream.key)
    return tuple(torch.tensor(signed(x), dtype=torch.int32, device=stream.device) for x in numbers)


@lru_cache(maxsize=64)
def kernel(tree: Node, count: int, plain: bool = False) -> Kernel:
    """The compiled loop for a tree. The first call on a machine takes some 20 s, later processes read it from disk."""
    options: dict[str, str | int | bool | Callable[..., object]] = {
        "cpp.threads": 1,
        "compile_threads": 1,
        "cpp.enable_floating_point_contract_flag": "fast",
    }
    made: Kernel = torch.compile(_summing(tree, count, plain), dynamic=False, options=options)
    return made


def _summing(tree: Node, count: int, plain: bool) -> Kernel:
    def sums(low: Tensor, high: Tensor, k: Tensor, m: Tensor, given: Tensor) -> tuple[Tensor, ...]:
        z, w = normals(low + torch.arange(count // 2, dtype=torch.int32, device=low.device), high, k, m)
        if plain:
            return ((z + w).sum(),)
        constants = [given[i] for i in range(len(given))]
        mean, std, pivot = constants[-3:]
        a, b = (value(tree, (mean + std * x,), constants) - pivot for x in (z, w))
        return (a + b).sum(), (a * a + b * b).sum()

    return sums


def normals(low: Tensor, high: Tensor, k: Tensor, m: Tensor) -> tuple[Tensor, Tensor]:
    """The pairs of standard normals at int32 counters."""
    zero = torch.zeros_like(high)
    a, b, c, d = lanes(_block(low, high, zero), (k, m))
    radius = torch.sqrt(-2 * logarithm(unit_of_lanes(a, b)))
    sine, cosine = sine_and_cosine(unit_of_lanes(c, d))
    return radius * cosine, radius * sine


def _block(low: Tensor, high: Tensor, zero: Tensor) -> Block:
    return low, high, zero, zero


def sine_and_cosine(turns: Tensor) -> tuple[Tensor, Tensor]:
    """sin and cos of 2π turns, turns in [0, 1]: the nearest quarter is taken off exactly, and put back by its signs."""
    quarter = torch.floor(turns * 4 + 0.5)
    y = (turns - quarter * 0.25) * (2 * pi)
    square = y * y
    s, c = polynomial(square, SINE) * y, polynomial(square, COSINE)
    cos_quarter = torch.abs(quarter - 2.0) - 1.0  # 1 0 −1 0 1 for quarters 0 … 4
    sin_quarter = torch.abs(torch.abs(quarter - 1.0) - 2.0) - 1.0  # 0 1 0 −1 0
    return s * cos_quarter + c * sin_quarter, c * cos_quarter - s * sin_quarter


def logarithm(u: Tensor) -> Tensor:
    """log u for normal float64 u > 0: 2 artanh of (m − 1)/(m + 1), with u = m 2^e and m within √2 of 1."""
    bits = u.view(torch.int64)
    exponent = (bits - ROOT_HALF) >> 52
    m = (bits - (exponent << 52)).view(torch.float64)
    f = (m - 1) / (m + 1)
    return exponent.to(torch.float64) * log(2) + polynomial(f * f, AREA) * f


def polynomial(x: Tensor, coefficients: Sequence[float]) -> Tensor:
    """Σ coefficients_k x^k, even and odd powers apart, so that two short chains run beside each other."""
    square = x * x
    return _horner(square, coefficients[::2]) + x * _horner(square, coefficients[1::2])


def _horner(x: Tensor, coefficients: Sequence[float]) -> Tensor:
    *rest, before, last = coefficients
    total = x * last + before
    for c in reversed(rest):
        total = total * x + c
    return total
