"""Estimates against the information, by sums, autograd and torch's laws. Standalone: imports torch; nothing of ours.

Idea     slopes of means by autograd through a softmax; information as minus the mean second slope of a log-density.
Source   Gundersen 2019, equations 1 and 2.
Shapes   a law is given by its masses (K,), a statistic by its values (K,); other arguments and results are scalars.
Here     float64; s is a STANDARD DEVIATION; r is a mean, of a count or of an exponential time.
"""

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Binomial, Exponential, Gamma, Normal, Poisson

NODES = 20001
WIDTH = 14.0
LONGEST = 45.0
COUNTS = 400


def covariance(masses: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """E ab − E a E b: (K,), (K,), (K,) -> ()."""
    return masses @ (a * b) - (masses @ a) * (masses @ b)


def mean_slope(masses: Tensor, t: Tensor, s: Tensor, eta: Tensor) -> Tensor:
    """∂/∂η of the mean of t under masses in proportion to e^(ηs) p: (K,), (K,), (K,), () -> ()."""
    at = eta.detach().clone().requires_grad_()
    member = torch.softmax(torch.log(masses) + at * s, 0)
    (slope,) = torch.autograd.grad(member @ t, at)
    return slope


def _bend(log_prob: Tensor, at: Tensor) -> Tensor:
    (slope,) = torch.autograd.grad(log_prob.sum(), at, create_graph=True)
    return torch.autograd.grad(slope.sum(), at)[0]


def _places(parameter: Tensor, points: Tensor) -> Tensor:
    return parameter.detach().expand(points.shape).clone().requires_grad_()


def _simpson(values: Tensor, length: Tensor) -> Tensor:
    weights = torch.full_like(values, 2.0)
    weights[1::2] = 4.0
    weights[0] = weights[-1] = 1.0
    return (weights * values).sum() * length / (3 * (NODES - 1))


def normal_efficiency(n: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """Var of the mean of n draws, times n times the information of one about m."""
    x = m + s * WIDTH * torch.linspace(-1, 1, NODES, dtype=torch.float64)
    at = _places(m, x)
    bend = _bend(Normal(at, s).log_prob(x), at)
    information = -_simpson(torch.exp(Normal(m, s).log_prob(x)) * bend, 2 * WIDTH * s)
    return Normal(m, s / n.sqrt()).variance * n * information


def coin_efficiency(n: Tensor, p: Tensor) -> Tensor:
    """The same for the share of ones."""
    x = torch.tensor([0.0, 1.0], dtype=torch.float64)
    at = _places(p, x)
    information = -(torch.stack([1 - p, p]) * _bend(Bernoulli(at).log_prob(x), at)).sum()
    return Binomial(int(n), p).variance / n**2 * n * information


def count_efficiency(n: Tensor, r: Tensor) -> Tensor:
    """The same for the mean count."""
    x = torch.arange(COUNTS, dtype=torch.float64)
    at = _places(r, x)
    information = -(torch.exp(Poisson(r).log_prob(x)) * _bend(Poisson(at).log_prob(x), at)).sum()
    return Poisson(n * r).variance / n**2 * n * information


def time_efficiency(n: Tensor, r: Tensor) -> Tensor:
    """The same for the mean of exponential times, r being the mean."""
    x = r * LONGEST * torch.linspace(0, 1, NODES, dtype=torch.float64)
    at = _places(r, x)
    bend = _bend(Exponential(1 / at).log_prob(x), at)
    information = -_simpson(torch.exp(Exponential(1 / r).log_prob(x)) * bend, LONGEST * r)
    return Gamma(n, 1 / r).variance / n**2 * n * information
