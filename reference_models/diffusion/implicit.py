"""DDIM, and distillation of its steps. Standalone: imports torch; nothing of ours.

Source   Song, Meng and Ermon 2020, section 4; Salimans and Ho 2022, section 3; Song et al. 2023, section 3.
Shapes   x is (*batch, d); bar and later are ᾱ at the noisier time t and at the less noisy time s < t. float64.
Here     η scales the STANDARD DEVIATION of fresh noise; η = 0 is deterministic. A network predicts noise from (x, ᾱ);
         a consistency function maps (x, ᾱ) to a start.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Network = Callable[[Tensor, Tensor], Tensor]


def fresh_variance(bar: Tensor, later: Tensor, eta: Tensor) -> Tensor:
    """σ² = η² (1 − ᾱ_s)/(1 − ᾱ_t) (1 − ᾱ_t/ᾱ_s)."""
    return eta**2 * (1 - later) / (1 - bar) * (1 - bar / later)


def moved(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, variance: Tensor, noise: Tensor) -> Tensor:
    """x_s = √ᾱ_s x̂_0 + √(1 − ᾱ_s − σ²) ε + σ z, for fresh noise of any variance σ² up to 1 − ᾱ_s."""
    start = (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)
    return torch.sqrt(later) * start + torch.sqrt(1 - later - variance) * eps + torch.sqrt(variance) * noise


def step(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, noise: Tensor) -> Tensor:
    """The same with the fresh noise that η says."""
    return moved(x, eps, bar, later, fresh_variance(bar, later, eta), noise)


def sample(eps: Network, x: Tensor, bars: Tensor) -> Tensor:
    """Deterministic steps along ᾱ = bars[0] < bars[1] < … (noisiest first), the last one to ᾱ = 1."""
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    for bar, later in zip(bars, torch.cat([bars[1:], zero[None] + 1]), strict=True):
        x = step(x, eps(x, bar), bar, later, zero, torch.zeros_like(x))
    return x


def student_start(x: Tensor, eps: Network, bar: Tensor, middle: Tensor, later: Tensor) -> Tensor:
    """The x̂_0 with which ONE step from t to s lands where the teacher's TWO steps by ``middle`` do.

    x_s = √ᾱ_s x̂ + √(1 − ᾱ_s) (x − √ᾱ_t x̂)/√(1 − ᾱ_t), solved for x̂.
    """
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    halfway = step(x, eps(x, bar), bar, middle, zero, torch.zeros_like(x))
    target = step(halfway, eps(halfway, middle), middle, later, zero, torch.zeros_like(x))
    ratio = torch.sqrt((1 - later) / (1 - bar))
    return (target - ratio * x) / (torch.sqrt(later) - ratio * torch.sqrt(bar))


def consistency_gap(
    f: Callable[[Tensor, Tensor], Tensor], x: Tensor, eps: Network, bar: Tensor, later: Tensor
) -> Tensor:
    """|f(x_t, t) − f(x_s, s)|² with x_s one deterministic step from x_t: (*batch,)."""
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    ahead = step(x, eps(x, bar), bar, later, zero, torch.zeros_like(x))
    return ((f(x, bar) - f(ahead, later)) ** 2).sum(-1)
