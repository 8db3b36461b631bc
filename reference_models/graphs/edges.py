"""Random graphs with independent edges: Erdős-Rényi, stochastic blocks, blocks with node features. Imports math, torch.

Source   Newman 2018, chapter 11; Holland, Laskey and Leinhardt 1983; Abbe 2018, section 2.
Shapes   an adjacency matrix is (*batch, n, n), symmetric, zeros and ones, zero diagonal, float64; z (n,) int64.
Here     each pair counts once (the upper triangle). B is (K, K), symmetric; features are categories, int64 (n,). Nats.
"""

import math

import torch
from torch import Tensor


def pairs(adjacency: Tensor) -> Tensor:
    """The entries above the diagonal: (*batch, n, n) -> (*batch, n(n − 1)/2)."""
    i, j = torch.triu_indices(adjacency.shape[-1], adjacency.shape[-1], 1)
    return adjacency[..., i, j]


def from_pairs(bits: Tensor, n: int) -> Tensor:
    """The symmetric matrix of such entries: (*batch, n(n − 1)/2) -> (*batch, n, n)."""
    i, j = torch.triu_indices(n, n, 1)
    found = torch.zeros((*bits.shape[:-1], n, n), dtype=bits.dtype, device=bits.device)
    found[..., i, j] = bits
    return found + found.mT


def bernoulli_log_prob(bits: Tensor, p: Tensor) -> Tensor:
    """Σ x log p + (1 − x) log(1 − p) along the last axis, with 0 log 0 = 0."""
    both: Tensor = torch.xlogy(bits, p) + torch.special.xlog1py(1 - bits, -p)
    return both.sum(-1)


def er_log_prob(adjacency: Tensor, p: Tensor) -> Tensor:
    """log p^m (1 − p)^(n(n−1)/2 − m), m edges: (*batch, n, n) -> (*batch,)."""
    return bernoulli_log_prob(pairs(adjacency), p)


def er_sample(p: Tensor, u: Tensor) -> Tensor:
    """A graph from uniforms, those above the diagonal deciding: (*batch, n, n) -> (*batch, n, n)."""
    return from_pairs((pairs(u) < p).to(u.dtype), u.shape[-1])


def er_degree_log_prob(k: Tensor, n: int, p: Tensor) -> Tensor:
    """log of the chance that a node has degree k: Binomial(n − 1, p)."""
    ways = math.lgamma(n) - torch.lgamma(k + 1) - torch.lgamma(n - k)
    edges: Tensor = torch.xlogy(k, p) + torch.special.xlog1py(n - 1 - k, -p)
    return ways + edges


def triangles(adjacency: Tensor) -> Tensor:
    """tr A³/6: (*batch, n, n) -> (*batch,)."""
    return torch.diagonal(adjacency @ adjacency @ adjacency, dim1=-2, dim2=-1).sum(-1) / 6


def wedges(adjacency: Tensor) -> Tensor:
    """Pairs of edges that share a node, Σ_i d_i (d_i − 1)/2: (*batch, n, n) -> (*batch,)."""
    degree = adjacency.sum(-1)
    return (degree * (degree - 1)).sum(-1) / 2


def sbm_log_prob(adjacency: Tensor, z: Tensor, blocks: Tensor) -> Tensor:
    """log p(A | z) = Σ_{i<j} log Bernoulli(A_ij | B_{z_i z_j}): (*batch, n, n) -> (*batch,)."""
    return bernoulli_log_prob(pairs(adjacency), pairs(blocks[z][:, z]))


def sbm_sample(z: Tensor, blocks: Tensor, u: Tensor) -> Tensor:
    """A graph given its blocks, from uniforms: (n,), (*batch, n, n) -> (*batch, n, n)."""
    return from_pairs((pairs(u) < pairs(blocks[z][:, z])).to(u.dtype), u.shape[-1])


def assignments(n: int, k: int) -> Tensor:
    """All kⁿ rows of n labels."""
    return torch.cartesian_prod(*[torch.arange(k)] * n).reshape(-1, n)


def sbm_marginal_log_prob(adjacency: Tensor, weights: Tensor, blocks: Tensor) -> Tensor:
    """log Σ_z Π_i π_{z_i} p(A | z), over all Kⁿ assignments: (*batch, n, n) -> (*batch,)."""
    rows = assignments(adjacency.shape[-1], len(weights)).to(weights.device)
    each = [torch.log(weights)[z].sum() + sbm_log_prob(adjacency, z, blocks) for z in rows]
    return torch.logsumexp(torch.stack(each), 0)


def featured_log_prob(
    adjacency: Tensor, x: Tensor, z: Tensor, weights: Tensor, blocks: Tensor, features: Tensor
) -> Tensor:
    """log Π_i π_{z_i} p(x_i | z_i) Π_{i<j} p(A_ij | z_i, z_j), features (K, V) a law in each row: -> (*batch,)."""
    return torch.log(weights)[z].sum() + torch.log(features)[z, x].sum(-1) + sbm_log_prob(adjacency, z, blocks)
