"""Wasserstein distances. Standalone: imports torch; nothing of ours.

Source   Peyré and Cuturi 2019, sections 2.1, 2.3, 2.6 and 4.2; Givens and Shortt 1984.
Shapes   samples on a line are (n,), points (n, d); laws (k,) and (m,) with a cost (k, m); results (). float64.
Here     W_r is the r-th root of the least mean of distance^r, so W₂ is not squared.
"""

import itertools

import torch
from torch import Tensor


def wasserstein_on_line(x: Tensor, y: Tensor, r: float) -> Tensor:
    """(1/n Σ |x_(i) − y_(i)|^r)^(1/r) of sorted samples of one size: the quantile formula."""
    gaps = (x.sort().values - y.sort().values).abs()
    return torch.pow(torch.pow(gaps, r).mean(), 1 / r)


def wasserstein_of_laws_on_line(p: Tensor, q: Tensor, x: Tensor) -> Tensor:
    """W₁ = ∫ |F − G| for two laws on the sorted points x (k,)."""
    return ((p - q).cumsum(-1)[:-1].abs() * (x[1:] - x[:-1])).sum()


def wasserstein_by_matching(cost: Tensor) -> Tensor:
    """The least mean cost over all matchings of n points with n: (n, n) -> (). For small n: all n! are tried."""
    n = len(cost)
    rows = torch.arange(n, device=cost.device)
    orders = torch.tensor(list(itertools.permutations(range(n))), device=cost.device)
    return cost[rows, orders].mean(-1).min()


def dual_value(f: Tensor, p: Tensor, q: Tensor) -> Tensor:
    """E_p f − E_q f, at most W₁ for f with |f(x) − f(y)| ≤ d(x, y)."""
    return ((p - q) * f).sum(-1)


def gaussian_w2(m1: Tensor, c1: Tensor, m2: Tensor, c2: Tensor) -> Tensor:
    """W₂² = |m₁ − m₂|² + tr(C₁ + C₂ − 2(C₁^½ C₂ C₁^½)^½), its root."""
    root = symmetric_root(c1)
    inner = symmetric_root(root @ c2 @ root)
    square: Tensor = ((m1 - m2) ** 2).sum(-1) + (c1 + c2 - 2 * inner).diagonal(dim1=-2, dim2=-1).sum(-1)
    return torch.sqrt(square.clamp_min(0))


def symmetric_root(c: Tensor) -> Tensor:
    """The positive root of a symmetric positive matrix."""
    values, vectors = torch.linalg.eigh(c)
    root: Tensor = vectors @ torch.diag_embed(torch.sqrt(values.clamp_min(0))) @ vectors.mT
    return root


def sinkhorn(p: Tensor, q: Tensor, cost: Tensor, regularisation: float, steps: int = 500) -> Tensor:
    """The plan that minimises ⟨P, C⟩ − ε H(P) with marginals p and q, in logarithms: (k, m)."""
    f, g = torch.zeros_like(p), torch.zeros_like(q)
    for _ in range(steps):
        f = regularisation * (torch.log(p) - torch.logsumexp((g - cost) / regularisation, 1))
        g = regularisation * (torch.log(q) - torch.logsumexp((f[:, None] - cost) / regularisation, 0))
    return torch.exp((f[:, None] + g - cost) / regularisation)
