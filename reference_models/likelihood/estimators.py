"""Maximum-likelihood estimates as torch code. Standalone: imports numpy, torch; nothing of ours.

Idea     write a sample down, add the log-probabilities of torch's own laws, and halve an interval until the slope that
         autograd gives is zero. Expectations over samples are sums over all of them.
Source   Bishop 2006, sections 1.2.4 and 2.1; Murphy 2022, chapter 4.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     rate is one over the mean for the exponential law and the mean for Poisson's; v is a VARIANCE.
Error    a place is found to 1e-12 relative: the slope is rounded at 1e-15 of its terms.
"""

from collections.abc import Callable
from itertools import product

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Exponential, Normal, Poisson

HALVINGS = 120


def peak(f: Callable[[Tensor], Tensor], low: float, high: float) -> Tensor:
    """Where the slope of a function with one maximum between ``low`` and ``high`` is zero, by bisection."""
    left, right = torch.tensor([low, high], dtype=torch.float64)
    for _ in range(HALVINGS):
        middle = ((left + right) / 2).requires_grad_()
        (slope,) = torch.autograd.grad(f(middle), middle)
        left, right = (middle.detach(), right) if slope > 0 else (left, middle.detach())
    found: Tensor = (left + right) / 2
    return found


def log_likelihood(law: Distribution, x: Tensor) -> Tensor:
    """The sum of the log-probabilities of independent observations: (n,) -> ()."""
    values: Tensor = law.log_prob(x)
    return values.sum()


def coin(k: Tensor, f: Tensor) -> Tensor:
    """The probability that k heads and f tails make likeliest, found among the logits."""
    tosses = torch.cat([torch.ones(int(k)), torch.zeros(int(f))]).double()
    return torch.sigmoid(peak(lambda z: log_likelihood(Bernoulli(logits=z), tosses), -30, 30))


def normal_mean(s: Tensor, *observations: Tensor) -> Tensor:
    """The mean of N(m, s²) that makes the observations likeliest."""
    x = torch.stack(observations)
    return peak(lambda m: log_likelihood(Normal(m, s), x), -100, 100)


def normal_variance(n: Tensor, total: Tensor) -> Tensor:
    """The variance that makes n unequal deviations with that sum of squares likeliest, found among the logs."""
    shares = torch.arange(1, int(n) + 1).double()
    deviations = torch.sqrt(total * shares / shares.sum())
    return torch.exp(peak(lambda r: log_likelihood(Normal(0.0, torch.exp(r / 2)), deviations), -30, 30))


def expected_variance(m: Tensor, s: Tensor, n: Tensor) -> Tensor:
    """E[Σ (x_i − x̄)²/n] over samples of N(m, s²): two Hermite nodes for each observation, all combinations.

    Exact but for rounding: the statistic is of degree two in each observation, and two nodes bear degree three.
    """
    t, w = np.polynomial.hermite_e.hermegauss(2)
    samples = torch.tensor(list(product(t, repeat=int(n)))) * s + m  # (2^n, n)
    weights = torch.tensor(list(product(w / w.sum(), repeat=int(n)))).prod(-1)
    return (weights * samples.var(-1, correction=0)).sum()


def exponential_rate(n: Tensor, total: Tensor) -> Tensor:
    """The rate that makes n unequal observations with that sum likeliest, found among the logs."""
    shares = torch.arange(1, int(n) + 1).double()
    x = total * shares / shares.sum()
    return torch.exp(peak(lambda r: log_likelihood(Exponential(torch.exp(r)), x), -30, 30))


def poisson_rate(n: Tensor, total: Tensor) -> Tensor:
    """The rate that makes n counts with that total likeliest: all in the first but one for each other that can."""
    counts = torch.zeros(int(n)).double()
    for place in range(int(total)):
        counts[place if place < int(n) else 0] += 1
    return torch.exp(peak(lambda r: log_likelihood(Poisson(torch.exp(r)), counts), -30, 30))


if __name__ == "__main__":
    print(coin(torch.tensor(7), torch.tensor(3)))  # seven heads in ten tosses: 0.7
