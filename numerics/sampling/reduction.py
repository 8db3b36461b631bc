"""Fewer draws for the same error: antithetic pairs, control variates, and randomised quasi-Monte Carlo.

All give what plain sampling gives, moments of independent numbers: a pair, a corrected draw, or a whole replicate of a
low-discrepancy net counts as one of them, so that the same intervals hold. None is used where it doesn't pay: see
``gain``, the ratio of variances at equal numbers of evaluations.

Source   Owen, "Monte Carlo theory, methods and examples" (2013), chapters 8 and 17; the nets are SciPy's Sobol points,
         scrambled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from scipy.stats import qmc
from torch import Tensor

from numerics.sampling.moments import Moments, in_a_tree, moments_of
from numerics.sampling.philox import key_of
from numerics.sampling.streams import Stream

Integrand = Callable[[Tensor], Tensor]
"""From uniforms (count, dims) to values (count,): a law's quantile function, and what is averaged, in one."""
PILOT = 2**12
FEWEST_REPLICATES = 16


@dataclass(frozen=True, slots=True)
class Reduced:
    """Moments of independent numbers, and how many evaluations of the integrand each of them took."""

    moments: Moments
    evaluations_each: float

    @property
    def variance_of_one(self) -> float:
        """The variance that one evaluation's worth of sampling is left with."""
        return self.moments.variance * self.evaluations_each


def plain(f: Integrand, dims: int, n: int, stream: Stream) -> Reduced:
    """n independent evaluations."""
    return Reduced(moments_of(f(stream.uniforms(0, n, dims))), 1)


def antithetic(f: Integrand, dims: int, n: int, stream: Stream) -> Reduced:
    """n/2 pairs, at u and at 1 − u: never worse than a factor of two, exact for what is odd about the middle."""
    u = stream.uniforms(0, n // 2, dims)
    return Reduced(moments_of((f(u) + f(1 - u)) / 2), 2)


def controlled(f: Integrand, control: Integrand, mean: float, dims: int, n: int, stream: Stream) -> Reduced:
    """n evaluations of f − β (control − its known mean), β from a pilot of its own so that nothing is biased.

    Raises ValueError where the control doesn't vary.
    """
    pilot = Stream(f"{stream.check}, pilot", stream.seed, stream.device).uniforms(0, PILOT, dims)
    values, beside = f(pilot), control(pilot)
    spread = float(beside.var())
    if not spread > 0:
        raise ValueError("the control variate is a constant: it can't take anything off")
    beta = float(((values - values.mean()) * (beside - beside.mean())).mean()) / spread
    u = stream.uniforms(0, n, dims)
    return Reduced(moments_of(f(u) - beta * (control(u) - mean)), 1)


def quasi(f: Integrand, dims: int, n: int, stream: Stream, replicates: int = FEWEST_REPLICATES) -> Reduced:
    """Independent scramblings of a Sobol net of at most n/replicates points; each mean is one number.

    Raises ValueError for fewer replicates than tell a variance, or fewer points than two in each.
    """
    if replicates < FEWEST_REPLICATES or n < 2 * replicates:
        raise ValueError(
            f"replicates={replicates} must be at least {FEWEST_REPLICATES}, with two points or more in each"
        )
    power = int(np.log2(n / replicates))
    means = [float(f(_net(dims, power, stream, i)).mean()) for i in range(replicates)]
    return Reduced(moments_of(torch.tensor(means, dtype=torch.float64)), 2**power)


def gain(reduced: Reduced, beside: Reduced) -> float:
    """How many times as many plain evaluations would leave the same error."""
    left = reduced.variance_of_one
    return beside.variance_of_one / left if left else float("inf")


def together(parts: list[Reduced]) -> Reduced:
    """Parts of the same kind as one."""
    return Reduced(in_a_tree([part.moments for part in parts]), parts[0].evaluations_each)


def _net(dims: int, power: int, stream: Stream, replicate: int) -> Tensor:
    low, high = key_of(stream.seed, f"{stream.check}, scrambling {replicate}")
    engine = qmc.Sobol(dims, scramble=True, bits=52, rng=np.random.default_rng([low, high]))
    points = np.clip(engine.random_base2(power), 2.0**-53, 1 - 2.0**-53)
    return torch.as_tensor(points, dtype=torch.float64, device=stream.device)
