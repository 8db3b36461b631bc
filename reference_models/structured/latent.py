"""Latent-variable models on finite sets: marginals, posteriors, ancestral draws, the ELBO. Imports torch.

Source   Murphy 2023, section 10.1; Bishop 2006, section 9.4.
Shapes   prior p(z) is (K,); likelihood p(x | z) is (K, N), a law in each row; q(z | x) is (N, K), a law in each row.
Here     nats; a mass of zero adds nothing to a sum (0 log 0 = 0).
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


def elbo(q: Tensor, prior: Tensor, likelihood: Tensor) -> Tensor:
    """E_q[log p(z) p(x | z) − log q(z | x)], for each x: -> (N,)."""
    log_joint = torch.log(prior) + torch.log(likelihood).mT
    return (q * log_joint).sum(-1) - torch.xlogy(q, q).sum(-1)


def elbo_by_parts(q: Tensor, prior: Tensor, likelihood: Tensor) -> Tensor:
    """E_q log p(x | z) − KL(q(z | x) ‖ p(z)), for each x: -> (N,)."""
    return (q * torch.log(likelihood).mT).sum(-1) - (torch.xlogy(q, q) - torch.xlogy(q, prior)).sum(-1)
