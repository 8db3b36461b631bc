"""unCLIP: a diffusion prior of image embeddings given a caption, and a decoder of images given an embedding.

Standalone: imports torch.
Source   Ramesh et al. 2022, sections 2.1, 2.2 and 3; Ho and Salimans 2021, section 3.2 (guidance).
Shapes   embeddings z (*batch, d), images x (*batch, D), captions y (*batch, k); ᾱ is bars[t], bars[0] = 1.
Here     ᾱ keeps a share of VARIANCE. The prior's network predicts z_0 itself, not the noise; the decoder's predicts the
         noise, and sees z and whether it may look at it. Guidance: (1 + s) of what it says with z, less s without.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Prior = Callable[[Tensor, Tensor, Tensor], Tensor]
"""(z_t, ᾱ_t, y) to a guess of z_0."""
Decoder = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
"""(x_t, ᾱ_t, z, 1 or 0 where z may be seen or not) to a guess of the noise."""


def prior_loss(z: Tensor, y: Tensor, bar: Tensor, noise: Tensor, prior: Prior) -> Tensor:
    """|f(√ᾱ z + √(1 − ᾱ) ε, ᾱ, y) − z|²: (*batch,)."""
    noised = torch.sqrt(bar) * z + torch.sqrt(1 - bar) * noise
    return ((prior(noised, bar, y) - z) ** 2).sum(-1)


def _step_back(z: Tensor, guess: Tensor, bar: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of z_{t−1} given z_t and z_0 = guess, of Gaussian noise with ᾱ_t and ᾱ_{t−1}."""
    alpha = bar / before
    of_guess = torch.sqrt(before) * (1 - alpha) / (1 - bar)
    of_here = torch.sqrt(alpha) * (1 - before) / (1 - bar)
    return of_guess * guess + of_here * z, (1 - alpha) * (1 - before) / (1 - bar)


def prior_sample(y: Tensor, bars: Tensor, noise: Tensor, prior: Prior) -> Tensor:
    """z_0 from noise[0] by steps along bars from the last, noise (T, *batch, d)."""
    z, steps = noise[0], bars.numel() - 1
    for t in range(steps, 0, -1):
        mean, variance = _step_back(z, prior(z, bars[t], y), bars[t], bars[t - 1])
        z = mean + torch.sqrt(variance) * noise[(steps + 1 - t) % steps]
    return z


def nearer(first: Tensor, second: Tensor, text: Tensor) -> Tensor:
    """Of two drawn embeddings the one with the larger product with the caption's: (*batch, d)."""
    keep = (first * text).sum(-1, keepdim=True) >= (second * text).sum(-1, keepdim=True)
    return torch.where(keep, first, second)


def decoder_loss(x: Tensor, z: Tensor, seen: Tensor, bar: Tensor, noise: Tensor, decoder: Decoder) -> Tensor:
    """|ε − ε_θ(√ᾱ x + √(1 − ᾱ) ε, ᾱ, z where it is seen)|²: (*batch,)."""
    noised = torch.sqrt(bar) * x + torch.sqrt(1 - bar) * noise
    return ((noise - decoder(noised, bar, z * seen, seen)) ** 2).sum(-1)


def guided(x: Tensor, bar: Tensor, z: Tensor, scale: float, decoder: Decoder) -> Tensor:
    """(1 + s) ε_θ(x, z) − s ε_θ(x, nothing)."""
    one = torch.ones_like(z[..., :1])
    return (1 + scale) * decoder(x, bar, z, one) - scale * decoder(x, bar, 0 * z, 0 * one)


def decoder_sample(z: Tensor, bars: Tensor, noise: Tensor, scale: float, decoder: Decoder) -> Tensor:
    """An image of an embedding: noise[0] (*batch, D), then ancestral steps along bars from the last."""
    x, steps = noise[0], bars.numel() - 1
    for t in range(steps, 0, -1):
        eps = guided(x, bars[t], z, scale, decoder)
        start = (x - torch.sqrt(1 - bars[t]) * eps) / torch.sqrt(bars[t])
        mean, variance = _step_back(x, start, bars[t], bars[t - 1])
        x = mean + torch.sqrt(variance) * noise[(steps + 1 - t) % steps]
    return x


def between(z1: Tensor, z2: Tensor, share: Tensor) -> Tensor:
    """The point of the great circle from z1 to z2 at a share of its angle, unit vectors: (*batch, d)."""
    angle = torch.acos((z1 * z2).sum(-1, keepdim=True).clamp(-1, 1))
    return (torch.sin((1 - share) * angle) * z1 + torch.sin(share * angle) * z2) / torch.sin(angle)
