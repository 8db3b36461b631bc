"""Laplace's approximation and the evidence of a normal mean, by sums and autograd. Standalone: imports torch.

Source   John Wentworth 2019, From Laplace to BIC; aliquis 2026, Laplace approximation.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     t and v are VARIANCES.
Error    integrals are sums over 20001 nodes, right to 1e-9; the limit is taken at 1e10 draws, off by about 1e-9.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Normal

NODES = 20001
WIDTH = 30.0
MANY = 1e10
STEPS = 100


def parabola_evidence(y: Tensor, height: Tensor, h: Tensor) -> Tensor:
    """log ∫ e^(L − h(x − y)²/2) dx."""
    x = y + torch.linspace(-1, 1, NODES, dtype=torch.float64) * WIDTH / h.sqrt()
    return torch.logsumexp(height - h * (x - y) ** 2 / 2, 0) + torch.log(x[1] - x[0])


def _curvature(log_p: Callable[[Tensor], Tensor], place: Tensor) -> Tensor:
    at = place.detach().clone().requires_grad_()
    (slope,) = torch.autograd.grad(log_p(at), at, create_graph=True)
    return -torch.autograd.grad(slope, at)[0]


def rate_curvature(r: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Minus the second slope of a log r − br."""
    return _curvature(lambda at: a * torch.log(at) - b * at, r)


def odds_curvature(z: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Minus the second slope of a log p + b log(1 − p) in the log odds z of p."""
    return _curvature(lambda at: a * torch.nn.functional.logsigmoid(at) + b * torch.nn.functional.logsigmoid(-at), z)


def rate_mode(a: Tensor, b: Tensor) -> Tensor:
    """Where a log r − br is greatest, by Newton's method in log r."""
    u = torch.zeros_like(a)
    for _ in range(STEPS):
        at = u.clone().requires_grad_()
        (slope,) = torch.autograd.grad(a * at - b * torch.exp(at), at, create_graph=True)
        (bend,) = torch.autograd.grad(slope, at)
        u = u - (slope / bend).detach().clamp(-1, 1)
    return torch.exp(u)


def mean_evidence(y: Tensor, n: Tensor, m: Tensor, t: Tensor, v: Tensor) -> Tensor:
    """log ∫ e^(−n(x − y)²/(2v)) N(x; m, t) dx, over a grid around the posterior."""
    precision = n / v + 1 / t
    centre = (n * y / v + m / t) / precision
    x = centre + torch.linspace(-1, 1, NODES, dtype=torch.float64) * WIDTH / precision.sqrt()
    return torch.logsumexp(-n * (x - y) ** 2 / (2 * v) + Normal(m, t.sqrt()).log_prob(x), 0) + torch.log(x[1] - x[0])


def penalty_left(y: Tensor, m: Tensor, t: Tensor, v: Tensor) -> Tensor:
    """The log evidence over the greatest likelihood and ½ log n for very many draws, by the law of their mean."""
    spread = v / MANY
    marginal: Tensor = Normal(m, (t + spread).sqrt()).log_prob(y)
    return marginal + torch.log(2 * math.pi * spread) / 2 + math.log(MANY) / 2


def scaled_determinant(n: Tensor, *entries: Tensor) -> Tensor:
    """det(nH) of three rows."""
    value: Tensor = torch.linalg.det(n * torch.stack(entries).reshape(3, 3))
    return value
