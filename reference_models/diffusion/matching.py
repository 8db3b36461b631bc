"""Flow matching along straight paths, by weights and by autograd. Standalone: imports torch; nothing of ours.

Idea     the marginal velocity is the mean of the paths' velocities, by Bayes' weights in logs; slopes are autograd's.
Source   Brosse 2026, the marginal velocity and the losses.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     x_t = (1 − t)ε + t x_1, noise at 0 and data at 1; w is 1 − t; s is a STANDARD DEVIATION.
Error    that of float64.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def loss_slope(x: Tensor, w: Tensor, u: Tensor, d1: Tensor, d2: Tensor, q: Tensor) -> Tensor:
    """Twice the density at x times how far u is from the mean velocity there."""
    data = torch.stack([d1, d2])
    logs = torch.log(torch.stack([q, 1 - q])) + log_normal(x, (1 - w) * data, w.expand(2))
    mean_end = (torch.softmax(logs, 0) * data).sum()
    return 2 * torch.exp(torch.logsumexp(logs, 0)) * (u - (mean_end - x) / w)


def carried(x: Tensor, t: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """−∂(p u)/∂x by autograd, u from the normal law of start and end given the place."""
    at = x.detach().clone().requires_grad_()
    variance = (1 - t) ** 2 + (t * s) ** 2
    off = (at - t * m) / variance
    end, noise = m + t * s**2 * off, (1 - t) * off
    flux = torch.exp(log_normal(at, t * m, torch.sqrt(variance))) * (end - noise)
    return -torch.autograd.grad(flux, at)[0]
