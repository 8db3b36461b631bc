"""Penalised objectives and bounds on KL from their definitions. Standalone: imports torch; nothing of ours.

Idea     f and the critic T are values at nodes of a law: its outcomes, or the trapezoid rule, after x = e^u on the
         half-line and x = 1/(1 + e^(−u)) between two ends. Means are weighted sums, log-means by logsumexp.
Source   burklight 2026, the statements of both.
Shapes   laws are torch's, of one support; the rest are scalar tensors; results are scalars. float64, nats.
Here     f = β log(mass · t/p) for a law t; T = log(mass · t/q).
Error    below 1e-9 (1 + |value|) for densities that fall off on both sides within e^60.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, constraints


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the lengths they stand for: (nodes,), (nodes,)."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    if law.support is constraints.boolean:
        return torch.tensor([0.0, 1.0], dtype=torch.float64), torch.ones(2, dtype=torch.float64)
    if law.support is constraints.real:
        return u, torch.full_like(u, step)
    if isinstance(law.support, constraints.interval):
        share = torch.sigmoid(u[u.abs() < 34])
        width = law.support.upper_bound - law.support.lower_bound
        return law.support.lower_bound + width * share, width * share * (1 - share) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def mean(law: Distribution, f: Tensor) -> Tensor:
    """E f from its values at the nodes."""
    x, lengths = nodes(law)
    return (torch.exp(log_prob(law, x)) * lengths * f).sum()


def log_mean_exp(law: Distribution, f: Tensor) -> Tensor:
    """log E e^f from its values at the nodes."""
    x, lengths = nodes(law)
    return torch.logsumexp(log_prob(law, x) + torch.log(lengths) + f, 0)


def tilt(base: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """log(mass · t/base) at the nodes."""
    x, _ = nodes(base)
    return torch.log(mass) + log_prob(t, x) - log_prob(base, x)


def kl(p: Distribution, q: Distribution) -> Tensor:
    """E_p[log p − log q]."""
    x, _ = nodes(p)
    return mean(p, log_prob(p, x) - log_prob(q, x))


def tilted_mass(p: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """E_p e^(f/β)."""
    return torch.exp(log_mean_exp(p, tilt(p, t, mass)))


def objective(q: Distribution, p: Distribution, t: Distribution, weight: Tensor, mass: Tensor) -> Tensor:
    """E_q[f] − β KL(q ‖ p)."""
    return mean(q, weight * tilt(p, t, mass)) - weight * kl(q, p)


def best_objective(p: Distribution, t: Distribution, weight: Tensor, mass: Tensor) -> Tensor:
    """The objective at q = t."""
    return objective(t, p, t, weight, mass)


def donsker_varadhan(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """E_p[T] − log E_q[e^T]."""
    critic = tilt(q, t, mass)
    return mean(p, critic) - log_mean_exp(q, critic)


def gap(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """KL(p ‖ q) less Donsker and Varadhan's bound."""
    return kl(p, q) - donsker_varadhan(p, q, t, mass)


def tangent_bound(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """E_p[T] − E_q[e^(T − 1)]."""
    critic = tilt(q, t, mass)
    return mean(p, critic) - torch.exp(log_mean_exp(q, critic - 1))


if __name__ == "__main__":
    one = torch.tensor(1.0, dtype=torch.float64)
    p, q = torch.distributions.Normal(one, one), torch.distributions.Normal(0 * one, one)
    print(donsker_varadhan(p, q, p, one), tangent_bound(p, q, p, one), kl(p, q))  # 1/2, less, 1/2
