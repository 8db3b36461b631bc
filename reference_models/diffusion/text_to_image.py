"""Latent diffusion whole: a learned autoencoder with a KL penalty, and a denoiser that reads a prompt.

Standalone: imports math, torch.
Source   Rombach et al. 2022, sections 3.1 to 3.3 and appendix G; Kingma and Welling 2014, appendix B (the KL term).
Shapes   images (batch, 1, rows, columns); latents (batch, c, rows/f, columns/f); prompts (batch, words) int64; times
         (batch,). Weights are dictionaries of (out, in), kernels (out, in, f, f). float64, nats.
Here     the losses are sums over pixels and over latent numbers. Queries come from places of the latent, keys and
         values from words. The denoiser predicts the noise; it is told t as it stands, and its place in the image.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import conv2d, conv_transpose2d, layer_norm

Weights = Mapping[str, Tensor]


def autoencoder_weights(f: int, c: int, hidden: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in."""

    def normal(*shape: int) -> Tensor:
        drawn = torch.randn(shape, generator=generator, dtype=torch.float64, device=generator.device)
        return drawn / math.sqrt(math.prod(shape[1:]))

    return {
        "in": normal(hidden, 1, f, f),
        "mean": normal(c, hidden, 1, 1),
        "log_var": normal(c, hidden, 1, 1),
        "back": normal(hidden, c, 1, 1),
        "out": normal(hidden, 1, f, f),
    }


def encode(x: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """Mean and log-variance of q(z | x), from f × f pixels each: (batch, c, rows/f, columns/f) twice."""
    h = torch.tanh(conv2d(x, w["in"], stride=w["in"].shape[-1]))
    return conv2d(h, w["mean"]), conv2d(h, w["log_var"])


def decode(z: Tensor, w: Weights) -> Tensor:
    """The image of a latent: (batch, c, …) -> (batch, 1, rows, columns)."""
    return conv_transpose2d(torch.tanh(conv2d(z, w["back"])), w["out"], stride=w["out"].shape[-1])


def _kl(mean: Tensor, log_var: Tensor) -> Tensor:
    """KL(N(mean, e^log_var) ‖ N(0, 1)), summed over the latent: ½ Σ (mean² + e^l − 1 − l), (batch,)."""
    return (mean**2 + torch.exp(log_var) - 1 - log_var).flatten(1).sum(-1) / 2


def autoencoder_loss(x: Tensor, noise: Tensor, w: Weights, weight: float) -> Tensor:
    """|x − D(mean + e^(l/2) ε)|² + weight · KL: (batch,)."""
    mean, log_var = encode(x, w)
    found = decode(mean + torch.exp(log_var / 2) * noise, w)
    return ((x - found) ** 2).flatten(1).sum(-1) + weight * _kl(mean, log_var)


def denoiser_weights(sizes: tuple[int, int, int], d: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in; ``sizes``: channels c, places of the latent, words."""

    def normal(rows: int, columns: int) -> Tensor:
        drawn = torch.randn(rows, columns, generator=generator, dtype=torch.float64, device=generator.device)
        return drawn / math.sqrt(columns)

    c, places, words = sizes
    found = {"z": normal(d, c), "places": normal(places, d), "time": normal(d, 2), "words": normal(words, d)}
    found |= {part: normal(d, d) for part in "qkvo"}
    return found | {"up": normal(4 * d, 2 * d), "down": normal(c, 4 * d)}


def read(x: Tensor, prompt: Tensor, w: Weights) -> Tensor:
    """x + softmax(Q Kᵀ/√d) V, queries of places (batch, P, d), keys and values of words (batch, T): (batch, P, d)."""
    words = w["words"][prompt]
    q, k, v = layer_norm(x, x.shape[-1:]) @ w["q"].mT, words @ w["k"].mT, words @ w["v"].mT
    return x + torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]), -1) @ v @ w["o"].mT


def denoise(z: Tensor, t: Tensor, prompt: Tensor, w: Weights) -> Tensor:
    """ε_θ(z_t, t, prompt): places read the prompt, then each place its own network; the shape of z."""
    time = torch.stack([t, torch.ones_like(t)], -1) @ w["time"].mT
    seen = z.flatten(2).mT @ w["z"].mT + time[:, None]
    x = torch.cat([read(seen + w["places"], prompt, w), seen], -1)
    return (torch.nn.functional.silu(x @ w["up"].mT) @ w["down"].mT).mT.reshape(z.shape)
