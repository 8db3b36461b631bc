"""Generative adversarial networks: the game, its slopes, BiGAN, and pieces of DCGAN and StyleGAN. Imports torch.

Source   Goodfellow et al. 2014, sections 3 and 4; Donahue et al. 2017, section 3; Radford et al. 2016; Karras et al.
         2019, section 2.
Shapes   on finite spaces p, q and D are (*batch, k); logits are (n,); images (batch, channels, rows, columns). nats.
Here     D is the probability of real; its logit is a. The value V is maximised by D, minimised by the generator.
"""

import torch
from torch import Tensor
from torch.nn.functional import conv2d, conv_transpose2d, logsigmoid


def value(p: Tensor, q: Tensor, d: Tensor) -> Tensor:
    """V = Σ p log D + q log(1 − D), for data p and generated q."""
    terms: Tensor = torch.xlogy(p, d) + torch.special.xlog1py(q, -d)
    return terms.sum(-1)


def best_discriminator(p: Tensor, q: Tensor) -> Tensor:
    """D* = p/(p + q)."""
    return p / (p + q)


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """−E log σ(a_real) − E log(1 − σ(a_fake)), from logits."""
    return -logsigmoid(real).mean() - logsigmoid(-fake).mean()


def saturating_loss(fake: Tensor) -> Tensor:
    """E log(1 − σ(a)), which the generator lowers in the game itself."""
    return logsigmoid(-fake).mean()


def non_saturating_loss(fake: Tensor) -> Tensor:
    """−E log σ(a), the same fixed point with a steeper slope where D is sure."""
    return -logsigmoid(fake).mean()


def non_saturating_value(q: Tensor, d: Tensor) -> Tensor:
    """−Σ q log D, the same loss for a law q and probabilities D: two (*batch, k) -> (*batch,)."""
    found: Tensor = -torch.xlogy(q, d).sum(-1)
    return found


def simultaneous_step(x: Tensor, y: Tensor, rate: float) -> tuple[Tensor, Tensor]:
    """One step of min_x max_y x y, both from the same point: x − η y, y + η x."""
    return x - rate * y, y + rate * x


def joint_value(encoded: Tensor, decoded: Tensor, d: Tensor) -> Tensor:
    """BiGAN: Σ p(x, E) log D + q(G, z) log(1 − D) over pairs (x, z): tables (X, Z)."""
    terms: Tensor = torch.xlogy(encoded, d) + torch.special.xlog1py(decoded, -d)
    return terms.sum()


def joints(data: Tensor, encoder: Tensor, prior: Tensor, generator: Tensor) -> tuple[Tensor, Tensor]:
    """p(x) q(z | x) and p(z) p(x | z): data (X,), encoder (X, Z), prior (Z,), generator (Z, X) -> two (X, Z)."""
    return data[:, None] * encoder, (prior[:, None] * generator).mT


def strided(x: Tensor, kernel: Tensor, stride: int, padding: int) -> Tensor:
    """Convolution with a stride: rows (rows + 2 padding − k)/stride + 1. kernel (out, in, k, k)."""
    return conv2d(x, kernel, stride=stride, padding=padding)


def transposed(y: Tensor, kernel: Tensor, stride: int, padding: int) -> Tensor:
    """The adjoint of ``strided`` with the same kernel: rows (rows − 1) stride − 2 padding + k."""
    return conv_transpose2d(y, kernel, stride=stride, padding=padding)


def batch_norm(x: Tensor, gain: Tensor, offset: Tensor, eps: float = 1e-5) -> Tensor:
    """Each channel over batch and pixels to mean 0 and variance 1 (biased), then gain and offset (channels,)."""
    mean, variance = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), correction=0, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * gain[:, None, None] + offset[:, None, None]


def adaptive_norm(x: Tensor, style_std: Tensor, style_mean: Tensor, eps: float = 1e-8) -> Tensor:
    """AdaIN: each channel of each image to deviation y_s and mean y_b: style (batch, channels)."""
    mean, variance = x.mean((2, 3), keepdim=True), x.var((2, 3), correction=0, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * style_std[..., None, None] + style_mean[..., None, None]


def mapping(z: Tensor, weights: Tensor, rate: float = 0.2) -> Tensor:
    """StyleGAN's w: z scaled to root-mean-square 1, then layers (L, d, d) with leaky rectifiers: (*batch, d)."""
    w = z / torch.sqrt((z**2).mean(-1, keepdim=True))
    for layer in weights:
        w = torch.nn.functional.leaky_relu(w @ layer.mT, rate)
    return w
