"""Autoencoders without a law: plain, penalised, denoising. Standalone: imports math, torch; nothing of ours.

Source   Goodfellow, Bengio and Courville 2016, chapter 14; Baldi and Hornik 1989; Vincent 2011 (denoising).
Shapes   x is (*batch, D), codes (*batch, d); losses are (*batch,). float64, nats.
Here     losses are SUMS over coordinates, per datum. σ is a STANDARD DEVIATION. Centred data are (n, D).
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Map = Callable[[Tensor], Tensor]


def reconstruction_loss(x: Tensor, encode: Map, decode: Map) -> Tensor:
    """|x − D(E(x))|²."""
    return ((x - decode(encode(x))) ** 2).sum(-1)


def linear_optimum(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    """The mean (D,) and the orthonormal basis (D, d) of the best linear autoencoder: principal directions."""
    mean = x.mean(0)
    return mean, torch.linalg.svd(x - mean, full_matrices=False)[2][:d].mT


def projection(x: Tensor, encode: Map, decode: Map) -> Tensor:
    """P(x) = D(E(x)); it is idempotent if E(D(z)) = z on the codes."""
    return decode(encode(x))


def linearised(decode: Map, z: Tensor, delta: Tensor) -> Tensor:
    """D(z) + J_D δ, whose error is O(|δ|²): (d,), (d,) -> (D,)."""
    pushed: Tensor = torch.func.jvp(decode, (z,), (delta,))[1]
    return decode(z) + pushed


def penalised_loss(x: Tensor, encode: Map, decode: Map, weight: Tensor) -> Tensor:
    """|x − D(E(x))|² + λ |E(x)|²."""
    z = encode(x)
    return ((x - decode(z)) ** 2).sum(-1) + weight * (z**2).sum(-1)


def code_nll(z: Tensor) -> Tensor:
    """−log N(z | 0, I) = (d/2) log 2π + |z|²/2."""
    return z.shape[-1] * math.log(2 * math.pi) / 2 + (z**2).sum(-1) / 2


def denoising_loss(x: Tensor, noise: Tensor, std: Tensor, reconstruct: Map) -> Tensor:
    """|x − r(x + σ ε)|²."""
    return ((x - reconstruct(x + std * noise)) ** 2).sum(-1)


def best_denoiser(noisy: Tensor, points: Tensor, std: Tensor) -> Tensor:
    """E[x | x̃] for data that are equally often one of the points (n, D): (*batch, D)."""
    log_r = -((noisy[..., None, :] - points) ** 2).sum(-1) / (2 * std**2)
    return torch.softmax(log_r, -1) @ points


def denoised_by_score(noisy: Tensor, score: Tensor, std: Tensor) -> Tensor:
    """Tweedie: x̃ + σ² ∇ log p_σ(x̃)."""
    return noisy + std**2 * score
