"""Importance weights as sums over outcomes, grids and chains. Standalone: imports torch; nothing of ours.

Idea     weighted means are sums over all outcomes; mean squares trapezoidal sums of torch's densities; an annealed
         weight is averaged over all starts and ends of a chain, row by row.
Source   Bishop 2006, section 11.1.4; Owen 2013, chapter 9; Neal 2001, section 2.
Shapes   every argument is a scalar tensor; laws are (states,), chains (states, states); results are scalars. float64.
Here     row i of a chain holds the probabilities of going from state i; std is a STANDARD DEVIATION.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def weighted_mean(p: Tensor, q: Tensor, f0: Tensor, f1: Tensor) -> Tensor:
    """Σ q (p/q) f over both outcomes."""
    target, proposal = torch.stack([1 - p, p]), torch.stack([1 - q, q])
    return (proposal * (target / proposal) * torch.stack([f0, f1])).sum()


def squared_weight(mean: Tensor, std: Tensor, centre: Tensor) -> Tensor:
    """∫ N(x; mean, 1)²/N(x; 0, std²) dx by the trapezoidal rule on ±60 around a centre."""
    x = centre + torch.linspace(-60, 60, 24001, dtype=mean.dtype)
    target: Distribution = Normal(mean, torch.ones_like(mean))
    proposal: Distribution = Normal(torch.zeros_like(std), std)
    above: Tensor = target.log_prob(x)
    below: Tensor = proposal.log_prob(x)
    return torch.trapezoid(torch.exp(2 * above - below), x)


def squared_weight_shift(m: Tensor) -> Tensor:
    """Target N(m, 1), proposal N(0, 1)."""
    return squared_weight(m, torch.ones_like(m), 2 * m)


def squared_weight_scale(g: Tensor) -> Tensor:
    """Target N(0, 1), proposal N(0, (1 + g)/2)."""
    return squared_weight(torch.zeros_like(g), torch.sqrt((1 + g) / 2), torch.zeros_like(g))


def annealed_weight(weights: Tensor, flow: Tensor) -> Tensor:
    """The mean weight over all starts and ends, by a step that keeps the middle weights: (3, 2), () -> ()."""
    first, middle, last = weights
    goes = flow / middle
    chain = torch.stack([torch.stack([1 - goes[0], goes[0]]), torch.stack([goes[1], 1 - goes[1]])])
    total = torch.zeros_like(flow)
    for i in range(2):
        for j in range(2):
            total = total + first[i] / first.sum() * chain[i, j] * (middle[i] / first[i]) * (last[j] / middle[j])
    return total


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(squared_weight_shift(one), torch.exp(one))  # the same, twice
