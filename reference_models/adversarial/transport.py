"""Wasserstein GANs: critics, penalties, clipping. Standalone: imports torch; nothing of ours.

Source   Arjovsky et al. 2017, section 2; Gulrajani et al. 2017, section 4.
Shapes   samples are (n, d) and (m, d); on a line of points, laws p and q are (k,). float64.
Here     W_1 with the absolute distance; the critic raises E_p f − E_q f, p the data.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Critic = Callable[[Tensor], Tensor]


def best_critic(p: Tensor, q: Tensor, points: Tensor) -> Tensor:
    """The f of slope ±1 between neighbours of a sorted line with the greatest value: falls where p is ahead of q."""
    ahead = torch.sign((p - q).cumsum(-1)[:-1])  # sign of the distribution functions' difference
    steps = -ahead * (points[1:] - points[:-1])
    return torch.cat([torch.zeros_like(points[:1]), steps.cumsum(-1)])


def critic_loss(critic: Critic, real: Tensor, fake: Tensor) -> Tensor:
    """E f(fake) − E f(real), which the critic lowers."""
    return critic(fake).mean() - critic(real).mean()


def generator_loss(critic: Critic, fake: Tensor) -> Tensor:
    """−E f(fake)."""
    return -critic(fake).mean()


def gradient_penalty(critic: Critic, real: Tensor, fake: Tensor, u: Tensor) -> Tensor:
    """E (|∇f(x̂)| − 1)² at x̂ = u real + (1 − u) fake, u (n, 1) uniform."""
    mixed = u * real + (1 - u) * fake
    slopes: Tensor = torch.func.vmap(torch.func.grad(lambda x: critic(x[None])[0]))(mixed)
    lengths: Tensor = slopes.norm(dim=-1)
    return ((lengths - 1) ** 2).mean()


def clipped(weights: Tensor, bound: float) -> Tensor:
    """Weights cut to [−c, c]."""
    return weights.clamp(-bound, bound)
