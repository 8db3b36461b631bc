"""One loop on a graphics processor that makes the words, the normals and the integrand, and reduces in registers.

``torch.compile`` turns the function below into one kernel, which stores no sample; sums are in float64 whatever the
samples are in. It is the code of the streams, compiled. On a processor ``native`` does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import torch
from torch import Tensor

from numerics.sampling.moments import Moments, shifted
from numerics.sampling.philox import unit, words
from numerics.sampling.program import Node, Program, value
from numerics.sampling.single import folded, polar
from numerics.sampling.streams import Stream, box_muller

Kernel = Callable[..., tuple[Tensor, ...]]
_LOW = 0xFFFFFFFF


def can_be_fused(device: str) -> bool:
    """Whether there is a compiler for the device."""
    return device.startswith("cuda") and find_spec("triton") is not None


def fused_leaf(
    integrand: Program, stream: Stream, mean: float, std: float, pivot: float, start: int, count: int, single: bool
) -> Moments:
    """The moments of ``integrand`` at mean + std z for samples start … start + count − 1, both even."""
    given = torch.tensor([*integrand.constants, mean, std, pivot], dtype=_real(single), device=stream.device)
    sums = kernel(integrand.tree, count, single)(*where(stream, start // 2), given)
    return shifted(count, float(given[-1]), *map(float, sums))


def generated_leaf(stream: Stream, start: int, count: int, single: bool) -> float:
    """The sum of the normals of a leaf: the generator alone."""
    empty = torch.zeros(0, dtype=_real(single), device=stream.device)
    return float(kernel(("x", 0), count, single, plain=True)(*where(stream, start // 2), empty)[0])


def where(stream: Stream, pair: int) -> tuple[Tensor, ...]:
    """The number of a pair and the key as int64 scalars."""
    return tuple(torch.tensor(x, dtype=torch.int64, device=stream.device) for x in (pair, *stream.key))


@lru_cache(maxsize=64)
def kernel(tree: Node, count: int, single: bool, plain: bool = False) -> Kernel:
    """The compiled loop for a tree."""
    made: Kernel = torch.compile(summing(tree, count, single, plain), dynamic=False)
    return made


def summing(tree: Node, count: int, single: bool, plain: bool = False) -> Kernel:
    """The loop, not compiled yet: sums over ``count`` samples in float64."""

    def sums(pair: Tensor, k: Tensor, m: Tensor, given: Tensor) -> tuple[Tensor, ...]:
        pairs = pair + torch.arange(count // 2, dtype=torch.int64, device=pair.device)
        zero = torch.zeros_like(pairs)
        z, w = normals(words((pairs & _LOW, pairs >> 32, zero, zero), (k & _LOW, m & _LOW)), single)
        if plain:
            return ((z.double() + w.double()).sum(),)
        constants = [given[i] for i in range(len(given))]
        mean, std, pivot = constants[-3:]
        a, b = ((value(tree, (mean + std * x,), constants) - pivot).double() for x in (z, w))
        return (a + b).sum(), (a * a + b * b).sum()

    return sums


def normals(block: tuple[Tensor, Tensor, Tensor, Tensor], single: bool) -> tuple[Tensor, Tensor]:
    """The pairs of standard normals of blocks of words, as the streams make them."""
    a, b, c, d = block
    if not single:
        return box_muller(unit(a, b), unit(c, d))
    found: tuple[Any, Any] = polar(*folded(a, b), c.to(torch.float32) * 2.0**-32)
    return found


def _real(single: bool) -> torch.dtype:
    return torch.float32 if single else torch.float64
