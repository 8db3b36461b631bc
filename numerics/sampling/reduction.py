"""Fewer draws for the same error: streams whose numbers come in opposite pairs, or as a randomised net.

Both are streams like any other, so every sampler draws from them, and every number of them is uniform, or normal, by
itself. What is independent is a pair, or a whole replicate of a net: their means are what is counted, so that the same
intervals hold. A net is
Sobol's, its first eight binary digits shifted at random in each replicate, and the rest of each number drawn
independently: the part of the unit interval that a number falls into is the net's, the place within is its own.

Source   Owen, "Monte Carlo theory, methods and examples" (2013), chapters 8 and 17; the nets are SciPy's Sobol points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import torch
from scipy.stats import qmc
from torch import Tensor

from numerics.sampling.streams import Stream

DIGITS = 8
NET = 1 << DIGITS
"""Points in a replicate."""
REPLICATES = 256
"""Fewer replicates don't tell how far their mean may be off at a small alpha."""
MOST_DIMS = 64
"""Further dimensions are drawn as if there were no net."""
_SHIFT = 2**30
"""The attempt whose words shift a net: no rejection comes so far."""


class Way(Enum):
    """What draws are made of, and how many of them are one independent number."""

    PLAIN = "plain draws"
    CONTROLS = "control variates"
    ANTITHETIC = "antithetic pairs"
    NET = "nets"


@dataclass(frozen=True)
class Opposite(Stream):
    """u becomes 1 − u, z becomes −z: the other half of each pair."""

    def uniforms_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        found: Tensor = 1 - super().uniforms_at(samples, dims, attempt, first)
        return found

    def normals(self, start: int, count: int) -> Tensor:
        return -super().normals(start, count)

    def normals_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        plain = Stream(self.check, self.seed, self.device)
        return -plain.normals_at(samples, dims, attempt, first)


@dataclass(frozen=True)
class Net(Stream):
    """Sample i is point i mod 256 of replicate i // 256. A rejection goes on without the net."""

    def uniforms_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        own = super().uniforms_at(samples, dims, attempt, first)
        if attempt or first + dims > MOST_DIMS:
            return own
        place = sobol(MOST_DIMS).to(samples.device)[samples % NET, first : first + dims]
        found = ((place ^ self._shifts(samples // NET, dims, first)) + own) / NET
        inside: Tensor = found.clamp(max=1 - 2.0**-53)  # the last part of the interval may be rounded to its end
        return inside

    def normals(self, start: int, count: int) -> Tensor:
        return self.normals_at(torch.arange(start, start + count, device=self.device))[:, 0]

    def normals_at(self, samples: Tensor, dims: int = 1, attempt: int = 0, first: int = 0) -> Tensor:
        found: Tensor = torch.special.ndtri(self.uniforms_at(samples, dims, attempt, first))
        return found

    def _shifts(self, replicates: Tensor, dims: int, first: int) -> Tensor:
        """Eight random digits for each replicate and dimension."""
        unique, where = torch.unique_consecutive(replicates, return_inverse=True)
        words: Any = super().uniforms_at(unique, dims, _SHIFT, first)
        shifts: Tensor = (words * NET).long()[where]
        return shifts


@lru_cache(maxsize=1)
def sobol(dims: int) -> Tensor:
    """The first 256 points of Sobol's sequence as whole numbers below 256, int64 (256, dims)."""
    points = qmc.Sobol(dims, scramble=False).random_base2(DIGITS)
    return torch.as_tensor((points * NET).round()).long()


def stream_of(way: Way, check: str, seed: int, device: str) -> Stream:
    """The stream from which a way draws; of pairs, the first half."""
    return (Net if way is Way.NET else Stream)(check, seed, device)


def independent(values: Tensor, way: Way) -> Tensor:
    """The independent numbers among the values of whole replicates: means of nets, or the values themselves."""
    return values.reshape(-1, NET).mean(1) if way is Way.NET else values


def evaluations_each(way: Way) -> int:
    """Evaluations of the integrand in one independent number."""
    if way is Way.NET:
        return NET
    return 2 if way is Way.ANTITHETIC else 1
