"""The diffusion chain, DDPM: schedules, jumps, way back, loss weights, sampling. Standalone: imports math, torch.

Source   Sohl-Dickstein et al. 2015, section 2; Ho et al. 2020, sections 2 and 3; Nichol and Dhariwal 2021 (cosine).
Shapes   x is (*batch, d); a schedule β is (T,) for steps 1 … T, ᾱ is (T + 1,) with ᾱ_0 = 1. float64, nats.
Here     t = 0 is data and t = T noise; β_t and σ² are VARIANCES, α_t = 1 − β_t, ᾱ_t = Π_{s ≤ t} α_s. ``bar`` and
         ``before`` are ᾱ_t and ᾱ_{t−1}. A network predicts the noise: eps(x, t).
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Network = Callable[[Tensor, int], Tensor]


def linear_schedule(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    """β_1 … β_T, equally spaced."""
    return torch.linspace(first, last, steps, dtype=torch.float64)


def cosine_bars(steps: int, s: float = 0.008) -> Tensor:
    """ᾱ_t = cos²((t/T + s)/(1 + s) π/2) / cos²(s/(1 + s) π/2), t = 0 … T."""
    t = torch.arange(steps + 1, dtype=torch.float64) / steps
    f = torch.cos((t + s) / (1 + s) * math.pi / 2) ** 2
    return f / f[0]


def schedule_of(bars: Tensor) -> Tensor:
    """β_t = 1 − ᾱ_t/ᾱ_{t−1}, at most 0.999."""
    return (1 - bars[1:] / bars[:-1]).clamp_max(0.999)


def bars_of(beta: Tensor) -> Tensor:
    """ᾱ_0 = 1, ᾱ_t = Π (1 − β_s), by a sum of logs."""
    return torch.exp(torch.cat([torch.zeros_like(beta[:1]), torch.log1p(-beta).cumsum(0)]))


def snr(bar: Tensor) -> Tensor:
    """ᾱ/(1 − ᾱ), signal to noise in variances."""
    return bar / (1 - bar)


def step(x: Tensor, beta: Tensor, noise: Tensor) -> Tensor:
    """x_t = √(1 − β_t) x_{t−1} + √β_t ε."""
    return torch.sqrt(1 - beta) * x + torch.sqrt(beta) * noise


def jump(x0: Tensor, bar: Tensor, noise: Tensor) -> Tensor:
    """x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε."""
    return torch.sqrt(bar) * x0 + torch.sqrt(1 - bar) * noise


def start_of(x: Tensor, eps: Tensor, bar: Tensor) -> Tensor:
    """x̂_0 = (x_t − √(1 − ᾱ_t) ε)/√ᾱ_t."""
    return (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)


def score_of(eps: Tensor, bar: Tensor) -> Tensor:
    """∇ log q(x_t) = −ε/√(1 − ᾱ_t) for the best ε."""
    return -eps / torch.sqrt(1 - bar)


def velocity_of(x0: Tensor, eps: Tensor, bar: Tensor) -> Tensor:
    """v = √ᾱ_t ε − √(1 − ᾱ_t) x_0."""
    return torch.sqrt(bar) * eps - torch.sqrt(1 - bar) * x0


def posterior(x: Tensor, x0: Tensor, bar: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of q(x_{t−1} | x_t, x_0): (√ᾱ_{t−1} β_t x_0 + √α_t (1 − ᾱ_{t−1}) x_t)/(1 − ᾱ_t), β̃_t."""
    alpha = bar / before
    mean = (torch.sqrt(before) * (1 - alpha) * x0 + torch.sqrt(alpha) * (1 - before) * x) / (1 - bar)
    return mean, (1 - alpha) * (1 - before) / (1 - bar)


def reverse_mean(x: Tensor, eps: Tensor, bar: Tensor, before: Tensor) -> Tensor:
    """μ_θ = (x_t − β_t ε/√(1 − ᾱ_t))/√α_t."""
    alpha = bar / before
    return (x - (1 - alpha) / torch.sqrt(1 - bar) * eps) / torch.sqrt(alpha)


def loss_weight(bar: Tensor, before: Tensor) -> Tensor:
    """The weight of |ε − ε_θ|² in the ELBO with σ_t² = β̃_t: β_t²/(2 β̃_t α_t (1 − ᾱ_t)), for t ≥ 2."""
    alpha = bar / before
    variance = (1 - alpha) * (1 - before) / (1 - bar)
    return (1 - alpha) ** 2 / (2 * variance * alpha * (1 - bar))


def snr_weight(bar: Tensor, before: Tensor) -> Tensor:
    """The weight of |x_0 − x̂_0|² in the same term: ½ (SNR_{t−1} − SNR_t), whatever the schedule in between (VDM)."""
    return (snr(before) - snr(bar)) / 2


def simple_loss(eps: Network, x0: Tensor, t: int, bars: Tensor, noise: Tensor) -> Tensor:
    """|ε − ε_θ(√ᾱ_t x_0 + √(1 − ᾱ_t) ε, t)|², summed over coordinates: (*batch,)."""
    return ((noise - eps(jump(x0, bars[t], noise), t)) ** 2).sum(-1)


def sample(eps: Network, noise: Tensor, bars: Tensor) -> Tensor:
    """x_0 from x_T = noise[0]: x_{t−1} = μ_θ + √β̃_t z, with no noise at t = 1. noise is (T, *batch, d)."""
    x, steps = noise[0], bars.numel() - 1
    for t in range(steps, 0, -1):
        mean = reverse_mean(x, eps(x, t), bars[t], bars[t - 1])
        variance = posterior(x, x, bars[t], bars[t - 1])[1]  # β̃_1 = 0
        x = mean + torch.sqrt(variance) * noise[(steps + 1 - t) % steps]
    return x
