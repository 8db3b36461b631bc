"""Entropies of the Dirichlet and Student laws, of a logistic-normal share and of tilted tables. Standalone: imports
torch; nothing of ours.

Idea     the trapezoid rule on the line or the plane, after x = 1/(1 + e^(−u)) for shares and x = sinh u for a t,
         so that the integrand falls off fast; torch's own entropy of a table. No closed form is used.
Source   Cover and Thomas 2006: entropy, chapter 2; differential entropy, chapter 8.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     the density of a Dirichlet law is that of its first two shares; the t has scale 1.
Error    below 1e-9 (1 + |value|) for shapes of 1/2 and more, and for one degree of freedom and more.
"""

import math

import torch
from torch import Tensor
from torch.distributions import Categorical, Distribution, Normal, StudentT
from torch.nn.functional import logsigmoid


def entropy_of(law: Distribution) -> Tensor:
    """torch's own entropy."""
    value: Tensor = law.entropy()
    return value


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def line(reach: float, step: float) -> Tensor:
    """Nodes from −reach to reach: (nodes,)."""
    return torch.arange(-reach, reach + step, step, dtype=torch.float64)


def dirichlet(a: Tensor, b: Tensor, c: Tensor, reach: float = 60.0, step: float = 1 / 4) -> Tensor:
    """−∫∫ p log p over the first two of three shares, both breaks on a line of logits."""
    u, v = line(reach, step)[:, None], line(reach, step)[None, :]
    logs = (logsigmoid(u) + 0 * v, logsigmoid(-u) + logsigmoid(v), logsigmoid(-u) + logsigmoid(-v))
    shapes = torch.stack((a, b, c))
    constant = torch.lgamma(shapes.sum()) - torch.lgamma(shapes).sum()
    log_p = constant + (a - 1) * logs[0] + (b - 1) * logs[1] + (c - 1) * logs[2]
    slope = logsigmoid(u) + 2 * logsigmoid(-u) + logsigmoid(v) + logsigmoid(-v)
    return -(torch.exp(log_p + slope) * log_p).sum() * (step * step)


def student(nu: Tensor) -> Tensor:
    """−∫ p log p, x = sinh u."""
    u = line(60.0, 1 / 64)
    x = torch.sinh(u)
    log_p = log_prob(StudentT(nu), x)
    return -(torch.exp(log_p) * torch.cosh(u) * log_p).sum() / 64


def logistic_normal(m: Tensor, s: Tensor) -> Tensor:
    """−E log of the density of p = 1/(1 + e^(−x)) times p(1 − p), for a normal logit x."""
    t = line(14.0, 1 / 32)
    x, weights = m + s * t, torch.exp(-(t**2) / 2) / (32 * math.sqrt(2 * math.pi))
    log_share, log_rest = logsigmoid(x), logsigmoid(-x)
    log_p = log_prob(Normal(m, s), x) - log_share - log_rest
    return (weights * (-log_p - log_share - log_rest)).sum()


def boltzmann(e1: Tensor, e2: Tensor, e3: Tensor, temperature: Tensor) -> Tensor:
    """torch's own entropy of three states with the logits −E/T."""
    return entropy_of(Categorical(logits=-torch.stack((e1, e2, e3)) / temperature))


def exponential_family(eta: Tensor, *given: Tensor) -> Tensor:
    """torch's own entropy of three points with the weights h e^(ηt): η, the statistics, the base measure."""
    t, h = torch.stack(given[:3]), torch.stack(given[3:])
    return entropy_of(Categorical(logits=eta * t + torch.log(h)))


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    print(dirichlet(one, one, one), student(one), logistic_normal(0 * one, one))  # −log 2, log 4π and 1.41894
