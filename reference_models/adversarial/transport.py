"""Wasserstein GANs and moment matching: critics, penalties, MMD. Standalone: imports torch; nothing of ours.

Source   Arjovsky et al. 2017, section 2; Gulrajani et al. 2017, section 4; Gretton et al. 2012, section 2.
Shapes   samples are (n, d) and (m, d); on a line of points, laws p and q are (k,). float64.
Here     W_1 with the absolute distance. The kernel is e^{−|x − y|²/(2 l²)} with l a length. MMD is squared.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Critic = Callable[[Tensor], Tensor]


def critic_value(f: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """E_p f − E_q f on a finite space, each (k,)."""
    return (p * f).sum(-1) - (q * f).sum(-1)


def best_critic(points: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """The f of slope ±1 between neighbours of a sorted line with the greatest value: falls where p is ahead of q."""
    ahead = torch.sign((p - q).cumsum(-1)[:-1])  # sign of the distribution functions' difference
    steps = -ahead * (points[1:] - points[:-1])
    return torch.cat([torch.zeros_like(points[:1]), steps.cumsum(-1)])


def distance(points: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """W_1 = ∫ |P − Q| on a sorted line."""
    return ((p - q).cumsum(-1)[:-1].abs() * (points[1:] - points[:-1])).sum(-1)


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


def kernel(x: Tensor, y: Tensor, length: Tensor) -> Tensor:
    """e^{−|x − y|²/(2 l²)}: (n, d), (m, d) -> (n, m)."""
    return torch.exp(-((x[:, None] - y[None]) ** 2).sum(-1) / (2 * length**2))


def mmd2_unbiased(x: Tensor, y: Tensor, length: Tensor) -> Tensor:
    """Mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y), pairs of one sample without repeats: may be negative."""
    n, m = len(x), len(y)
    within = (kernel(x, x, length).sum() - n) / (n * (n - 1)) + (kernel(y, y, length).sum() - m) / (m * (m - 1))
    return within - 2 * kernel(x, y, length).mean()


def mmd2_biased(x: Tensor, y: Tensor, length: Tensor) -> Tensor:
    """The same with every pair: the squared distance of mean embeddings, never negative."""
    return kernel(x, x, length).mean() + kernel(y, y, length).mean() - 2 * kernel(x, y, length).mean()


def mmd2_of_laws(p: Tensor, q: Tensor, gram: Tensor) -> Tensor:
    """(p − q)ᵀ K (p − q) on a finite space with kernel matrix K (k, k)."""
    return (p - q) @ gram @ (p - q)
