"""Generators fitted by counting: normal heights, coins, independent draws, and tables by the chain rule. Imports torch.

Source   Wasserman 2004, chapter 9 (plug-in estimates); Murphy 2022, section 3.6 (the chain rule).
Shapes   data are (n, *batch); a joint table over n variables of k values has shape (k,) * n, axis i being variable i.
Here     variances divide by n, as maximum likelihood has it; noise is an argument. float64, nats.
"""

from itertools import pairwise

import torch
from torch import Tensor


def heights_mle(x: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of a normal by maximum likelihood: x̄ and (1/n) Σ (x_i − x̄)²."""
    mean = x.mean(0)
    return mean, ((x - mean) ** 2).mean(0)


def heights_sample(mean: Tensor, var: Tensor, noise: Tensor) -> Tensor:
    """New draws from the fitted normal, μ + σ ε."""
    return mean + torch.sqrt(var) * noise


def coin_mle(x: Tensor) -> Tensor:
    """The share of ones, argmax_ρ Σ x log ρ + (1 − x) log(1 − ρ)."""
    return x.mean(0)


def coin_sample(p: Tensor, u: Tensor) -> Tensor:
    """Ones where a uniform falls below ρ."""
    return (u < p).to(p.dtype)


def iid_log_prob(x: Tensor, p: Tensor) -> Tensor:
    """log Π_i p(x_i), the same table for each place: (*batch, n) int64, (k,) -> (*batch,)."""
    return torch.log(p)[x].sum(-1)


def iid_parameters(n: int, k: int) -> int:
    """Free numbers of a law of n independent draws from one table of k values: k − 1, whatever n."""
    return k - 1


def chain_tables(joint: Tensor) -> list[Tensor]:
    """p(x_i | x_1 … x_{i−1}) as tables, the i-th of shape (k,) * i: what a joint is by the chain rule."""
    prefixes = [joint.flatten(i).sum(-1) for i in range(1, joint.dim())] + [joint]  # p(x_1 … x_i)
    return [prefixes[0], *(now / before[..., None] for before, now in pairwise(prefixes))]


def chain_log_prob(tables: list[Tensor], x: Tensor) -> Tensor:
    """Σ_i log p(x_i | x_<i), one look-up a variable: (*batch, n) int64 -> (*batch,)."""
    return torch.stack([torch.log(t[tuple(x[..., : i + 1].unbind(-1))]) for i, t in enumerate(tables)]).sum(0)


def chain_parameters(n: int, k: int) -> int:
    """Free numbers of the tables, Σ_i k^(i−1) (k − 1) = k^n − 1."""
    return sum(k**i * (k - 1) for i in range(n))
