"""Random numbers as functions of (seed, check, sample): what sample i is doesn't depend on how many are asked for, in
which order, by which worker, or on how they are cut into chunks.

The counter of a block is (sample, low word; sample, high word; dimension; attempt); a block gives two numbers. A
pair of standard normals is made of one block by Box and Muller's rule: sample 2j gets the cosine, 2j + 1 the sine.
Words are the same on every device; a logarithm, sine or cosine may differ by its rounding (some 1e-16, relative).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import pi

import torch
from torch import Tensor

from numerics.monte_carlo import SEED
from numerics.sampling.philox import Block, Key, key_of, unit, words_in_place

_LOW = 0xFFFFFFFF


@dataclass(frozen=True)
class Stream:
    """The random numbers of one check. ``device`` is where they are made."""

    check: str
    seed: int = SEED
    device: str = "cpu"

    @cached_property
    def key(self) -> Key:
        return key_of(self.seed, self.check)

    def uniforms(self, start: int, count: int, dims: int = 1, attempt: int = 0) -> Tensor:
        """Uniform on (0, 1), float64, (count, dims), for samples start … start + count − 1."""
        return self.uniforms_at(torch.arange(start, start + count, device=self.device), dims, attempt)

    def uniforms_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        """Uniform on (0, 1) for int64 samples (count,), any of them in any order: (count, dims).

        Two dimensions share a block, from dimension ``first`` (even) on; ``attempt`` counts rejections.
        """
        blocks = torch.arange(first // 2, first // 2 + (dims + 1) // 2, device=self.device)
        a, b, c, d = self.block(samples[:, None], blocks[None, :], attempt)  # each (count, blocks)
        both = torch.stack([unit(a, b), unit(c, d)], -1)
        return both.reshape(len(samples), -1)[:, :dims]

    def normals(self, start: int, count: int) -> Tensor:
        """Standard normals, float64, (count,): pairs by Box and Muller, so that no block is left half unused."""
        first, last = start // 2, (start + count + 1) // 2
        pairs = torch.arange(first, last, device=self.device)
        a, b, c, d = self.block(pairs, torch.zeros_like(pairs), 0)
        both = torch.stack(box_muller(unit(a, b), unit(c, d)), -1).reshape(-1)
        return both[start - 2 * first : start - 2 * first + count]

    def normals_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        """Standard normals for any samples: (count, dims), each from uniforms of its own sample."""
        u = self.uniforms_at(samples, dims + dims % 2, attempt, first)
        return torch.stack(box_muller(u[:, ::2], u[:, 1::2]), -1).reshape(len(samples), -1)[:, :dims]

    def block(self, samples: Tensor, dimension: Tensor, attempt: int) -> Block:
        """The words of samples at a dimension, broadcast against each other."""
        zero = torch.zeros_like(samples + dimension)
        counter = ((samples & _LOW) + zero, (samples >> 32) + zero, dimension + zero, zero + attempt)
        return words_in_place(counter, self.key)


def box_muller(u: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """Two independent standard normals from two uniforms on (0, 1)."""
    radius, angle = torch.sqrt(-2 * torch.log(u)), 2 * pi * v
    return radius * torch.cos(angle), radius * torch.sin(angle)
