"""Normalizing flows in general, affine and elementwise maps. Standalone: imports math, torch; nothing of ours.

Source   Rezende and Mohamed 2015, section 3; Papamakarios et al. 2021, section 2.
Shapes   x and z are (*batch, d); log-dets and densities are (*batch,). float64, nats.
Here     the generative direction is forward, z -> x; a log-det is log |det ∂output/∂input| of the map named. A flow is
         a list of layers, each a pair (forward, inverse) of functions that return (output, log-det).
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Map = Callable[[Tensor], tuple[Tensor, Tensor]]


def standard_normal(z: Tensor) -> Tensor:
    """log N(z | 0, I): (*batch, d) -> (*batch,)."""
    return -(z**2).sum(-1) / 2 - z.shape[-1] * math.log(2 * math.pi) / 2


def forward(z: Tensor, layers: Sequence[tuple[Map, Map]]) -> tuple[Tensor, Tensor]:
    """x = f_K(… f_1(z)), and the sum of the layers' log-dets, each at its own input."""
    total = torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    for f, _ in layers:
        z, log_det = f(z)
        total = total + log_det
    return z, total


def inverse(x: Tensor, layers: Sequence[tuple[Map, Map]]) -> tuple[Tensor, Tensor]:
    """z = f_1⁻¹(… f_K⁻¹(x)), the last layer first, and the sum of the inverses' log-dets."""
    total = torch.zeros(x.shape[:-1], dtype=x.dtype, device=x.device)
    for _, g in reversed(layers):
        x, log_det = g(x)
        total = total + log_det
    return x, total


def log_prob(x: Tensor, layers: Sequence[tuple[Map, Map]]) -> Tensor:
    """log p(x) = log p_0(z_0) − Σ log |det ∂f_i/∂z_{i−1}|, by the inverses' log-dets."""
    z, log_det = inverse(x, layers)
    return standard_normal(z) + log_det


def sample(layers: Sequence[tuple[Map, Map]], noise: Tensor) -> Tensor:
    """Draws from standard normal noise (n, d): (n, d)."""
    return forward(noise, layers)[0]


def affine(z: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """x = A z + b, log |det A|: (*batch, d), (d, d), (d,)."""
    return z @ a.mT + b, torch.linalg.slogdet(a)[1].expand(z.shape[:-1])


def affine_inverse(x: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """z = A⁻¹ (x − b), −log |det A|."""
    z = torch.linalg.solve(a, (x - b).unsqueeze(-1)).squeeze(-1)
    return z, -torch.linalg.slogdet(a)[1].expand(x.shape[:-1])


def exponential(z: Tensor) -> tuple[Tensor, Tensor]:
    """x = e^z, Σ z."""
    return torch.exp(z), z.sum(-1)


def logarithm(x: Tensor) -> tuple[Tensor, Tensor]:
    """z = log x, −Σ log x."""
    return torch.log(x), -torch.log(x).sum(-1)


def logistic(z: Tensor) -> tuple[Tensor, Tensor]:
    """x = σ(z), Σ log σ(z) + log σ(−z)."""
    s = torch.nn.functional.logsigmoid
    return torch.sigmoid(z), (s(z) + s(-z)).sum(-1)


def logit(x: Tensor) -> tuple[Tensor, Tensor]:
    """z = log x − log(1 − x), −Σ log x + log(1 − x)."""
    return torch.log(x) - torch.log1p(-x), -(torch.log(x) + torch.log1p(-x)).sum(-1)
