"""Fisher information by autograd, and a tail bound's exponent by Newton. Standalone: imports torch; nothing of ours.

Idea     the information is minus the mean second slope of torch's log-density in the parameter: no score is squared.
Source   Breheny 2026, Fisher information.
Shapes   every argument is a scalar tensor; results are scalars. float64.
Here     s is a STANDARD DEVIATION, lambda a mean for the Poisson law and a rate for the exponential.
Error    counts are summed up to 400 past the mean; the integrals, 20001 nodes by Simpson's rule, are right to 1e-9.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Exponential, Normal, Poisson

COUNTS = 400
NODES = 20001
WIDTH = 12.0
LONGEST = 40.0


def _bend(law: Callable[[Tensor], Distribution], at: Tensor, values: Tensor) -> Tensor:
    """∂² log p(values)/∂ at², for each value."""
    places = at.detach().expand(values.shape).clone().requires_grad_()
    logs: Tensor = law(places).log_prob(values)
    (slope,) = torch.autograd.grad(logs.sum(), places, create_graph=True)
    return torch.autograd.grad(slope.sum(), places)[0]


def _summed(law: Callable[[Tensor], Distribution], at: Tensor, values: Tensor) -> Tensor:
    mass: Tensor = law(at).log_prob(values)
    return -(torch.exp(mass) * _bend(law, at, values)).sum()


def _integrated(law: Callable[[Tensor], Distribution], at: Tensor, low: Tensor, high: Tensor) -> Tensor:
    share = torch.linspace(0, 1, NODES, dtype=torch.float64)
    values = low + (high - low) * share
    weights = torch.full_like(values, 2.0)
    weights[1::2] = 4.0
    weights[0] = weights[-1] = 1.0
    mass: Tensor = law(at).log_prob(values)
    return -(weights * torch.exp(mass) * _bend(law, at, values)).sum() * (high - low) / (3 * (NODES - 1))


def of_poisson(rate: Tensor) -> Tensor:
    """The information about the mean of a count."""
    counts = torch.arange(COUNTS + 4 * int(rate), dtype=torch.float64)
    return _summed(Poisson, rate, counts)


def of_bernoulli(p: Tensor) -> Tensor:
    """The information about the probability of a one."""
    return _summed(lambda at: Bernoulli(probs=at), p, torch.tensor([0.0, 1.0], dtype=torch.float64))


def of_exponential(rate: Tensor) -> Tensor:
    """The information about the rate."""
    return _integrated(Exponential, rate, torch.zeros_like(rate), LONGEST / rate)


def of_normal_mean(m: Tensor, s: Tensor) -> Tensor:
    """The information about the mean."""
    return _integrated(lambda at: Normal(at, s.expand(at.shape)), m, m - WIDTH * s, m + WIDTH * s)


def of_normal_std(m: Tensor, s: Tensor) -> Tensor:
    """The information about the standard deviation."""
    return _integrated(lambda at: Normal(m.expand(at.shape), at), s, m - WIDTH * s, m + WIDTH * s)


def best_exponent(a: Tensor, s: Tensor) -> Tensor:
    """One step of Newton from 0 on log E e^(t(X − m)) − ta, a parabola in t."""
    t = torch.zeros_like(a).requires_grad_()
    (slope,) = torch.autograd.grad((s * t) ** 2 / 2 - t * a, t, create_graph=True)
    (bend,) = torch.autograd.grad(slope, t)
    return (t - slope / bend).detach()
