"""Conditional models by their heads, and losses with their best predictors. Standalone: imports math, torch.

Source   Bishop 2006, sections 1.5.5, 3.1.1 and 4.3; Murphy 2022, section 5.1.
Shapes   y and the parameters are (*batch, m), categories int64 (*batch,), logits (*batch, K); results (*batch,).
Here     s is a standard deviation, log_var log σ², b a Laplace scale. float64, nats, sums over the m outputs.
"""

import math

import torch
from torch import Tensor


def normal_nll(y: Tensor, mean: Tensor, s: Tensor) -> Tensor:
    """(m/2) log 2πσ² + |y − μ|²/2σ², one σ for all outputs."""
    return y.shape[-1] / 2 * torch.log(2 * math.pi * s**2) + ((y - mean) ** 2).sum(-1) / (2 * s**2)


def heteroscedastic_nll(y: Tensor, mean: Tensor, log_var: Tensor) -> Tensor:
    """½ Σ_i [log 2π + log σ_i² + (y_i − μ_i)²/σ_i²]."""
    return (math.log(2 * math.pi) + log_var + (y - mean) ** 2 * torch.exp(-log_var)).sum(-1) / 2


def laplace_nll(y: Tensor, mean: Tensor, b: Tensor) -> Tensor:
    """|y − μ|₁/b + m log 2b."""
    return (y - mean).abs().sum(-1) / b + y.shape[-1] * torch.log(2 * b)


def bernoulli_nll(y: Tensor, logit: Tensor) -> Tensor:
    """−y log p − (1 − y) log(1 − p), p = σ(l), summed over outputs."""
    return (torch.logaddexp(logit, torch.zeros_like(logit)) - y * logit).sum(-1)


def categorical_nll(y: Tensor, logits: Tensor) -> Tensor:
    """log Σ e^(l) − l_y."""
    return torch.logsumexp(logits, -1) - logits.gather(-1, y[..., None])[..., 0]


def marginal_nll(y: Tensor, means: Tensor, s: Tensor, weights: Tensor) -> Tensor:
    """−log Σ_u p(u) N(y | f(u), σ²), the law without its input: (*batch,), (U,), (), (U,) -> (*batch,)."""
    given = -((y[..., None] - means) ** 2) / (2 * s**2) - torch.log(s) - math.log(2 * math.pi) / 2
    return -torch.logsumexp(torch.log(weights) + given, -1)


def squared_predictor(y: Tensor, p: Tensor) -> Tensor:
    """argmin_f Σ p (y − f)² = Σ p y, the mean: values (N,), masses (*batch, N) -> (*batch,)."""
    return p @ y


def absolute_predictor(y: Tensor, p: Tensor) -> Tensor:
    """argmin_f Σ p |y − f|, a median: the least value with at least half of the mass at or below it."""
    order = torch.argsort(y)
    below = torch.cumsum(p[..., order], -1)
    return y[order][(below < 0.5).sum(-1)]


def log_predictor(joint: Tensor) -> Tensor:
    """argmin_q E[−log q(y | x)] = p(y | x): a table of p(x, y) -> its rows over their sums."""
    return joint / joint.sum(-1, keepdim=True)
