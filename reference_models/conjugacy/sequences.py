"""Posteriors in sequence and predictions, by torch's own laws and quadrature. Standalone: imports numpy, torch.

Idea     torch's Dirichlet, Beta, Gamma, Poisson and Normal log-densities, normalised by Gauss-Legendre quadrature.
Source   Bishop 2006, sections 2.1 to 2.3.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     b of a Gamma law is a RATE; s and t are STANDARD DEVIATIONS.
Error    below 1e-8 (1 + |value|) for shapes of 1/2 and more.
"""

import torch
from torch import Tensor
from torch.distributions import Beta, Dirichlet, Distribution, Gamma, Normal, Poisson


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def unit(step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points between 0 and 1 and the lengths they stand for, even on the logit's scale: (nodes,), (nodes,)."""
    u = torch.arange(-34.0, 34.0, step, dtype=torch.float64)
    x = torch.sigmoid(u)
    return x, x * (1 - x) * step


def dirichlet(p: Tensor, w: Tensor, *numbers: Tensor) -> Tensor:
    """torch's Dirichlet density of α plus counts at the table of p and w, times the Jacobian 1 − p."""
    table = torch.stack([p, (1 - p) * w, (1 - p) * (1 - w)])
    law = Dirichlet(torch.stack(numbers[:3]) + torch.stack(numbers[3:]))
    value: Tensor = torch.exp(log_prob(law, table)) * (1 - p)
    return value


def log_batch(q: Tensor, heads: Tensor, tails: Tensor) -> Tensor:
    """The log-likelihood of a batch of tosses."""
    return heads * torch.log(q) + tails * torch.log1p(-q)


def sequential_coin(p: Tensor, a: Tensor, b: Tensor, *counts: Tensor) -> Tensor:
    """Prior, then one batch, then the other, normalised after each by quadrature."""
    x, lengths = unit()
    log_at, log_on = log_prob(Beta(a, b), p), log_prob(Beta(a, b), x)
    for heads, tails in ((counts[0], counts[1]), (counts[2], counts[3])):
        log_at, log_on = log_at + log_batch(p, heads, tails), log_on + log_batch(x, heads, tails)
        evidence = torch.logsumexp(log_on + torch.log(lengths), 0)
        log_at, log_on = log_at - evidence, log_on - evidence
    return torch.exp(log_at)


def heads_next(a: Tensor, b: Tensor, k: Tensor, f: Tensor) -> Tensor:
    """∫ p · posterior by quadrature, the posterior normalised on the same points."""
    x, lengths = unit()
    weights = torch.exp(log_prob(Beta(a, b), x) + log_batch(x, k, f)) * lengths
    return (x * weights).sum() / weights.sum()


def next_count(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """∫ Poisson(x; r) Gamma(r; a, b) dr, even on the log's scale."""
    u = torch.arange(-80.0, 7.0, 1 / 64, dtype=torch.float64)
    rate = torch.exp(u)
    log_mass = log_prob(Poisson(rate), x) + log_prob(Gamma(a, b), rate)
    return (torch.exp(log_mass + u) / 64).sum()


def at_once(m: Tensor, m0: Tensor, t: Tensor, y1: Tensor, y2: Tensor, s: Tensor) -> Tensor:
    """The log-posterior of a mean after both observations, normalised by the trapezoid rule."""

    def log_joint(mean: Tensor) -> Tensor:
        value: Tensor = log_prob(Normal(m0, t), mean) + log_prob(Normal(mean, s), y1) + log_prob(Normal(mean, s), y2)
        return value

    low, high = torch.stack([m0, y1, y2]).min() - 40 * s, torch.stack([m0, y1, y2]).max() + 40 * s
    grid = low + (high - low) * torch.linspace(0, 1, 40001, dtype=torch.float64)
    return log_joint(m) - torch.logsumexp(log_joint(grid) + torch.log((high - low) / 40000), 0)


def predictive_variance(t: Tensor, s: Tensor) -> Tensor:
    """The variance of a normal mixture of normals on a grid: E over the mean of s² plus the square of its error."""
    error = t * torch.linspace(-40, 40, 16001, dtype=torch.float64)
    weights = torch.exp(log_prob(Normal(torch.zeros_like(t), t), error)) * t / 200
    return (weights * (s**2 + error**2)).sum()


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(heads_next(one, one, two, one))  # Laplace's rule: 3/5
