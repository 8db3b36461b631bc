"""Pareto posteriors by normalising on a grid. Standalone: imports torch; nothing of ours.

Idea     prior times likelihood at many points, divided by their weighted sum: Bayes' rule and nothing else. Priors and
         likelihoods are torch's own laws; the data are n values of the largest or of the mean log-ratio.
Source   the tables of conjugate priors; the laws as torch has them.
Shapes   every argument is a scalar tensor; the nodes are (nodes,); results are scalars. float64.
Here     Gamma's second parameter is a RATE; Pareto's start is its scale.
Error    below 1e-10 for shapes from 1/3 to 20: the trapezoidal rule in the log of θ/m − 1 and of the shape.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution, Gamma, Pareto, Uniform

NODES = 8001
FARTHEST = 100.0


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def line() -> tuple[Tensor, float]:
    """Equidistant points and their distance: (nodes,), a number."""
    return torch.linspace(-FARTHEST, FARTHEST, NODES, dtype=torch.float64), 2 * FARTHEST / (NODES - 1)


def summed(log_values: Tensor, log_slope: Tensor) -> Tensor:
    """The log of the integral, from the logs of an integrand and of the nodes' slope."""
    spacing = torch.log(torch.tensor(line()[1], dtype=torch.float64))
    return torch.logsumexp(log_values + log_slope, 0) + spacing


def end_joint(m: Tensor, a: Tensor, n: Tensor) -> Callable[[Tensor], Tensor]:
    """log prior + log likelihood of n uniform data, the largest of them m, at ends (nodes,); the prior starts at m."""

    def log_joint(end: Tensor) -> Tensor:
        data = log_prob(Uniform(torch.zeros_like(end), end, validate_args=False), m)
        return log_prob(Pareto(m, a, validate_args=False), end) + n * data

    return log_joint


def end_nodes(m: Tensor) -> tuple[Tensor, Tensor]:
    """Ends above m, θ = m(1 + e^t), and the logs of their slopes."""
    t, _ = line()
    return m * (1 + torch.exp(t)), torch.log(m) + t


def end_density(t: Tensor, m: Tensor, a: Tensor, n: Tensor) -> Tensor:
    """The posterior density of the end at m e^t."""
    log_joint, (ends, log_slope) = end_joint(m, a, n), end_nodes(m)
    return torch.exp(log_joint((m * torch.exp(t)).reshape(1))[0] - summed(log_joint(ends), log_slope))


def next_density(m: Tensor, a: Tensor, n: Tensor) -> Tensor:
    """The predictive density of the next value, anywhere below m."""
    log_joint, (ends, log_slope) = end_joint(m, a, n), end_nodes(m)
    return torch.exp(summed(log_joint(ends) - torch.log(ends), log_slope) - summed(log_joint(ends), log_slope))


def shape_joint(a: Tensor, b: Tensor, n: Tensor, total: Tensor) -> Callable[[Tensor], Tensor]:
    """log prior + log likelihood of n data, each at e^(T/n) times the start 1, at shapes (nodes,)."""

    def log_joint(s: Tensor) -> Tensor:
        data = log_prob(Pareto(torch.ones_like(s), s, validate_args=False), torch.exp(total / n))
        return log_prob(Gamma(a, b, validate_args=False), s) + n * data

    return log_joint


def shape_density(s: Tensor, a: Tensor, b: Tensor, n: Tensor, total: Tensor) -> Tensor:
    """The posterior density of the shape."""
    log_joint, (t, _) = shape_joint(a, b, n, total), line()
    return torch.exp(log_joint(s.reshape(1))[0] - summed(log_joint(torch.exp(t)), t))


def best_shape(n: Tensor, total: Tensor) -> Tensor:
    """The shape of the greatest likelihood, by Newton's method on torch's own log-density in the log of the shape."""
    t = torch.zeros((), dtype=torch.float64)
    for _ in range(60):
        place = t.clone().requires_grad_()
        value = n * log_prob(Pareto(torch.ones_like(place), torch.exp(place)), torch.exp(total / n))
        (slope,) = torch.autograd.grad(value, place, create_graph=True)
        (bend,) = torch.autograd.grad(slope, place)
        t = t - torch.clamp((slope / bend).detach(), -1.0, 1.0)
    return torch.exp(t)


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(end_density(torch.log(one + one / 2), two, one, two), next_density(two, one, two))  # 3 · 2³/3⁴; 3/(4 · 2)
