"""Undirected models: factors over discrete variables, Ising spins, Hopfield networks. Standalone: imports torch.

Source   Koller and Friedman 2009, chapter 4; MacKay 2003, chapters 31 and 42; Hopfield 1982.
Shapes   factors are tables over the variables of their scope; spins s are (*batch, n) of ±1; J, W (n, n) symmetric.
Here     J and W have zero diagonals, and each pair counts once: E = −½ sᵀ J s − hᵀ s, p ∝ e^(−E). float64, nats.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def unnormalised(scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], sizes: Sequence[int]) -> Tensor:
    """Π_c g_c(x_c) over every assignment, one axis a variable."""
    found = torch.ones(list(sizes), dtype=factors[0].dtype, device=factors[0].device)
    for scope, factor in zip(scopes, factors, strict=True):
        order = sorted(range(len(scope)), key=lambda a: scope[a])
        shape = [sizes[i] if i in scope else 1 for i in range(len(sizes))]
        found = found * factor.permute(order).reshape(shape)
    return found


def field_law(scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], sizes: Sequence[int]) -> Tensor:
    """p = Π_c g_c/Z, Z the sum over every assignment."""
    weight = unnormalised(scopes, factors, sizes)
    return weight / weight.sum()


def conditional(
    scopes: Sequence[Sequence[int]], factors: Sequence[Tensor], x: Sequence[int], which: int, size: int
) -> Tensor:
    """p(x_i | the rest) from the factors that touch i alone, free of Z: -> (size,)."""
    weight = torch.ones(size, dtype=factors[0].dtype, device=factors[0].device)
    for scope, factor in zip(scopes, factors, strict=True):
        if which in scope:
            weight = weight * factor[tuple(slice(None) if i == which else x[i] for i in scope)]
    return weight / weight.sum()


def states(n: int) -> Tensor:
    """All 2ⁿ rows of n spins ±1."""
    return torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=torch.float64)] * n).reshape(-1, n)


def ising_energy(s: Tensor, j: Tensor, h: Tensor) -> Tensor:
    """E = −½ sᵀ J s − hᵀ s, each pair once: (*batch, n) -> (*batch,)."""
    return -((s @ j) * s).sum(-1) / 2 - s @ h


def ising_log_partition(j: Tensor, h: Tensor) -> Tensor:
    """log Z by enumeration of 2ⁿ states."""
    return torch.logsumexp(-ising_energy(states(len(h)).to(h), j, h), 0)


def ising_conditional(s: Tensor, j: Tensor, h: Tensor) -> Tensor:
    """P(s_i = 1 | the rest) = σ(2 (Σ_j J_ij s_j + h_i)), for every i: (*batch, n) -> (*batch, n)."""
    return torch.sigmoid(2 * (s @ j + h))


def ring_log_partition(coupling: Tensor, field: Tensor, n: int) -> Tensor:
    """log tr Tⁿ of a ring of n ≥ 3 spins, T_ab = e^(J ab + h (a + b)/2)."""
    spin = torch.tensor([-1.0, 1.0]).to(coupling)
    transfer = torch.exp(coupling * spin[:, None] * spin + field * (spin[:, None] + spin) / 2)
    power: Tensor = torch.linalg.matrix_power(transfer, n)
    return torch.log(torch.trace(power))


def hopfield_weights(patterns: Tensor) -> Tensor:
    """Hebb's rule, (1/n) Σ_μ ξ ξᵀ without its diagonal: (P, n) -> (n, n)."""
    w = patterns.mT @ patterns / patterns.shape[1]
    return w - torch.diag(torch.diagonal(w))


def hopfield_energy(s: Tensor, w: Tensor) -> Tensor:
    """E = −½ sᵀ W s: (*batch, n) -> (*batch,)."""
    return -((s @ w) * s).sum(-1) / 2


def hopfield_update(s: Tensor, w: Tensor, which: int) -> Tensor:
    """One spin set to the sign of its field, kept where the field is 0: (n,) -> (n,)."""
    field = w[which] @ s
    out = s.clone()
    out[which] = torch.where(field == 0, s[which], torch.sign(field))
    return out
