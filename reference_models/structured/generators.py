"""Generators of fitted laws: normal heights, coins, independent draws. Imports torch.

Source   Wasserman 2004, chapter 9 (plug-in estimates).
Shapes   data are (n, *batch). float64, nats.
Here     var is a variance; noise is an argument.
"""

import torch
from torch import Tensor


def heights_sample(mean: Tensor, var: Tensor, noise: Tensor) -> Tensor:
    """New draws from the fitted normal, μ + σ ε."""
    return mean + torch.sqrt(var) * noise


def coin_sample(p: Tensor, u: Tensor) -> Tensor:
    """Ones where a uniform falls below ρ."""
    return (u < p).to(p.dtype)


def iid_log_prob(x: Tensor, p: Tensor) -> Tensor:
    """log Π_i p(x_i), the same table for each place: (*batch, n) int64, (k,) -> (*batch,)."""
    return torch.log(p)[x].sum(-1)


def iid_parameters(n: int, k: int) -> int:
    """Free numbers of a law of n independent draws from one table of k values: k − 1, whatever n."""
    return k - 1
