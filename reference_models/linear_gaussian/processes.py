"""Gaussian processes by their covariance matrices, and a smoother by a joint one. Standalone: imports torch.

Idea     means and variances are read off the joint normal law by torch's solver; averages are sums over a grid.
Source   TensorFlow Probability 2026, GaussianProcessRegressionModel; GPflow 2026, derivation of SGPR equations.
Shapes   inputs and targets are (n,); other arguments and results are scalars. float64, nats.
Here     k, v, q, d, P, Q and R are VARIANCES, s a STANDARD DEVIATION; c is a covariance.
"""

import torch
from torch import Tensor
from torch.distributions import Normal

NODES = 8001
WIDTH = 14.0


def _matrix(rows: list[list[Tensor]]) -> Tensor:
    return torch.stack([torch.stack(row) for row in rows])


def predicted_mean(y: Tensor, m: Tensor, h: Tensor, k: Tensor, c: Tensor, s: Tensor) -> Tensor:
    """E(f(x*) | y) of the joint law of f(x*) and of the datum y."""
    return m + torch.linalg.solve((k + s**2).reshape(1, 1), c.reshape(1, 1))[0, 0] * (y - h)


def predicted_variance(k: Tensor, c: Tensor, v: Tensor, s: Tensor) -> Tensor:
    """Var(f(x*) | y): one over an entry of the inverse of the joint covariance of f(x*) and y."""
    joint = _matrix([[v + c**2 / k, c], [c, k + s**2]])
    return 1 / torch.linalg.inv(joint)[0, 0]


def linear_process(x: Tensor, y: Tensor, b: Tensor, t: Tensor, s: Tensor) -> Tensor:
    """k(b, ·)ᵀ(K + s²I)⁻¹y with k = t x x′: (n,), (n,), (), (), () -> ()."""
    covariance = t * torch.outer(x, x) + s**2 * torch.eye(len(x), dtype=torch.float64)
    return t * b * x @ torch.linalg.solve(covariance, y)


def _grid(mean: Tensor, variance: Tensor) -> tuple[Tensor, Tensor]:
    z = torch.linspace(-WIDTH, WIDTH, NODES, dtype=torch.float64)
    masses = torch.exp(-(z**2) / 2)
    return mean + variance.sqrt() * z, masses / masses.sum()


def expected_log_likelihood(y: Tensor, u: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """E log N(y; f, s²) for f ~ N(u, d), over a grid."""
    f, masses = _grid(u, d)
    return masses @ Normal(f, s).log_prob(y)


def collapsed_bound(y: Tensor, q: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """log E e^(E log N(y; f, s²)) over u ~ N(0, q), f ~ N(u, d), the outer mean over a grid."""
    u, masses = _grid(torch.zeros_like(q), q)
    inner = Normal(u, s).log_prob(y) - d / (2 * s**2)
    return torch.logsumexp(torch.log(masses) + inner, 0)


def log_bound(y: Tensor, q: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """log N(y; 0, q + s²) − d/(2s²)."""
    fit: Tensor = Normal(torch.zeros_like(q), (q + s**2).sqrt()).log_prob(y)
    return fit - d / (2 * s**2)


def _pair(p: Tensor, a: Tensor, noise: Tensor) -> Tensor:
    """The covariance of the state and the next one."""
    return _matrix([[p, a * p], [a * p, a**2 * p + noise]])


def log_given_next(x: Tensor, y: Tensor, m: Tensor, p: Tensor, a: Tensor, noise: Tensor) -> Tensor:
    """log p(x | x′ = y), from the joint law."""
    joint = torch.distributions.MultivariateNormal(torch.stack([m, a * m]), _pair(p, a, noise))
    own: Tensor = joint.log_prob(torch.stack([x, y]))
    marginal: Tensor = Normal(a * m, (a**2 * p + noise).sqrt()).log_prob(y)
    return own - marginal


def smoothed_mean(m: Tensor, p: Tensor, a: Tensor, noise: Tensor, w: Tensor) -> Tensor:
    """The mean of the state, the next one having the mean w."""
    covariance = _pair(p, a, noise)
    return m + covariance[0, 1] / covariance[1, 1] * (w - a * m)


def smoothed_variance(p: Tensor, a: Tensor, noise: Tensor, r: Tensor) -> Tensor:
    """The variance of the state where the next one has the variance r: given it, and through it."""
    covariance = _pair(p, a, noise)
    given = 1 / torch.linalg.inv(covariance)[0, 0]
    return given + (covariance[0, 1] / covariance[1, 1]) ** 2 * r
