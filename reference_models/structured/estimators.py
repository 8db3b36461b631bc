"""Estimation as minimisation: logistic regression, the MAP objective and its priors. Imports math, torch.

Source   Bishop 2006, sections 1.2.5, 1.6.1, 3.1.1 and 3.1.4; Murphy 2022, sections 4.2, 4.5 and 11.4.
Shapes   x is (n, d), y (n,), weights (d,). float64, nats.
Here     var is the noise variance σ², prior_var τ² the variance of each weight, b a Laplace scale; losses are as said.
"""

import math

import torch
from torch import Tensor


def logistic_loss(x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    """(1/N) Σ log(1 + e^(xᵀw)) − y xᵀw, y in {0, 1}."""
    return (torch.logaddexp(x @ w, torch.zeros_like(x @ w)) - y * (x @ w)).mean()


def logistic_mle(x: Tensor, y: Tensor, penalty: float = 0.0, steps: int = 30) -> Tensor:
    """Newton's method from 0 on the logistic loss plus penalty |w|²/2, its steps shortened where they are long."""
    w = torch.zeros_like(x[0])
    ridge = penalty * torch.eye(len(w), dtype=x.dtype, device=x.device)
    for _ in range(steps):
        p = torch.sigmoid(x @ w)
        gradient = x.mT @ (p - y) / len(y) + penalty * w
        curvature = x.mT @ ((p * (1 - p))[:, None] * x) / len(y) + ridge
        step: Tensor = torch.linalg.solve(curvature, gradient)
        w = w - step / (1 + step.norm() / 10)
    return w


def map_objective(x: Tensor, y: Tensor, w: Tensor, var: float, log_prior: Tensor) -> Tensor:
    """−Σ log N(y_k | x_kᵀ w, σ²) − log P(w): -> ()."""
    squared = ((y - x @ w) ** 2).sum() / (2 * var)
    return squared + len(y) / 2 * math.log(2 * math.pi * var) - log_prior


def normal_log_prior(w: Tensor, prior_var: float) -> Tensor:
    """Σ log N(w_i | 0, τ²)."""
    return -(w**2).sum() / (2 * prior_var) - len(w) / 2 * math.log(2 * math.pi * prior_var)


def laplace_log_prior(w: Tensor, b: float) -> Tensor:
    """Σ log e^(−|w_i|/b)/2b."""
    return -w.abs().sum() / b - len(w) * math.log(2 * b)
