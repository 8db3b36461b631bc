"""Coupling flows: NICE, RealNVP with its masks and scales, Glow. Standalone: imports torch; nothing of ours.

Source   Dinh et al. 2014, section 3; Dinh et al. 2016, section 3; Kingma and Dhariwal 2018, section 3.
Shapes   vectors are (*batch, d), masks (d,) of zeros and ones; images (batch, channels, rows, columns). Log-dets are
         (*batch,). float64, nats.
Here     every function maps latent z to data x unless it is called an inverse, and a log-det is that of the map itself.
         Ones in a mask mark what stays; the networks s and t read it and write for all d, the rest is masked away.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Net = Callable[[Tensor], Tensor]


def additive(z: Tensor, mask: Tensor, t: Net) -> Tensor:
    """NICE: x_A = z_A, x_B = z_B + t(z_A); the determinant is 1."""
    return z + (1 - mask) * t(z * mask)


def additive_inverse(x: Tensor, mask: Tensor, t: Net) -> Tensor:
    """z_B = x_B − t(x_A)."""
    return x - (1 - mask) * t(x * mask)


def affine(z: Tensor, mask: Tensor, s: Net, t: Net) -> tuple[Tensor, Tensor]:
    """RealNVP: x_B = z_B e^{s(z_A)} + t(z_A), log-det Σ_B s(z_A)."""
    scale, shift = (1 - mask) * s(z * mask), (1 - mask) * t(z * mask)
    return z * torch.exp(scale) + shift, scale.sum(-1)


def affine_inverse(x: Tensor, mask: Tensor, s: Net, t: Net) -> tuple[Tensor, Tensor]:
    """z_B = (x_B − t(x_A)) e^{−s(x_A)}, log-det −Σ_B s(x_A)."""
    scale, shift = (1 - mask) * s(x * mask), (1 - mask) * t(x * mask)
    return (x - shift) * torch.exp(-scale), -scale.sum(-1)


def realnvp(z: Tensor, mask: Tensor, nets: Sequence[tuple[Net, Net]]) -> tuple[Tensor, Tensor]:
    """One affine coupling after another, the mask and its complement in turn."""
    total = torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    for layer, (s, t) in enumerate(nets):
        z, log_det = affine(z, mask if layer % 2 == 0 else 1 - mask, s, t)
        total = total + log_det
    return z, total


def realnvp_inverse(x: Tensor, mask: Tensor, nets: Sequence[tuple[Net, Net]]) -> tuple[Tensor, Tensor]:
    """The same backwards."""
    total = torch.zeros(x.shape[:-1], dtype=x.dtype, device=x.device)
    for layer, (s, t) in reversed(list(enumerate(nets))):
        x, log_det = affine_inverse(x, mask if layer % 2 == 0 else 1 - mask, s, t)
        total = total + log_det
    return x, total


def squeeze(x: Tensor) -> Tensor:
    """2 × 2 blocks of pixels become channels: (batch, c, 2h, 2w) -> (batch, 4c, h, w)."""
    return torch.nn.functional.pixel_unshuffle(x, 2)


def multiscale(x: Tensor, levels: int) -> list[Tensor]:
    """Squeeze, put half of the channels aside, go on with the rest: the pieces of an image, (batch, d_i) each."""
    pieces = []
    for _ in range(levels):
        kept, x = squeeze(x).chunk(2, 1)
        pieces.append(kept.flatten(1))
    return [*pieces, x.flatten(1)]


def actnorm(x: Tensor, scale: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """scale ⊙ x + bias for each channel, log-det h w Σ log |scale|: images, (c,), (c,)."""
    pixels = x.shape[-2] * x.shape[-1]
    log_det = pixels * torch.log(scale.abs()).sum()
    return scale[:, None, None] * x + bias[:, None, None], log_det.expand(x.shape[0])


def actnorm_start(x: Tensor) -> tuple[Tensor, Tensor]:
    """The scale and bias that give every channel of this batch mean 0 and variance 1: (c,), (c,)."""
    mean, std = x.mean((0, 2, 3)), x.std((0, 2, 3), correction=0)
    return 1 / std, -mean / std


def one_by_one(x: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
    """W times the channels of every pixel, log-det h w log |det W|: images, (c, c)."""
    pixels = x.shape[-2] * x.shape[-1]
    log_det = pixels * torch.linalg.slogdet(w)[1]
    return torch.einsum("ij,bjhw->bihw", w, x), log_det.expand(x.shape[0])


def plu(order: Tensor, lower: Tensor, upper: Tensor, log_s: Tensor, sign: Tensor) -> tuple[Tensor, Tensor]:
    """W = P L (U + diag(sign e^{log s})), L with ones on its diagonal; and log |det W| = Σ log s.

    Row i of P has its one at order[i]; of ``lower`` and ``upper`` only what lies off the diagonal counts.
    """
    eye = torch.eye(log_s.numel(), dtype=log_s.dtype, device=log_s.device)
    right = torch.triu(upper, 1) + torch.diag(sign * torch.exp(log_s))
    return eye[order] @ (torch.tril(lower, -1) + eye) @ right, log_s.sum()
