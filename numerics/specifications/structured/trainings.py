"""A longer run of expectation-maximisation: principal coordinates of scikit-learn's digits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, digits, principal, sheet
from reference_models.structured import mixtures

Progress = Callable[[float], None]


def em(
    model: Model, draw: Draw, progress: Progress, d: int = 10, k: int = 12, starts: int = 5, steps: int = 200
) -> Result:
    """The best of some random starts of full covariances: held-out log-likelihood against that of one normal law."""
    data = digits(draw)
    axes = principal(data.x, d)
    x, held = axes.codes(data.x), axes.codes(data.held_x)
    runs: list[tuple[list[float], tuple[Tensor, Tensor, Tensor]]] = []
    for start in range(starts):
        centres = x[draw.permutation(len(x))[:k]]
        parts = model.m_step(x, torch.softmax(-(torch.cdist(x, centres) ** 2) / 4, -1))
        seen = [float(mixtures.log_prob(x, *parts).mean())]
        for step in range(steps):
            parts = model.em_step(x, *parts)
            seen.append(float(mixtures.log_prob(x, *parts).mean()))
            progress((start + (step + 1) / steps) / starts)
        runs.append((seen, parts))
    seen, parts = max(runs, key=lambda run: run[0][-1])
    fall = max(0.0, *(before - after for curve, _ in runs for before, after in pairwise(curve)))
    bound = float(model.lower_bound(x, mixtures.responsibilities(x, *parts), *parts)) / len(x)
    one = torch.distributions.MultivariateNormal(x.mean(0), torch.cov(x.mT, correction=0))
    drawn = mixtures.sample(*parts, draw.uniform(0, 1, 32), draw.normal(32, d))
    rows = {f"start {i}": (list(range(steps + 1)), curve) for i, (curve, _) in enumerate(runs)}
    return Result(
        (
            Figure("largest fall of the mean log-likelihood", fall, 0.0, 1e-10, "nats"),
            Figure("bound after an E-step, the mean log-likelihood", bound, seen[-1], 1e-9, "nats"),
            Figure("held-out mean log-likelihood", float(mixtures.log_prob(held, *parts).mean()), unit="nats"),
            Figure("held-out mean log-likelihood of one normal law", float(one.log_prob(held).mean()), unit="nats"),
        ),
        (sheet("Draws", axes.images(drawn)), Panel("Mean log-likelihood by EM step", "lines", rows)),
    )


LONG: Longer = {
    "em": ("scikit-learn's digits, ten principal coordinates", em),
}
