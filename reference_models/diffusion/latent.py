"""Diffusion in a latent space, chains over representations and resolutions, and a U-Net. Standalone: imports torch.

Source   Rombach et al. 2022, section 3; Ramesh et al. 2022, section 2; Ho et al. 2022 (cascades); Ronneberger et al.
         2015.
Shapes   images are (batch, channels, rows, columns), latents (*batch, d). Tables have one axis per variable. float64.
Here     ᾱ keeps a share of VARIANCE. The losses are sums over coordinates. Encoder and decoder are given functions.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, conv2d, interpolate

Denoiser = Callable[[Tensor, Tensor, Tensor], Tensor]


def latent_shape(rows: int, columns: int, factor: int, channels: int) -> tuple[int, int, int]:
    """(channels, rows/factor, columns/factor)."""
    return channels, rows // factor, columns // factor


def compression(rows: int, columns: int, factor: int, channels: int) -> float:
    """How many times fewer numbers the latent has than a colour image: 3 rows columns/(channels rows' columns')."""
    return 3 * rows * columns / math.prod(latent_shape(rows, columns, factor, channels))


def latent_loss(
    x: Tensor, c: Tensor, encode: Callable[[Tensor], Tensor], eps: Denoiser, bar: Tensor, noise: Tensor
) -> Tensor:
    """|ε − ε_θ(√ᾱ E(x) + √(1 − ᾱ) ε, ᾱ, c)|²: (*batch,)."""
    z = torch.sqrt(bar) * encode(x) + torch.sqrt(1 - bar) * noise
    return ((noise - eps(z, bar, c)) ** 2).sum(-1)


def latent_sample(eps: Denoiser, decode: Callable[[Tensor], Tensor], c: Tensor, bars: Tensor, noise: Tensor) -> Tensor:
    """Ancestral steps in z from noise[0] along ᾱ_1 … ᾱ_T = bars[1:] (bars[0] = 1), then x = D(z_0)."""
    z, steps = noise[0], bars.numel() - 1
    for t in range(steps, 0, -1):
        alpha, bar, before = bars[t] / bars[t - 1], bars[t], bars[t - 1]
        mean = (z - (1 - alpha) / torch.sqrt(1 - bar) * eps(z, bar, c)) / torch.sqrt(alpha)
        z = mean + torch.sqrt((1 - alpha) * (1 - before) / (1 - bar)) * noise[(steps + 1 - t) % steps]
    return decode(z)


def prior_and_decoder(prior: Tensor, decoder: Tensor) -> Tensor:
    """p(x | y) = Σ_z p(x | z, y) p(z | y): prior (Y, Z), decoder (Y, Z, X) -> (Y, X)."""
    return torch.einsum("yz,yzx->yx", prior, decoder)


def split_by(embedding: Tensor, law: Tensor, codes: int) -> tuple[Tensor, Tensor]:
    """p(z | y) and p(x | z, y) of a law p(x | y) (Y, X) and a deterministic z = embedding[x], (X,) int64."""
    one_hot = torch.nn.functional.one_hot(embedding, codes).to(law.dtype)  # (X, Z)
    prior = law @ one_hot
    decoder = law[:, None, :] * one_hot.mT[None]
    return prior, decoder / prior[..., None].clamp_min(1e-300)


def cascade_log_prob(levels: Sequence[Tensor], laws: Sequence[Callable[[Tensor, Tensor | None], Tensor]]) -> Tensor:
    """log p(x_1) + log p(x_2 | x_1) + …, coarsest first; each law is log p(x_i | x_{i−1}), the first of None."""
    given = [None, *levels[:-1]]
    return torch.stack([law(x, before) for law, x, before in zip(laws, levels, given, strict=True)]).sum(0)


def time_features(t: Tensor, d: int) -> Tensor:
    """sin and cos of t at d/2 frequencies from 1 to 1/10000: () -> (d,)."""
    rates = torch.exp(-math.log(10_000) * torch.arange(d // 2, dtype=t.dtype, device=t.device) / (d // 2))
    return torch.cat([torch.sin(t * rates), torch.cos(t * rates)])


def unet(x: Tensor, t: Tensor, down: Sequence[Tensor], up: Sequence[Tensor], time: Sequence[Tensor]) -> Tensor:
    """Down: convolve, add time, halve; up: double, join the skip of that level, convolve. The shape of x comes back.

    down[i] (c, c_in, 3, 3), up[i] (c_out, 2 c, 3, 3) in the order of use, the last with the channels of x; time[i]
    (c, d). Rows and columns must be divisible by 2 for each level.
    """
    skips = []
    for kernel, weight in zip(down, time, strict=True):
        added = weight @ time_features(t, weight.shape[1])
        x = torch.tanh(conv2d(x, kernel, padding=1) + added[:, None, None])
        skips.append(x)
        x = avg_pool2d(x, 2)
    for i, kernel in enumerate(up):
        joined = torch.cat([interpolate(x, scale_factor=2.0), skips.pop()], 1)
        x = conv2d(joined, kernel, padding=1)
        x = torch.tanh(x) if i < len(up) - 1 else x
    return x
