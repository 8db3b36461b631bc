"""Errors of estimates by adding up, of linear fits by projections. Standalone: imports torch; nothing of ours.

Idea     every outcome of data and noise is gone through; a hat matrix is made of orthonormal features.
Source   Yeh 2019; Stack Exchange 2026, expected in-sample error of linear regression.
Shapes   masses, values and noises are (K,) or (L,); other arguments and results are scalars. float64.
Here     s is a STANDARD DEVIATION; X is Σ x_i²; n = d + k observations.
"""

import math

import torch
from torch import Tensor

NODES = 4001
WIDTH = 12.0
TURNS = 60


def expected_error(masses: Tensor, values: Tensor, of_noise: Tensor, noises: Tensor, f: Tensor) -> Tensor:
    """E (f + ε − E ε − value)²: (K,), (K,), (L,), (L,), () -> ()."""
    new = f + noises - of_noise @ noises
    squares = (new[None, :] - values[:, None]) ** 2
    return masses @ squares @ of_noise


def ridge_risk(w: Tensor, x: Tensor, penalty: Tensor, s: Tensor) -> Tensor:
    """E (ŵ − w)² of ridge regression with one feature, Σ x_i² = x, over a grid of its noise."""
    z = torch.linspace(-WIDTH, WIDTH, NODES, dtype=torch.float64)
    masses = torch.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    estimates = (w * x + s * x.sqrt() * z) / (x + penalty)
    return masses @ (estimates - w) ** 2


def best_penalty(w: Tensor, x: Tensor, s: Tensor) -> Tensor:
    """Where that is least: the zero of its slope on a logarithmic scale, by halving."""
    low, high = -14.0, 14.0
    for _ in range(TURNS):
        at = torch.tensor((low + high) / 2, dtype=torch.float64).requires_grad_()
        (slope,) = torch.autograd.grad(ridge_risk(w, x, torch.exp(at), s), at)
        low, high = ((low + high) / 2, high) if slope < 0 else (low, (low + high) / 2)
    return torch.exp(torch.tensor((low + high) / 2, dtype=torch.float64))


def _taken(d: Tensor, k: Tensor) -> Tensor:
    """The trace of the hat matrix of d features for d + k observations."""
    n = int(d + k)
    rows, columns = torch.arange(n, dtype=torch.float64), torch.arange(int(d), dtype=torch.float64)
    features = torch.cos(math.pi * (rows[:, None] + 0.5) * columns / n)
    return torch.trace(features @ torch.linalg.pinv(features))


def residual(d: Tensor, k: Tensor, s: Tensor) -> Tensor:
    """The expected mean squared residual of the fit."""
    n = d + k
    return s**2 * (n - _taken(d, k)) / n


def optimism(d: Tensor, k: Tensor, s: Tensor) -> Tensor:
    """The expected error on new noise at the same inputs, less that."""
    return s**2 + s**2 * _taken(d, k) / (d + k) - residual(d, k, s)
