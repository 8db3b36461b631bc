"""A U-Net as diffusions train it: residual blocks that are told the time, two resolutions, attention at the lower.

Standalone: imports math, torch.
Source   Ho, Jain and Abbeel 2020, section 4 and appendix B; Ronneberger, Fischer and Brox 2015; Vaswani et al. 2017.
Shapes   images (batch, channels, rows, columns), rows and columns even; times (batch,). Weights are a dictionary.
         float64.
Here     a block is K x + conv(silu(norm(conv(silu(norm x)) + time))), K a kernel of 1 × 1; norm
         is layer normalisation over channels, rows and columns, without gain. The U-Net predicts the noise.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, conv2d, interpolate, layer_norm, silu

Weights = Mapping[str, Tensor]


def weights(channels: int, c: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in; the last kernel of all is 0, so that the first noise is 0."""

    def normal(*shape: int) -> Tensor:
        drawn = torch.randn(shape, generator=generator, dtype=torch.float64, device=generator.device)
        return drawn / math.sqrt(math.prod(shape[1:]))

    found = {"in": normal(c, channels, 3, 3), "out": 0 * normal(channels, c, 3, 3), "time": normal(4 * c, 2 * c)}
    for name, a, b in (("down", c, c), ("low", c, 2 * c), ("up", 3 * c, c)):
        found |= {f"{name}.1": normal(b, a, 3, 3), f"{name}.2": normal(b, b, 3, 3)}
        found |= {f"{name}.t": normal(b, 4 * c), f"{name}.skip": normal(b, a, 1, 1)}
    return found | {"qkv": normal(6 * c, 2 * c), "proj": normal(2 * c, 2 * c)}


def normed(x: Tensor) -> Tensor:
    """Mean 0 and variance 1 over all numbers of an image."""
    return layer_norm(x, x.shape[1:])


def embedded(t: Tensor, d: int) -> Tensor:
    """sin and cos of t at d/2 frequencies from 1 to 1/100: (batch,) -> (batch, d)."""
    rates = torch.exp(-math.log(100) * torch.arange(d // 2, dtype=t.dtype, device=t.device) / (d // 2))
    return torch.cat([torch.sin(t[:, None] * rates), torch.cos(t[:, None] * rates)], -1)


def block(x: Tensor, time: Tensor, w: Weights, name: str) -> Tensor:
    """The residual block of that name: (batch, a, rows, columns) -> (batch, b, rows, columns)."""
    h = conv2d(silu(normed(x)), w[f"{name}.1"], padding=1) + (time @ w[f"{name}.t"].mT)[:, :, None, None]
    return conv2d(x, w[f"{name}.skip"]) + conv2d(silu(normed(h)), w[f"{name}.2"], padding=1)


def attend(x: Tensor, w: Weights) -> Tensor:
    """x + every place's mean of values of all places, by softmax(q · k/√d): the shape of x."""
    places = normed(x).flatten(2).mT
    q, k, v = (places @ w["qkv"].mT).chunk(3, -1)
    mixed = torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]), -1) @ v @ w["proj"].mT
    return x + mixed.mT.reshape(x.shape)


def unet(x: Tensor, t: Tensor, w: Weights) -> Tensor:
    """ε_θ(x_t, t): a block, half the resolution, a block with attention, back, joined with what was there before."""
    time = silu(embedded(t, w["time"].shape[1]) @ w["time"].mT)
    high = block(conv2d(x, w["in"], padding=1), time, w, "down")
    low = attend(block(avg_pool2d(high, 2), time, w, "low"), w)
    joined = torch.cat([interpolate(low, scale_factor=2.0), high], 1)
    return conv2d(silu(normed(block(joined, time, w, "up"))), w["out"], padding=1)
