"""Laws of trials: Bernoulli, Binomial, Geometric. Standalone: imports torch; nothing of ours.

Source   Casella and Berger 2002, section 3.2.
Shapes   x, k and p broadcast to (*batch,); results are (*batch,). float64, nats.
Here     Geometric counts trials up to the first success, from 1 (torch counts failures, from 0).
         A mass of zero has log-probability −inf: nothing is clamped.
"""

import torch
from torch import Tensor


def bernoulli_log_prob(x: Tensor, p: Tensor) -> Tensor:
    """log P(x) = x log p + (1 − x) log(1 − p), with 0 log 0 = 0; −inf outside {0, 1}."""
    inside = (x == 0) | (x == 1)
    value = torch.xlogy(x, p) + torch.special.xlog1py(1 - x, -p)
    return torch.where(inside, value, -torch.inf)


def bernoulli_sample(p: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws: (*batch,) -> (n, *batch), zeros and ones."""
    u = torch.rand((n, *p.shape), generator=generator, dtype=p.dtype, device=p.device)
    return (u < p).to(p.dtype)  # P(u < p) = p


def bernoulli_mle(x: Tensor) -> Tensor:
    """argmax_p Σ log P(x_i): the share of ones, (n, *batch) -> (*batch,)."""
    return x.mean(0)


def binomial_log_prob(k: Tensor, n: Tensor, p: Tensor) -> Tensor:
    """log C(n, k) p^k (1 − p)^(n − k), for k = 0 … n; −inf elsewhere. k and n are float64: integers lose digits."""
    inside = (k >= 0) & (k <= n) & (k == torch.floor(k))
    at = torch.where(inside, k, torch.zeros_like(k))
    ways = torch.lgamma(n + 1) - torch.lgamma(at + 1) - torch.lgamma(n - at + 1)  # log C(n, k)
    value = ways + torch.xlogy(at, p) + torch.special.xlog1py(n - at, -p)
    return torch.where(inside, value, -torch.inf)


def binomial_sample(n: int, p: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    """Sums of n Bernoulli draws: (*batch,) -> (draws, *batch)."""
    u = torch.rand((draws, n, *p.shape), generator=generator, dtype=p.dtype, device=p.device)
    return (u < p).to(p.dtype).sum(1)
