"""χ², total variation and f-divergences. Standalone: imports math, torch; nothing of ours.

Source   Csiszár and Shields 2004, section 4; Nguyen et al. 2010; Tsybakov 2009, section 2.4.
Shapes   laws on k outcomes are (*batch, k), results (*batch,). float64, nats.
Here     D_f(p ‖ q) = Σ q f(p/q) with f convex and f(1) = 0; total variation carries the factor ½, so it is at most 1.
         Laws have mass everywhere, except in total variation.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

Generator = Callable[[Tensor], Tensor]


def f_divergence(p: Tensor, q: Tensor, f: Generator) -> Tensor:
    """Σ q f(p/q)."""
    return (q * f(p / q)).sum(-1)


def kl_generator(u: Tensor) -> Tensor:
    """u log u: KL(p ‖ q)."""
    return torch.xlogy(u, u)


def reverse_kl_generator(u: Tensor) -> Tensor:
    """−log u: KL(q ‖ p)."""
    return -torch.log(u)


def chi_square_generator(u: Tensor) -> Tensor:
    """(u − 1)²."""
    return (u - 1) ** 2


def total_variation_generator(u: Tensor) -> Tensor:
    """|u − 1|/2."""
    return (u - 1).abs() / 2


def jensen_shannon_generator(u: Tensor) -> Tensor:
    """(u log u − (u + 1) log((u + 1)/2))/2."""
    return (torch.xlogy(u, u) - (u + 1) * torch.log((u + 1) / 2)) / 2


def squared_hellinger_generator(u: Tensor) -> Tensor:
    """(√u − 1)²/2: 1 − Σ √(pq)."""
    return (torch.sqrt(u) - 1) ** 2 / 2


def kl_conjugate(t: Tensor) -> Tensor:
    """f*(t) = sup_u (ut − u log u) = e^(t − 1)."""
    return torch.exp(t - 1)


def dual_value(t: Tensor, p: Tensor, q: Tensor, conjugate: Generator) -> Tensor:
    """E_p T − E_q f*(T), at most D_f(p ‖ q)."""
    return (p * t).sum(-1) - (q * conjugate(t)).sum(-1)


def chi_square(p: Tensor, q: Tensor) -> Tensor:
    """E_q (p/q − 1)² = Σ (p − q)²/q."""
    return ((p - q) ** 2 / q).sum(-1)


def normal_chi_square(m1: Tensor, m2: Tensor, var: Tensor) -> Tensor:
    """χ²(N(m₁, var) ‖ N(m₂, var)) = e^((m₁ − m₂)²/var) − 1."""
    return torch.expm1((m1 - m2) ** 2 / var)


def total_variation(p: Tensor, q: Tensor) -> Tensor:
    """½ Σ |p − q|."""
    return (p - q).abs().sum(-1) / 2


def normal_total_variation(gap: Tensor, std: Tensor) -> Tensor:
    """Between N(0, std²) and N(gap, std²): erf(|gap|/(2√2 std))."""
    found: Tensor = torch.special.erf(gap.abs() / (2 * math.sqrt(2) * std))
    return found
