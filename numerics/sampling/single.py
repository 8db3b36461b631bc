"""The same samples in float32: the words of ``Stream``, rounded, and a bound of what the rounding does.

A sample is what it is in float64 but for its rounding, so the two may be held against each other one by one. 52 bits of
two words go into a uniform as in float64; the smaller of u and 1 − u is what is rounded, so that the radius of Box and
Muller's rule is right to a few units in the last place wherever it is small.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import Any

import torch
from torch import Tensor

from numerics.sampling.rounding import UNIT, Rounded
from numerics.sampling.streams import Stream

_LOW = 0xFFFFFFFF
_TWENTY = 0xFFFFF
MOST = 1 - 2.0**-24
"""The largest uniform: float32 would round the next ones to 1."""


@dataclass(frozen=True)
class Single(Stream):
    """``Stream`` in float32; ``bounded`` gives the same numbers as ``Rounded``."""

    bounded: bool = False

    def uniforms_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Any:
        a, b, c, d = self._blocks(samples, dims, attempt, first)
        return self._side_by_side(self._uniform(a, b), self._uniform(c, d), len(samples), dims)

    def normals(self, start: int, count: int) -> Any:
        first, last = start // 2, (start + count + 1) // 2
        pairs = torch.arange(first, last, device=self.device)
        both = self._pairs(*self.block(pairs, torch.zeros_like(pairs), 0))
        return self._side_by_side(*both, 1, 2 * len(pairs))[0][start - 2 * first : start - 2 * first + count]

    def normals_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Any:
        both = self._pairs(*self._blocks(samples, dims, attempt, first))
        return self._side_by_side(*both, len(samples), dims)

    def _blocks(self, samples: Tensor, dims: int, attempt: int, first: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        blocks = torch.arange(first // 2, first // 2 + (dims + 1) // 2, device=self.device)
        return self.block(samples[:, None], blocks[None, :], attempt)

    def _side_by_side(self, one: Any, other: Any, count: int, dims: int) -> Any:
        both = torch.stack([one, other], -1)
        return both.reshape(count, -1)[:, :dims]

    def _uniform(self, high: Tensor, low: Tensor) -> Any:
        u = joined(high, low).clamp(max=MOST)
        if not self.bounded:
            return u
        wide = u.double()
        return Rounded(u, 3 * UNIT * wide + 2.0**-24 * (wide >= MOST))

    def _pairs(self, a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> tuple[Any, Any]:
        upper, t = folded(a, b)
        turns = c.to(torch.float32) * 2.0**-32
        if not self.bounded:
            return polar(upper, t, turns)
        held = Rounded(t, 3 * UNIT * t.double())
        return polar(upper, held, Rounded(turns, UNIT * turns.double() + 2.0**-32))


def joined(high: Tensor, low: Tensor) -> Tensor:
    """52 bits of two words and a half step, in (0, 1], rounded to float32: three roundings at the most."""
    return high.to(torch.float32) * 2.0**-32 + ((low >> 12).to(torch.float32) + 0.5) * 2.0**-52


def folded(high: Tensor, low: Tensor) -> tuple[Tensor, Tensor]:
    """Whether u is above one half, and the smaller of u and 1 − u in float32."""
    upper = high >= 1 << 31
    mask = upper * _LOW
    return upper, joined(high ^ mask, (((low >> 12) ^ (mask & _TWENTY)) << 12))


def polar(upper: Tensor, t: Any, turns: Any) -> tuple[Any, Any]:
    """Box and Muller's pair from the smaller of u and 1 − u, and an angle in turns; tensors, or numbers with bounds."""
    radius = torch.sqrt(-2.0 * torch.where(upper, torch.log1p(-t), torch.log(t)))
    angle = 2 * pi * turns
    return radius * torch.cos(angle), radius * torch.sin(angle)
