"""Ancestral sampling and Box-Muller. Standalone: imports math, torch; nothing of ours.

Source   Bishop 2006, section 8.1.2; Box and Muller 1958.
Shapes   a network over d nodes: parents[i] is a tuple of nodes, tables[i] has one axis for each parent in that order
         and a last axis for the node's value; draws are (n, d) int64; uniforms and normals (n, 2). float64.
Here     an order is topological when every node comes after its parents; nothing checks it. u₁ is in (0, 1].
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor


def log_joint(x: Tensor, parents: Sequence[Sequence[int]], tables: Sequence[Tensor]) -> Tensor:
    """log p(x) = Σ_i log p(x_i | pa_i): (n, d) -> (n,)."""
    terms = [
        torch.log(t[(*(x[:, j] for j in pa), x[:, i])]) for i, (pa, t) in enumerate(zip(parents, tables, strict=True))
    ]
    return torch.stack(terms).sum(0)


def ancestral_sample(
    order: Sequence[int], parents: Sequence[Sequence[int]], tables: Sequence[Tensor], u: Tensor
) -> Tensor:
    """x_i ~ p(x_i | pa_i), parents first, from a uniform u_i each: (n, d) -> (n, d) int64."""
    x = torch.zeros(u.shape, dtype=torch.int64, device=u.device)
    for i in order:
        row = tables[i][tuple(x[:, j] for j in parents[i])].expand(len(u), -1)  # p(x_i | pa_i), (n, values)
        x[:, i] = (u[:, i : i + 1] >= row.cumsum(-1)[:, :-1]).sum(-1)  # the inverse of the distribution function
    return x


def box_muller(u: Tensor) -> Tensor:
    """(√(−2 ln u₁) cos 2πu₂, √(−2 ln u₁) sin 2πu₂): (n, 2) -> (n, 2)."""
    radius = torch.sqrt(-2 * torch.log(u[..., 0]))
    angle = 2 * math.pi * u[..., 1]
    return torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], -1)
