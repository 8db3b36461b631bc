"""Distances of laws by listing critics and by grids. Standalone: imports torch; nothing of ours.

Idea     the best critic is the best of all that rise or fall by one per unit between neighbours; kernel means are sums
         over pairs.
Source   Peyré and Cuturi 2019, section 6; Gretton et al. 2012, section 2.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     s is a STANDARD DEVIATION, ell a length scale.
Error    the kernel's grid below 1e-12 for a length scale above a tenth of s.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def best_critic(c1: Tensor, c2: Tensor, w1: Tensor, w2: Tensor) -> Tensor:
    """The greatest E_p f − E_q f over critics with slopes ±1 between three points, p − q = (c₁, c₂ − c₁, −c₂)."""
    slopes = torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=c1.dtype)] * 2)  # (4, 2)
    first = torch.zeros(4, dtype=c1.dtype)
    second = first + slopes[:, 0] * w1
    critics = torch.stack([first, second, second + slopes[:, 1] * w2], 1)  # (4, 3)
    return (critics @ torch.stack([c1, c2 - c1, -c2])).max()


def critics_gap(f: Tensor, c1: Tensor, c2: Tensor, w1: Tensor, w2: Tensor, h1: Tensor, h2: Tensor) -> Tensor:
    """E_p f − E_q f for a critic with slopes 2h − 1, from the two laws' difference at the three points."""
    critic = f + torch.cumsum(torch.stack([torch.zeros_like(f), (2 * h1 - 1) * w1, (2 * h2 - 1) * w2]), 0)
    difference = torch.diff(torch.stack([torch.zeros_like(f), c1, c2, torch.zeros_like(f)]))
    return (critic * difference).sum()


def one_more_point(so_far: Tensor, c: Tensor, d: Tensor, f: Tensor, w: Tensor, h: Tensor) -> Tensor:
    """E_p f − E_q f over the points so far, merged into the last, and at one more, where the critic has fallen."""
    critic = torch.stack([f, f - (2 * h - 1) * w])
    return so_far + torch.dot(critic, torch.stack([c, d]))


def steepest_point(so_far: Tensor, c: Tensor, d: Tensor, f: Tensor, w: Tensor) -> Tensor:
    """The same with the slope ±1 that brings the most of c times the fall."""
    falls = torch.stack([-w, w])
    return so_far + c * f + d * (f - falls[torch.argmax(c * falls)])


def squared_distance_of_coins(p: Tensor, q: Tensor, k00: Tensor, k01: Tensor, k11: Tensor) -> Tensor:
    """MMD² of two coins from the 2 × 2 kernel matrix."""
    kernel = torch.stack([torch.stack([k00, k01]), torch.stack([k01, k11])])
    difference = torch.stack([1 - p, p]) - torch.stack([1 - q, q])
    return difference @ kernel @ difference


def kernel_mean(m: Tensor, s: Tensor, ell: Tensor) -> Tensor:
    """E e^(−(x − y)²/(2 ell²)), x ~ N(m, s²) and y ~ N(0, s²) independent: all pairs of a grid of ±9 s."""
    t = torch.linspace(-9, 9, 401, dtype=m.dtype)
    law: Distribution = Normal(0, 1)
    log_density: Tensor = law.log_prob(t)
    weights = torch.exp(log_density) * (t[1] - t[0])
    gaps = m + s * t[:, None] - s * t[None, :]
    return weights @ torch.exp(-(gaps**2) / (2 * ell**2)) @ weights


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(best_critic(half, -half, one, one))  # 1
