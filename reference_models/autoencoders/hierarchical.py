"""The ELBO of a hierarchical VAE in four forms, on finite tables. Standalone: imports torch; nothing of ours.

Source   Sønderby et al. 2016; Luo 2022, sections on hierarchical and Markovian VAEs.
Shapes   T latents of K states. q is (T, K, K): q[0][x, z_1], then q[t][z_t, z_{t+1}]; p is (T, K, K): p[0][z_1, x],
         then p[t][z_{t+1}, z_t]; prior (K,) over z_T. Each form gives one number per x: (K,). float64, nats.
Here     x has K states too and is called z_0. Rows are laws over the last axis. Sums are over all states: exact.
"""

import torch
from torch import Tensor


def marginals(q: Tensor) -> list[Tensor]:
    """q(z_t | x) for t = 0 … T, each (K, K): rows x."""
    found = [torch.eye(q.shape[-1], dtype=q.dtype, device=q.device)]
    for kernel in q:
        found.append(found[-1] @ kernel)
    return found


def path_elbo(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """E_q log p(x, z_1 … z_T)/q(z_1 … z_T | x), over all paths."""
    k, steps = prior.numel(), len(q)
    path = torch.cartesian_prod(*[torch.arange(k, device=q.device)] * (steps + 1))
    forward = torch.stack([q[t][path[:, t], path[:, t + 1]] for t in range(steps)]).prod(0)
    backward = torch.stack([p[t][path[:, t + 1], path[:, t]] for t in range(steps)]).prod(0) * prior[path[:, -1]]
    return torch.zeros_like(prior).index_add(0, path[:, 0], forward * torch.log(backward / forward))


def elbo_by_layer(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """E log p(x|z_1) + Σ_{t≥2} E log p(z_{t−1}|z_t)/q(z_{t−1}|z_{t−2}) − E KL(q(z_T|z_{T−1}) ‖ p(z_T))."""
    at = marginals(q)
    total = (at[1] * torch.log(p[0]).mT).sum(1)
    for t in range(2, len(q) + 1):
        triple = at[t - 2][:, :, None, None] * q[t - 2][:, :, None] * q[t - 1]  # (x, z_{t−2}, z_{t−1}, z_t)
        total = total + (triple * (torch.log(p[t - 1]).mT - torch.log(q[t - 2])[:, :, None])).sum((1, 2, 3))
    return total - at[-2] @ (q[-1] * torch.log(q[-1] / prior)).sum(1)


def telescoped_elbo(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """E log p(x|z_1) − Σ_{t≥2} E KL(q(z_{t−1}|z_t, x) ‖ p(z_{t−1}|z_t)) − KL(q(z_T|x) ‖ p(z_T))."""
    at = marginals(q)
    total = (at[1] * torch.log(p[0]).mT).sum(1)
    for t in range(2, len(q) + 1):
        back = at[t - 1][:, :, None] * q[t - 1] / at[t][:, None]  # q(z_{t−1} | z_t, x): (x, z_{t−1}, z_t)
        gap = (back * (torch.log(back) - torch.log(p[t - 1]).mT)).sum(1)
        total = total - (at[t] * gap).sum(1)
    return total - (at[-1] * torch.log(at[-1] / prior)).sum(1)


def elbo_by_step(q: Tensor, prior: Tensor, p: Tensor) -> Tensor:
    """E log p(x|z_1)/q(z_1|x) + Σ_{t≥2} E log p(z_{t−1}|z_t)/q(z_t|z_{t−1}) + E log p(z_T)."""
    at = marginals(q)
    total = (at[1] * torch.log(p[0].mT / q[0])).sum(1)
    for t in range(2, len(q) + 1):
        total = total + at[t - 1] @ (q[t - 1] * torch.log(p[t - 1].mT / q[t - 1])).sum(1)
    return total + at[-1] @ torch.log(prior)


def log_evidence(prior: Tensor, p: Tensor) -> Tensor:
    """log p(x): (K,)."""
    law = prior
    for kernel in p.flip(0):
        law = law @ kernel
    return torch.log(law)
