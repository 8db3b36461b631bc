"""How heavy a tail is, from the largest values seen: a mean is not given out where its error can't be.

Source   Zhang and Stephens 2009, "A new and efficient estimation method for the generalized Pareto distribution"
         (Technometrics 51), with the shrinkage of Vehtari, Simpson, Gelman, Yao and Gabry, "Pareto smoothed importance
         sampling" (arXiv:1507.02646).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

KEPT = 256
"""How many of the largest values are kept."""
FEWEST = 20
"""Fewer values above the least one tell nothing."""
MOST_FOR_A_MEAN = 0.5
"""From this shape on the variance is infinite, so a radius that comes from it says nothing."""
MOST_FOR_WEIGHTS = 0.7
"""Importance weights beyond this shape need more draws than there are."""


def shape_of_tail(sizes: Sequence[float]) -> float:
    """The shape k of the generalized Pareto law of what exceeds the least of these sizes; NaN where too few do.

    Below 0 the tail ends, 0 is exponential, from 1/2 on the variance is infinite, from 1 on the mean.
    """
    ordered = np.sort(np.abs(np.asarray(sizes, dtype=np.float64)))
    if len(ordered) and ordered[-1] - ordered[0] <= 1e-9 * ordered[-1]:
        return -1.0 if len(ordered) >= FEWEST else float("nan")  # one value many times over: the end of a bounded range
    x = ordered[ordered > ordered[0]] - ordered[:1]
    n = len(x)
    if n < FEWEST or not np.isfinite(x).all():
        return float("nan")
    x = np.maximum(x, 1e-12 * x[-1])
    grid = 30 + int(np.sqrt(n))
    quartile = x[int(n / 4 + 0.5) - 1]
    theta = 1 / x[-1] + (1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3 * quartile)
    theta = theta[theta != 0]
    k = np.log1p(-theta[:, None] * x).mean(axis=1)
    fit = n * (np.log(-theta / k) - k - 1)
    with np.errstate(over="ignore"):  # a fit so much worse has no weight
        weight = 1 / np.exp(fit - fit[:, None]).sum(axis=1)
    best = (theta * weight).sum() / weight.sum()
    return float((n * np.log1p(-best * x).mean() + 10 * 0.5) / (n + 10))


def too_heavy(weights: Sequence[float]) -> str | None:
    """Why an average with these importance weights (the largest of them) is refused; None where it isn't."""
    k = shape_of_tail(weights)
    return None if k <= MOST_FOR_WEIGHTS else f"the weights have a tail of shape {k:.2f}, above {MOST_FOR_WEIGHTS}"
