"""The risk of constant predictions, by torch's losses over listed outcomes and quadrature. Standalone: imports torch.

Idea     E over a law of the target by the trapezoid rule on the line (after x = e^u on the half-line, and
         x = 1/(1 + e^(−u)) on an interval); two outcomes are listed.
Source   Bishop 2006, section 1.5; Murphy 2022, chapters 4 and 5.
Shapes   arguments are scalar tensors or torch's laws; results are scalars. float64.
Error    below 1e-8 (1 + |value|) for densities that fall off on both sides within e^60.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, constraints


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def mean(f: Callable[[Tensor], Tensor], law: Distribution, step: float = 1 / 64) -> Tensor:
    """E f under a law with a density."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    if law.support is constraints.real:
        x, lengths = u, torch.full_like(u, step)
    elif isinstance(law.support, constraints.interval):
        share = torch.sigmoid(u[u.abs() < 34])
        width = law.support.upper_bound - law.support.lower_bound
        x, lengths = law.support.lower_bound + width * share, width * share * (1 - share) * step
    else:
        x = torch.exp(u[u < 7])
        lengths = x * step
    return (torch.exp(log_prob(law, x)) * lengths * f(x)).sum()


def squared_risk(law: Distribution, c: Tensor) -> Tensor:
    """E(y − c)²."""
    return mean(lambda y: (y - c) ** 2, law)


def mean_of_two(p: Tensor) -> Tensor:
    """E of the mean of two independent losses, all four samples listed."""
    pairs = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * 2)
    chances = torch.exp(log_prob(Bernoulli(p), pairs).sum(1))
    return (chances * pairs.mean(1)).sum()


def distances(m: Tensor, a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """torch's absolute errors of the targets m − a, m and m + b."""
    targets = torch.stack([m - a, m, m + b])
    return torch.nn.functional.l1_loss(c.expand(3), targets, reduction="sum")


def error_rate(d: Tensor, c: Tensor) -> Tensor:
    """The chance that label and guess, drawn apart from each other, differ."""
    label, guess = Bernoulli((1 + d) / (2 + d)), Bernoulli(c)
    outcomes = torch.tensor([0.0, 1.0], dtype=torch.float64)
    together = torch.exp(log_prob(label, outcomes))[:, None] * torch.exp(log_prob(guess, outcomes))
    return together.sum() - together.diagonal().sum()


def brier(p: Tensor, c: Tensor) -> Tensor:
    """E(y − c)² over both labels."""
    labels = torch.tensor([0.0, 1.0], dtype=torch.float64)
    return (torch.exp(log_prob(Bernoulli(p), labels)) * (labels - c) ** 2).sum()


if __name__ == "__main__":
    zero, one = torch.tensor([0.0, 1.0], dtype=torch.float64)
    print(distances(zero, one, one, zero), error_rate(one, one), brier(one / 2, one / 2))  # 2, 1/3, 1/4
