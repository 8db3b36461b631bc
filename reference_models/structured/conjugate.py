"""Conjugate models and their predictives: Beta-Bernoulli, Dirichlet-Categorical, Normal-Normal. Imports math, torch.

Source   Murphy 2022, sections 4.6.2, 4.6.3 and 4.6.4; Bishop 2006, sections 2.1.1 and 2.3.6.
Shapes   data run along the first axis; parameters are scalars or (K,). float64, nats.
Here     the normal model knows its noise variance; m and v are the mean and variance of the prior of its mean.
"""

import math

import torch
from torch import Tensor


def beta_predictive(a: Tensor, b: Tensor) -> Tensor:
    """P(x' = 1) = ∫ θ Beta(θ | a, b) dθ = a/(a + b)."""
    return a / (a + b)


def beta_log_evidence(a: Tensor, b: Tensor, x: Tensor) -> Tensor:
    """log ∫ Π θ^x (1 − θ)^(1 − x) Beta(θ | a, b) dθ = log B(a', b')/B(a, b)."""
    return _log_beta(a + x.sum(0), b + (1 - x).sum(0)) - _log_beta(a, b)


def _log_beta(a: Tensor, b: Tensor) -> Tensor:
    return torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b)


def dirichlet_predictive(a: Tensor) -> Tensor:
    """P(x' = k) = a_k/Σ a."""
    return a / a.sum(-1, keepdim=True)


def normal_update(m: Tensor, v: Tensor, x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
    """1/v' = 1/v + n/σ², m' = v' (m/v + Σ x/σ²)."""
    after = 1 / (1 / v + len(x) / noise)
    return after * (m / v + x.sum(0) / noise), after


def normal_predictive_log_prob(x: Tensor, m: Tensor, v: Tensor, noise: Tensor) -> Tensor:
    """log N(x' | m, v + σ²): the noise and what is unknown of the mean."""
    return -((x - m) ** 2) / (2 * (v + noise)) - torch.log(2 * math.pi * (v + noise)) / 2
