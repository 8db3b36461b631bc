"""Sampling with the error stated first: (alpha, discrepancy, false-pass rate) fix n before anything is drawn.

The mean of n independent draws of a sub-gamma variable (variance v, scale c: log E e^(λ(X − μ)) ≤ λ²v/(2(1 − cλ)), and
the same for −X) is off by more than √(2vt/n) + ct/n with chance at most 2e^(−t). This holds at every n; no central
limit is leant on. Here v = 1: errors are counted in standard deviations of one draw.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log, sqrt

import numpy as np

SEED = 20240229
"""The one seed; a stream is told apart by what is drawn in it."""


@dataclass(frozen=True)
class Plan:
    """What a sampling check promises.

    ``alpha``        the chance that a true claim is called false;
    ``discrepancy``  the error, in standard deviations of one draw, that must be seen;
    ``false_pass``   the chance that an error of that size passes;
    ``scale``        the sub-gamma scale c of one draw, in its standard deviations.
    """

    alpha: float
    discrepancy: float
    false_pass: float
    scale: float

    def __post_init__(self) -> None:
        if not (0 < self.alpha < 1 and 0 < self.false_pass < 1):
            raise ValueError(f"alpha={self.alpha} and false_pass={self.false_pass} are chances: between 0 and 1")
        if not (self.discrepancy > 0 and self.scale >= 0):
            raise ValueError(f"discrepancy={self.discrepancy} must be above 0 and scale={self.scale} not below it")

    @cached_property
    def n(self) -> int:
        """The fewest draws for which both bounds fit into the discrepancy: r(alpha) + r(false_pass) ≤ discrepancy."""
        t_alpha, t_pass = log(2 / self.alpha), log(2 / self.false_pass)
        root = sqrt(2 * t_alpha) + sqrt(2 * t_pass)
        tail = self.scale * (t_alpha + t_pass)
        inverse = (sqrt(root**2 + 4 * tail * self.discrepancy) - root) / (2 * tail) if tail else self.discrepancy / root
        return ceil(1 / inverse**2)

    @property
    def detail(self) -> str:
        return (
            f"n={self.n}, alpha={self.alpha:g} at each point, an error of {self.discrepancy:g} sd passes with chance "
            f"{self.false_pass:g}, sub-gamma bound of scale {self.scale:.4g}, seed {SEED}"
        )


def radius(plan: Plan, deviation: float) -> float:
    """How far the mean of ``plan.n`` draws of standard deviation ``deviation`` may be off, but for chance alpha."""
    t = log(2 / plan.alpha)
    return deviation * (sqrt(2 * t / plan.n) + plan.scale * t / plan.n)


def generator(check: str, point: tuple[object, ...], attempt: int) -> np.random.Generator:
    """The stream of one check at one point; a second attempt gets a fresh one. The same on every machine."""
    stream = zlib.crc32(repr((check, [str(v) for v in point], attempt)).encode())
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((SEED, stream))))
