"""Laws of waiting times: Exponential and Gamma by rate. Standalone: imports torch; nothing of ours.

Source   Casella and Berger 2002, section 3.3.
Shapes   x and the parameters broadcast to (*batch,); results are (*batch,). float64, nats; −inf below 0.
Here     λ is a rate, the inverse of a scale; k is the shape of Gamma.
"""

import torch
from torch import Tensor


def exponential_log_prob(x: Tensor, rate: Tensor) -> Tensor:
    """log λ e^(−λx), for x ≥ 0."""
    return torch.where(x >= 0, torch.log(rate) - rate * x, -torch.inf)


def exponential_survival(x: Tensor, rate: Tensor) -> Tensor:
    """P(X > x) = e^(−λx), for x ≥ 0; 1 below."""
    return torch.exp(-rate * x.clamp_min(0))


def exponential_entropy(rate: Tensor) -> Tensor:
    """−E log p(X) = 1 − log λ, the largest on [0, ∞) at mean 1/λ."""
    return 1 - torch.log(rate)


def exponential_sample(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """n draws by the inverse cdf: (*batch,) -> (n, *batch)."""
    u = torch.rand((n, *rate.shape), generator=generator, dtype=rate.dtype, device=rate.device)
    return -torch.log1p(-u) / rate


def gamma_log_prob(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    """log λ^k x^(k − 1) e^(−λx) / Γ(k), for x > 0."""
    at = torch.where(x > 0, x, torch.ones_like(x))
    value = shape * torch.log(rate) + torch.xlogy(shape - 1, at) - rate * at - torch.lgamma(shape)
    return torch.where(x > 0, value, -torch.inf)


def gamma_sample(shape: int, rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """Waits for the shape-th arrival, sums of Exponential draws; whole shapes only: (*batch,) -> (n, *batch)."""
    return torch.stack([exponential_sample(rate, n, generator) for _ in range(shape)]).sum(0)
