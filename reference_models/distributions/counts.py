"""Laws of counts: Poisson, Geometric, Negative Binomial. Standalone: imports math, torch; nothing of ours.

Source   Casella and Berger 2002, section 3.2.
Shapes   k and the parameters broadcast to (*batch,); results are (*batch,). float64, nats; −inf outside the support.
Here     Geometric counts trials up to the first success, from 1; Negative Binomial up to the r-th, from r.
"""

import math

import torch
from torch import Tensor


def poisson_log_prob(k: Tensor, rate: Tensor) -> Tensor:
    """log e^(−λ) λ^k / k!, for k = 0, 1, …"""
    inside = (k >= 0) & (k == torch.floor(k))
    at = torch.where(inside, k, torch.zeros_like(k))
    return torch.where(inside, torch.xlogy(at, rate) - rate - torch.lgamma(at + 1), -torch.inf)


def poisson_sample(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """How many of the arrivals with Exponential(λ) gaps come by time 1: (*batch,) -> (n, *batch)."""
    most = math.ceil(float(rate.max()) + 10 * math.sqrt(float(rate.max())) + 20)  # more have a chance below 1e-16
    u = torch.rand((most, n, *rate.shape), generator=generator, dtype=rate.dtype, device=rate.device)
    arrivals = torch.cumsum(-torch.log1p(-u) / rate, 0)
    return (arrivals <= 1).to(rate.dtype).sum(0)


def geometric_log_prob(k: Tensor, p: Tensor) -> Tensor:
    """log (1 − p)^(k − 1) p, for k = 1, 2, …"""
    inside = (k >= 1) & (k == torch.floor(k))
    at = torch.where(inside, k, torch.ones_like(k))
    return torch.where(inside, torch.special.xlog1py(at - 1, -p) + torch.log(p), -torch.inf)


def geometric_survival(k: Tensor, p: Tensor) -> Tensor:
    """P(X > k) = (1 − p)^k: the first k trials fail."""
    return (1 - p) ** k


def geometric_sample(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws, the least k with (1 − p)^k ≤ 1 − u: (*batch,) -> (n, *batch)."""
    u = torch.rand((n, *p.shape), generator=generator, dtype=p.dtype, device=p.device)
    return torch.ceil(torch.log1p(-u) / torch.log1p(-p)).clamp_min(1)


def negative_binomial_log_prob(k: Tensor, r: Tensor, p: Tensor) -> Tensor:
    """log C(k − 1, r − 1) p^r (1 − p)^(k − r): the r-th success comes at k = r, r + 1, …; r need not be whole."""
    inside = (k > r - 1e-9) & ((k - r - torch.round(k - r)).abs() < 1e-9)
    at = torch.where(inside, k, r + torch.zeros_like(k))
    ways = torch.lgamma(at) - torch.lgamma(r) - torch.lgamma(at - r + 1)  # the last trial is a success
    return torch.where(inside, ways + torch.xlogy(r, p) + torch.special.xlog1py(at - r, -p), -torch.inf)


def negative_binomial_sample(r: int, p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """Sums of r Geometric draws: (*batch,) -> (n, *batch)."""
    return torch.stack([geometric_sample(p, n, generator) for _ in range(r)]).sum(0)
