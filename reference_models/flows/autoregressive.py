"""Autoregressive flows: MADE's masks, MAF and IAF. Standalone: imports math, torch; nothing of ours.

Source   Germain et al. 2015 (MADE); Papamakarios et al. 2017, section 3 (MAF); Kingma et al. 2016 (IAF).
Shapes   x and z are (*batch, d); log-dets and densities are (*batch,). float64, nats.
Here     a conditioner maps (*batch, d) to (μ, α), each (*batch, d), whose i-th entries depend on entries before i only.
         α is the log of a STANDARD DEVIATION. MAF's conditioner reads data x, IAF's reads noise z.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Conditioner = Callable[[Tensor], tuple[Tensor, Tensor]]


def made_masks(d: int, hidden: int) -> tuple[Tensor, Tensor]:
    """Masks (hidden, d) and (d, hidden): unit k has degree 1 + k mod (d − 1), input and output i have degree i.

    A unit reads inputs up to its degree; an output reads units of lower degree than its own.
    """
    inputs = torch.arange(1, d + 1)
    units = 1 + torch.arange(hidden) % max(d - 1, 1)
    into = (units[:, None] >= inputs).to(torch.float64)
    out = (inputs[:, None] > units).to(torch.float64)
    return into, out


def made(x: Tensor, w: Tensor, b: Tensor, v: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
    """A conditioner: one masked hidden layer, w (hidden, d), b (hidden,), v (2, d, hidden), c (2, d) -> (μ, α)."""
    into, out = (mask.to(w) for mask in made_masks(x.shape[-1], b.numel()))
    h = torch.tanh(x @ (w * into).mT + b)
    return h @ (v[0] * out).mT + c[0], h @ (v[1] * out).mT + c[1]


def maf(x: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    """z_i = (x_i − μ_i(x_{<i})) e^{−α_i(x_{<i})} for all i at once, and its log-det −Σ α_i."""
    mu, alpha = conditioner(x)
    return (x - mu) * torch.exp(-alpha), -alpha.sum(-1)


def maf_log_prob(x: Tensor, conditioner: Conditioner) -> Tensor:
    """log N(z | 0, I) − Σ α_i."""
    z, log_det = maf(x, conditioner)
    return -(z**2).sum(-1) / 2 - x.shape[-1] * math.log(2 * math.pi) / 2 + log_det


def maf_sample(z: Tensor, conditioner: Conditioner) -> Tensor:
    """x_i = z_i e^{α_i(x_{<i})} + μ_i(x_{<i}), one coordinate a pass, d passes."""
    x = torch.zeros_like(z)
    for i in range(z.shape[-1]):
        mu, alpha = conditioner(x)
        x = torch.cat([x[..., :i], (z * torch.exp(alpha) + mu)[..., i : i + 1], x[..., i + 1 :]], -1)
    return x


def iaf(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    """x_i = z_i e^{α_i(z_{<i})} + μ_i(z_{<i}) for all i at once, and its log-det Σ α_i."""
    mu, alpha = conditioner(z)
    return z * torch.exp(alpha) + mu, alpha.sum(-1)


def iaf_log_prob_of_sample(z: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    """A draw from noise and its own log-density, in one pass: x and log N(z | 0, I) − Σ α_i."""
    x, log_det = iaf(z, conditioner)
    return x, -(z**2).sum(-1) / 2 - z.shape[-1] * math.log(2 * math.pi) / 2 - log_det


def iaf_inverse(x: Tensor, conditioner: Conditioner) -> tuple[Tensor, Tensor]:
    """z_i = (x_i − μ_i(z_{<i})) e^{−α_i(z_{<i})}, d passes, and its log-det −Σ α_i."""
    z = torch.zeros_like(x)
    for i in range(x.shape[-1]):
        mu, alpha = conditioner(z)
        z = torch.cat([z[..., :i], ((x - mu) * torch.exp(-alpha))[..., i : i + 1], z[..., i + 1 :]], -1)
    return z, -conditioner(z)[1].sum(-1)
