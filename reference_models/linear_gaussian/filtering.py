"""Filtering by nodes, Newton steps, bisection and listing all paths. Standalone: imports numpy, torch; nothing of ours.

Idea     a prediction is a sum over pairs of nodes; an update is the peak of prior times likelihood, its variance one
         over the bend; a hidden Markov model's likelihood is one sum over all paths.
Source   Bishop 2006, sections 13.2 and 13.3.
Shapes   every argument is a scalar tensor, stacked to (2,), (2, 2) and (3, 2) for the hidden Markov model. float64.
Here     P, Q and R are VARIANCES.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    """torch's log-density, given a VARIANCE."""
    law: Distribution = Normal(mean, torch.sqrt(variance))
    value: Tensor = law.log_prob(x)
    return value


def predicted_variance(m: Tensor, P: Tensor, a: Tensor, Q: Tensor) -> Tensor:
    """Var(a x + e) on all pairs of Gauss-Hermite nodes."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    weights = torch.outer(w, w) / w.sum() ** 2
    x = a * (m + torch.sqrt(P) * t[:, None]) + torch.sqrt(Q) * t[None, :]
    return (weights * (x - (weights * x).sum()) ** 2).sum()


def error_variance(K: Tensor, P: Tensor, R: Tensor) -> Tensor:
    """Var(x − m − K(y − m)) on all pairs of nodes of state and observation noise."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    weights = torch.outer(w, w) / w.sum() ** 2
    x, noise = torch.sqrt(P) * t[:, None], torch.sqrt(R) * t[None, :]
    return (weights * (x - K * (x + noise)) ** 2).sum()


def best_gain(P: Tensor, R: Tensor) -> Tensor:
    """The gain at which that variance, a parabola, is least: one Newton step."""
    K = torch.zeros_like(P).requires_grad_()
    (slope,) = torch.autograd.grad(error_variance(K, P, R), K, create_graph=True)
    (bend,) = torch.autograd.grad(slope, K)
    return (K - slope / bend).detach()


def updated(m: Tensor, P: Tensor, R: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of the state given y: peak and bend of prior times likelihood."""
    x = torch.zeros_like(m).requires_grad_()
    joint = log_normal(x, m, P) + log_normal(y, x, R)
    (slope,) = torch.autograd.grad(joint, x, create_graph=True)
    (bend,) = torch.autograd.grad(slope, x)
    return (x - slope / bend).detach(), -1 / bend


def updated_mean(m: Tensor, P: Tensor, R: Tensor, y: Tensor) -> Tensor:
    """E[x | y]."""
    return updated(m, P, R, y)[0]


def updated_variance(P: Tensor, R: Tensor) -> Tensor:
    """Var(x | y)."""
    return updated(torch.zeros_like(P), P, R, torch.zeros_like(R))[1]


def likelihood(start: Tensor, turn: Tensor, seen: Tensor) -> Tensor:
    """Σ over all paths of three states: (2,), (2, 2), (3, 2) -> (). One sum, nothing factored."""
    total = torch.zeros((), dtype=start.dtype)
    for i, j, k in torch.cartesian_prod(*[torch.arange(2)] * 3):
        total = total + start[i] * seen[0, i] * turn[i, j] * seen[1, j] * turn[j, k] * seen[2, k]
    return total


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(best_gain(one, one), updated_variance(one, one))  # a half, twice
