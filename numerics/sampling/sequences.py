"""How far a mean may be off: intervals that hold at every number of draws at once, and intervals from exact laws.

A sequence of intervals with level alpha misses the mean at any n whatsoever with chance at most alpha, so it may be
looked at all the time, and sampling may stop when it pleases. An interval for one n, looked at all the time, misses it
sooner or later.

Source   normal mixture: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and
         asymptotic confidence sequences" (arXiv:2103.06476); empirical Bernstein: Waudby-Smith and Ramdas, "Estimating
         means of bounded random variables by betting" (arXiv:2010.09686); Clopper and Pearson 1934 (Biometrika 26).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainccinv, betaincinv, gammainccinv, gammaincinv, ndtri

from numerics.sampling.moments import Moments

Array = NDArray[np.float64]
TOTAL_ALPHA = 1e-6
"""The chance that a whole run calls anything false that is true."""
MOST_CORRECTION = 0.05
"""Where skewness and kurtosis would move a normal quantile by more than this share, the normal law isn't leant on. The
mixture sequence is wider than that quantile by 11 % or more, so what is let through is covered twice over."""


def share(checks: int, total: float = TOTAL_ALPHA) -> float:
    """The alpha of each of so many checks, which together keep the total. Raises ValueError for less than one."""
    if checks < 1:
        raise ValueError(f"checks={checks} must be at least 1")
    return total / checks


def two_sided(alpha: float) -> float:
    """The normal quantile z with P(|Z| > z) = alpha."""
    return float(-ndtri(alpha / 2))


# Asymptotic: any law with a variance.


def mixture_factor(t: float | Array, alpha: float, tuned_at: float) -> Array:
    """The radius, in standard deviations of one draw, of the normal-mixture sequence at t draws.

    It is narrowest near ``tuned_at``; there it is 11 % wider than a fixed interval at alpha 1e-9, 28 % at 1e-3.
    """
    scale = (-2 * log(alpha) + log(-2 * log(alpha) + 1)) / tuned_at
    spread = np.asarray(t) * scale + 1
    return np.asarray(np.sqrt(2 * spread / (np.asarray(t) ** 2 * scale) * np.log(np.sqrt(spread) / alpha)))


def mixture_radius(found: Moments, alpha: float, tuned_at: float) -> float:
    """How far the mean of ``found`` may be off: valid at every n together, in the limit of many draws."""
    return found.deviation * float(mixture_factor(found.n, alpha, tuned_at))


def quantile_moved(z: float, n: int, skewness: float, kurtosis: float) -> float:
    """By how much the skewness and the excess kurtosis of one draw move the quantile z of a mean of n: Cornish-Fisher.

    Each term counts with its size, so that the sum is a guess at the worst of both sides.
    """
    g, k = abs(skewness) / sqrt(n), abs(kurtosis) / n
    return abs(z**2 - 1) * g / 6 + abs(z**3 - 3 * z) * k / 24 + abs(2 * z**3 - 5 * z) * g**2 / 36


def not_yet_normal(z: float, n: int, skewness: float, kurtosis: float) -> str | None:
    """Why the normal law isn't leant on at z; None where it may be."""
    moved = quantile_moved(z, n, skewness, kurtosis)
    if moved <= MOST_CORRECTION * z:
        return None
    return (
        f"a mean of {n} draws with skewness {skewness:.3g} and kurtosis {kurtosis:.3g} is not near enough to normal "
        f"at {z:.2f} deviations: take more draws, or an exact law"
    )


SPREAD_ESTIMATED = 1.1
"""More room for the noise of a false pass, since the radius comes from the same draws and a skewed law moves both."""


