"""Kullback-Leibler divergences, both ways, and Jensen-Shannon. Standalone: imports torch; nothing of ours.

Source   Cover and Thomas 2006, chapter 2; Lin 1991; Minka 2005, section 2.
Shapes   laws on k outcomes are (*batch, k), results (*batch,); densities are given at nodes with quadrature weights.
         float64, nats.
Here     KL(p ‖ q) is forward when p is the data, reverse when p is the model. 0 log 0 = 0, and mass where
         q has none is infinite. Jensen-Shannon is not square-rooted, so it is at most log 2.
"""

import torch
from torch import Tensor


def kl(p: Tensor, q: Tensor) -> Tensor:
    """Σ p log(p/q), infinite where p > 0 = q."""
    return torch.where(p > 0, p * (torch.log(p.clamp_min(1e-300)) - torch.log(q)), 0.0).sum(-1)


def cross_entropy(p: Tensor, q: Tensor) -> Tensor:
    """−Σ p log q."""
    return -torch.xlogy(p, q).sum(-1)


def entropy(p: Tensor) -> Tensor:
    """−Σ p log p."""
    return -torch.xlogy(p, p).sum(-1)


def kl_of_densities(log_p: Tensor, log_q: Tensor, weights: Tensor) -> Tensor:
    """∫ p log(p/q) dx by quadrature: log-densities at nodes (*batch, nodes), weights (nodes,)."""
    return (weights * torch.exp(log_p) * (log_p - log_q)).sum(-1)


def forward_gaussian_fit(log_p: Tensor, x: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """argmin_(m, v) KL(p ‖ N(m, v)): the mean and the variance of p."""
    p = weights * torch.exp(log_p)
    mean = (p * x).sum(-1)
    return mean, (p * (x - mean[..., None]) ** 2).sum(-1)


def jensen_shannon(p: Tensor, q: Tensor) -> Tensor:
    """½ KL(p ‖ m) + ½ KL(q ‖ m) with m = (p + q)/2."""
    m = (p + q) / 2
    return (kl(p, m) + kl(q, m)) / 2
