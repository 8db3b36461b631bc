"""Longer runs of expectation-maximisation on scikit-learn's digits: mixtures of normals, and factor analysis."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from numerics.specifications.contract import Figure, Model, Panel, Result
from numerics.specifications.draws import Draw
from numerics.specifications.training import Longer, digits, principal, sheet
from reference_models.structured import linear_latent, mixtures

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


def _dequantised(draw: Draw, x: Tensor) -> Tensor:
    """Pixels, which are multiples of 1/16, spread evenly over the sixteenth above: a density is then bounded."""
    return x + draw.uniform(0, 1, *x.shape) / 16


def factor_analysis(model: Model, draw: Draw, progress: Progress, d: int = 15, steps: int = 1500) -> Result:
    """All 64 pixels under d factors: EM never falls, fits every pixel's variance, and beats isotropic noise."""
    data = digits(draw)
    x, held = _dequantised(draw, data.x), _dequantised(draw, data.held_x)
    mean, seen = x.mean(0), []
    w, psi = 0.1 * draw.normal(64, d), x.var(0, correction=0)
    for step in range(steps):
        seen.append(float(model.log_prob(x, w, mean, psi).mean()))
        w, psi = model.em_step(x, w, psi)
        progress((step + 1) / steps)
    fall = max(0.0, *(before - after for before, after in pairwise(seen)))
    fitted = (w**2).sum(1) + psi
    plain, var = linear_latent.ppca_mle(x, d)
    whole = linear_latent.normal_log_prob(held, mean, torch.cov(x.mT, correction=0))
    drawn = mean + draw.normal(32, d) @ w.mT + torch.sqrt(psi) * draw.normal(32, 64)
    z, _ = model.posterior(held[:16], w, mean, psi)
    again = torch.cat([data.held_x[:16], mean + z @ w.mT])
    return Result(
        (
            Figure("largest fall of the mean log-likelihood", fall, 0.0, 1e-9, "nats"),
            Figure(
                "largest fitted variance of a pixel over the data's",
                float((fitted / x.var(0, correction=0)).max()),
                1.0,
                1e-2,
            ),
            Figure("held-out mean log-likelihood", float(model.log_prob(held, w, mean, psi).mean()), unit="nats"),
            Figure(
                "the same of probabilistic PCA",
                float(linear_latent.fa_log_prob(held, plain, mean, var.expand(64)).mean()),
                unit="nats",
            ),
            Figure("the same of one normal law", float(whole.mean()), unit="nats"),
        ),
        (
            sheet("Draws", drawn),
            sheet("Held-out digits, and from their factors", again),
            Panel("Mean log-likelihood by EM step", "lines", {"digits": (list(range(steps)), seen)}),
        ),
    )


LONG: Longer = {
    "em": ("scikit-learn's digits, ten principal coordinates", em),
    "factor_analysis": ("scikit-learn's digits, dequantised, fifteen factors", factor_analysis),
}