@dataclass(frozen=True)
class MeanPlan:
    """What a check of a mean promises when its draws have a variance and no more is known of them.

    ``alpha``        the chance that a true claim is called false, at any number of draws;
    ``discrepancy``  the error, in standard deviations of one draw, that must be seen;
    ``false_pass``   the chance that an error of that size passes.
    """

    alpha: float
    discrepancy: float
    false_pass: float

    def __post_init__(self) -> None:
        if not (0 < self.alpha < 1 and 0 < self.false_pass < 1 and self.discrepancy > 0):
            raise ValueError(f"{self} needs chances between 0 and 1 and a discrepancy above 0")

    @property
    def n(self) -> int:
        """The fewest draws for which the radius leaves room for the noise of a false pass, fixed before looking."""
        power = SPREAD_ESTIMATED * float(-ndtri(self.false_pass))
        n = ((two_sided(self.alpha) + power) / self.discrepancy) ** 2
        while float(mixture_factor(n, self.alpha, n)) + power / sqrt(n) > self.discrepancy:
            n *= 1.01
        return ceil(n)

    @property
    def detail(self) -> str:
        return (
            f"n={self.n}, alpha={self.alpha:g} at each point and any n, an error of {self.discrepancy:g} sd passes "
            f"with chance {self.false_pass:g}"
        )


# Bounded draws: nothing but the bounds is assumed.


def empirical_bernstein(values: Array, alpha: float, low: float = 0.0, high: float = 1.0) -> tuple[Array, Array]:
    """The centre and the radius after each of the draws in turn, which must lie in [low, high].

    Raises ValueError for a draw outside of the bounds, where nothing would hold.
    """
    if not (low <= values.min() and values.max() <= high):
        raise ValueError(f"draws from {values.min()} to {values.max()} leave the bounds [{low}, {high}]")
    x = (values - low) / (high - low)
    t = np.arange(1, len(x) + 1)
    mean = (0.5 + np.cumsum(x)) / (t + 1)
    variance = (0.25 + np.cumsum((x - mean) ** 2)) / (t + 1)
    mean_before, variance_before = np.append(0.5, mean[:-1]), np.append(0.25, variance[:-1])
    bets = np.minimum(np.sqrt(2 * log(2 / alpha) / (variance_before * t * np.log(1 + t))), 0.5)
    cost = -np.log1p(-bets) - bets
    total = np.cumsum(bets)
    radius = (log(2 / alpha) + np.cumsum((x - mean_before) ** 2 * cost)) / total
    return low + (high - low) * np.cumsum(bets * x) / total, (high - low) * radius


# Exact laws, for one n. Tails go by their complements: 1 − alpha/2 would keep few digits of a tiny alpha.


def binomial_interval(hits: int, n: int, alpha: float) -> tuple[float, float]:
    """Clopper and Pearson's interval for a probability: never misses it more often than alpha."""
    low = float(betaincinv(hits, n - hits + 1, alpha / 2)) if hits else 0.0
    high = float(betainccinv(hits + 1, n - hits, alpha / 2)) if hits < n else 1.0
    return low, high


def poisson_interval(count: int, alpha: float) -> tuple[float, float]:
    """Garwood's interval for the mean of a POISSON count: never misses it more often than alpha."""
    return float(gammaincinv(count, alpha / 2)) if count else 0.0, float(gammainccinv(count + 1, alpha / 2))


def scale_interval(mean: float, shape: float, alpha: float) -> tuple[float, float]:
    """The interval for the mean of a GAMMA law of known shape and unknown scale from one draw of it."""
    return mean * shape / float(gammainccinv(shape, alpha / 2)), mean * shape / float(gammaincinv(shape, alpha / 2))


def variance_interval(found: Moments, alpha: float) -> tuple[float, float]:
    """The interval for the variance of a NORMAL law, whose sum of squares follows a chi-squared law."""
    return scale_interval(found.variance, (found.n - 1) / 2, alpha)


def exponential_interval(total: float, n: int, alpha: float) -> tuple[float, float]:
    """The interval for the mean of an EXPONENTIAL law from the sum of n draws, which follows a gamma law."""
    return scale_interval(total / n, n, alpha)
