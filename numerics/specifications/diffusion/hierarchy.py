"""DDPM as a hierarchical VAE: row 215."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Model,
    Mutant,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.diffusion.chain import best_noise, random_schedule
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, worst
from reference_models.diffusion import chain


def _hvae_terms(model: Model, draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    bars = random_schedule(draw, 4)
    return bars, draw.normal(), draw.uniform(0.5, 1.5), draw.normal()


def _linear_elbo(
    model: Model, bars: Tensor, mean: Tensor, std: Tensor, x0: Tensor, scale: float, last: Tensor
) -> Tensor:
    """The ELBO at x_0 with ε-network scale · the best one, from the weights; last: variance of p(x_0 | x_1)."""
    t, w = (torch.as_tensor(v, device=x0.device) for v in _hermite())
    eps = best_noise(mean, std, bars)

    def error(k: int, weight: Tensor) -> Tensor:
        return weight * (w * (t - scale * eps(chain.jump(x0, bars[k], t), k)) ** 2).sum()

    steps = bars.numel() - 1
    x1 = chain.jump(x0, bars[1], t)
    guess = model.reverse_mean(x1, scale * eps(x1, 1), bars[1], bars[0])
    total = (w * torch.distributions.Normal(guess, torch.sqrt(last)).log_prob(x0)).sum()
    for k in range(2, steps + 1):
        total = total - error(k, model.loss_weight(bars[k], bars[k - 1]))
    end = torch.distributions.Normal(torch.sqrt(bars[-1]) * x0, torch.sqrt(1 - bars[-1]))
    return total - torch.distributions.kl_divergence(
        end, torch.distributions.Normal(torch.zeros_like(x0), torch.ones_like(x0))
    )


def _hermite() -> tuple[Any, Any]:
    import numpy as np

    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    return nodes, weights / weights.sum()


def _elbo_by_paths(model: Model, draw: Draw) -> Outcome:
    """The weighted noise losses against the ELBO of the joint normal law of the whole path."""
    bars, mean, std, x0 = _hvae_terms(model, draw)
    scale, last, n = 0.9, draw.tensor(0.3), 4
    eps, zero, one = best_noise(mean, std, bars), draw.tensor(0.0), draw.tensor(1.0)
    # q(x_1 … x_T | x_0) is normal: mean √ᾱ_t x_0, covariance of x_s and x_t is √(ᾱ_t/ᾱ_s) (1 − ᾱ_s) for s ≤ t
    centre = torch.sqrt(bars[1:]) * x0
    low, high = torch.minimum(bars[1:, None], bars[None, 1:]), torch.maximum(bars[1:, None], bars[None, 1:])
    cov = torch.sqrt(low / high) * (1 - high)
    total = torch.linalg.slogdet(cov)[1] / 2 + n * (1 + math.log(2 * math.pi)) / 2  # entropy of q

    def expected(row: Tensor, offset: Tensor, variance: Tensor) -> Tensor:
        """E_q log N(row · x + offset | 0, variance)."""
        m, v = row @ centre + offset, row @ cov @ row
        return -(m**2 + v) / (2 * variance) - torch.log(2 * math.pi * variance) / 2

    eye = torch.eye(n, dtype=torch.float64, device=draw.device)
    for t in range(1, n + 1):

        def back(x: Tensor, t: int = t) -> Tensor:
            return model.reverse_mean(x, scale * eps(x, t), bars[t], bars[t - 1])

        slope, offset = back(one) - back(zero), back(zero)
        if t == 1:
            total = total + expected(-slope * eye[0], x0 - offset, last)
        else:
            variance = model.posterior(zero, zero, bars[t], bars[t - 1])[1]
            total = total + expected(eye[t - 2] - slope * eye[t - 1], -offset, variance)
    total = total + expected(eye[-1], zero, one)
    return close(_linear_elbo(model, bars, mean, std, x0, scale, last), total, 1e-7)


def _below(model: Model, draw: Draw) -> Outcome:
    """ELBO ≤ log p(x_0), whose law under the linear way back is normal: its moments run through the chain."""
    bars, mean, std, x0 = _hvae_terms(model, draw)
    scale, last = 0.8, draw.tensor(0.3)
    eps, zero, one = best_noise(mean, std, bars), draw.tensor(0.0), draw.tensor(1.0)
    m, v = zero, one
    for t in range(4, 0, -1):
        offset = model.reverse_mean(zero, scale * eps(zero, t), bars[t], bars[t - 1])
        slope = model.reverse_mean(one, scale * eps(one, t), bars[t], bars[t - 1]) - offset
        variance = model.posterior(zero, zero, bars[t], bars[t - 1])[1] if t > 1 else last
        m, v = slope * m + offset, slope**2 * v + variance
    evidence = torch.distributions.Normal(m, torch.sqrt(v)).log_prob(x0)
    return at_most(_linear_elbo(model, bars, mean, std, x0, scale, last), evidence, 1e-9)


def _no_weight(bar: Tensor, before: Tensor) -> Tensor:
    return torch.ones_like(bar)


def _lighter(bar: Tensor, before: Tensor) -> Tensor:
    return -20 * chain.loss_weight(bar, before)


def _by_snr(model: Model, draw: Draw) -> Outcome:
    """KL of the way back with x_0 to that with x̂_0: ½ (SNR_{t−1} − SNR_t) |x_0 − x̂_0|²; it adds up over steps."""
    bars, t, x, x0, guess = random_schedule(draw), draw.whole(2, 6), draw.normal(3), draw.normal(3), draw.normal(3)
    mean, variance = chain.posterior(x, x0, bars[t], bars[t - 1])
    other = torch.distributions.Normal(chain.posterior(x, guess, bars[t], bars[t - 1])[0], torch.sqrt(variance))
    gap = torch.distributions.kl_divergence(torch.distributions.Normal(mean, torch.sqrt(variance)), other).sum()
    whole = sum(model.snr_weight(bars[k], bars[k - 1]) for k in range(2, 7))
    return worst(
        close(model.snr_weight(bars[t], bars[t - 1]) * ((x0 - guess) ** 2).sum(), gap, 1e-8),
        close(whole, model.snr_weight(bars[6], bars[1])),
    )


def _own_snr(bar: Tensor, before: Tensor) -> Tensor:
    return chain.snr(bar) / 2


def _unit_variance(model: Model, draw: Draw) -> Outcome:
    beta = draw.uniform(0.01, 0.5, 30)
    variance = draw.uniform(0.1, 3)
    v, one = variance, draw.tensor(1.0)
    for b in beta:
        a, e = model.step(one, b, 0 * one), model.step(0 * one, b, one)
        v = a**2 * v + e**2
    bar = model.bars_of(beta)[-1]
    a, e = model.step(one, beta[0], 0 * one), model.step(0 * one, beta[0], one)
    return worst(close(a**2 + e**2, 1.0), close(v - 1, bar * (variance - 1)))


def _beta_as_std(x: Tensor, beta: Tensor, noise: Tensor) -> Tensor:
    return torch.sqrt(1 - beta) * x + beta * noise


HVAE = Specification(
    name="ddpm_hvae",
    family="diffusion",
    systems=(215,),
    title="DDPM / VDM as a hierarchical VAE with a fixed encoder",
    statement="ELBO = E log p(x_0|x_1) − Σ_t E KL(q(x_{t−1}|x_t,x_0) ‖ p(x_{t−1}|x_t)) − KL(q(x_T|x_0) ‖ N(0, I))",
    page="reference_models.diffusion.chain",
    functions={
        name: getattr(chain, name)
        for name in ("step", "bars_of", "posterior", "reverse_mean", "loss_weight", "snr_weight")
    },
    properties=(
        Property(
            "weighted noise errors are the ELBO of the path's joint law",
            _elbo_by_paths,
            Mutant("the weight is 1, as in the simple loss", {"loss_weight": _no_weight}),
        ),
        Property("below the exact evidence", _below, Mutant("the weight's sign and size", {"loss_weight": _lighter})),
        Property(
            "in terms of x_0 a step weighs half of its loss of SNR",
            _by_snr,
            Mutant("half of the SNR itself", {"snr_weight": _own_snr}),
        ),
        Property(
            "unit variance is kept, any other tends to it",
            _unit_variance,
            Mutant("β for √β", {"step": _beta_as_std}),
        ),
    ),
    source="Ho, Jain and Abbeel 2020, section 2; Kingma et al. 2021",
    conventions=("σ_t² = β̃_t", "the last term is KL to N(0, I)"),
)

SPECIFICATIONS = (HVAE,)
