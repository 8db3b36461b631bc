"""Graph diffusion: categorical noise on edges, Gaussian noise on the matrix. Standalone: imports torch.

Source   Vignac et al. 2023, section 3; Austin et al. 2021, section 3; Jo, Lee and Hwang 2022, section 3.
Shapes   an edge is a category below K, int64; transition matrices (K, K), row a the law of the next value after a;
         adjacency of the Gaussian case (*batch, n, n), symmetric.
Here     time runs from data (0) to noise (T); β_t is β[t − 1]; ᾱ_t = Π (1 − β_s); each pair of nodes has one noise.
"""

import torch
from torch import Tensor


def step_matrix(beta: Tensor, limit: Tensor) -> Tensor:
    """Q_t = (1 − β_t) I + β_t 1 mᵀ: with chance β_t the edge is drawn anew from m: -> (K, K)."""
    return (1 - beta) * torch.eye(len(limit)).to(limit) + beta * limit.expand(len(limit), -1)


def marginal_matrix(betas: Tensor, t: int, limit: Tensor) -> Tensor:
    """Q̄_t = Q_1 … Q_t = ᾱ_t I + (1 − ᾱ_t) 1 mᵀ: -> (K, K)."""
    alpha = (1 - betas[:t]).prod()
    return alpha * torch.eye(len(limit)).to(limit) + (1 - alpha) * limit.expand(len(limit), -1)


def posterior(x_t: Tensor, x_0: Tensor, t: int, betas: Tensor, limit: Tensor) -> Tensor:
    """q(x_{t−1} | x_t, x_0) ∝ Q_t[x_{t−1}, x_t] Q̄_{t−1}[x_0, x_{t−1}]: (*batch,) twice -> (*batch, K)."""
    weight = step_matrix(betas[t - 1], limit)[:, x_t].movedim(0, -1) * marginal_matrix(betas, t - 1, limit)[x_0]
    return weight / weight.sum(-1, keepdim=True)


def reverse_step(x_t: Tensor, clean: Tensor, t: int, betas: Tensor, limit: Tensor) -> Tensor:
    """p(x_{t−1} | x_t) = Σ_{x_0} q(x_{t−1} | x_t, x_0) p̂(x_0 | x_t), edge by edge: -> (*batch, K)."""
    each = [posterior(x_t, torch.full_like(x_t, k), t, betas, limit) for k in range(len(limit))]
    return torch.einsum("...k,...kl->...l", clean, torch.stack(each, -2))


def noise_graph(adjacency: Tensor, t: int, betas: Tensor, limit: Tensor, u: Tensor) -> Tensor:
    """A graph noised to time t from uniforms above the diagonal: (*batch, n, n) int64 -> the same, symmetric."""
    n = adjacency.shape[-1]
    i, j = torch.triu_indices(n, n, 1)
    law = marginal_matrix(betas, t, limit)[adjacency[..., i, j]]
    drawn = (u[..., i, j, None] >= torch.cumsum(law, -1)[..., :-1]).sum(-1)
    found = torch.zeros_like(adjacency)
    found[..., i, j] = drawn
    return found + found.mT


def gaussian_marginal(a_0: Tensor, t: int, betas: Tensor) -> tuple[Tensor, Tensor]:
    """Mean √ᾱ_t A_0 and variance 1 − ᾱ_t of every pair's entry at time t."""
    alpha = (1 - betas[:t]).prod()
    return torch.sqrt(alpha) * a_0, 1 - alpha


def gaussian_step(a: Tensor, beta: Tensor, noise: Tensor) -> Tensor:
    """√(1 − β_t) A + √β_t E, E the noise above the diagonal and its mirror, zero on it: (*batch, n, n)."""
    upper = torch.triu(noise, 1)
    return torch.sqrt(1 - beta) * a + torch.sqrt(beta) * (upper + upper.mT)
