"""Latent-variable models on finite sets: marginals, posteriors, ancestral draws. Imports torch.

Source   Murphy 2023, section 10.1; Bishop 2006, section 9.4.
Shapes   prior p(z) is (K,); likelihood p(x | z) is (K, N), a law in each row. float64, nats.
"""

import torch
from torch import Tensor


def log_marginal(prior: Tensor, likelihood: Tensor) -> Tensor:
    """log p(x) = log Σ_z p(z) p(x | z): (K,), (K, N) -> (N,)."""
    return torch.log(prior @ likelihood)


def posterior(prior: Tensor, likelihood: Tensor) -> Tensor:
    """p(z | x) = p(z) p(x | z)/p(x): (K,), (K, N) -> (N, K)."""
    joint = (prior[:, None] * likelihood).mT
    return joint / joint.sum(-1, keepdim=True)


def ancestral(prior: Tensor, likelihood: Tensor, u: Tensor) -> Tensor:
    """z from p(z), then x from p(x | z), from two uniforms a draw: (n, 2) -> (n, 2) int64, z and x."""
    z = (u[:, :1] >= torch.cumsum(prior, -1)[:-1]).sum(-1)
    x = (u[:, 1:] >= torch.cumsum(likelihood, -1)[z, :-1]).sum(-1)
    return torch.stack([z, x], -1)
