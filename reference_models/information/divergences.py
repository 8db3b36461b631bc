"""Divergences from their definitions. Standalone: imports torch; nothing of ours.

Idea     tables are torch tensors, and Σ p log p/q is torch's own loss; for two densities, the trapezoid rule on the
         line, after x = e^u on the half-line and x = 1/(1 + e^(−u)) between 0 and 1.
Source   Cover and Thomas 2006, sections 2.3 and 2.6.
Shapes   arguments are scalar tensors or torch's laws; results are scalars. float64, nats.
Here     the first law comes first; weights need not sum to one: they are divided by their sum.
Error    below 1e-9 (1 + |value|) for densities that fall off on both sides within e^60.
"""

import torch
from torch import Tensor
from torch.distributions import Distribution, constraints


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def tables(*weights: Tensor) -> tuple[Tensor, Tensor]:
    """The first half of the weights and the second, each summing to one: (classes,), (classes,)."""
    half = len(weights) // 2
    first, second = torch.stack(weights[:half]), torch.stack(weights[half:])
    return first / first.sum(), second / second.sum()


def kl_tables(*weights: Tensor) -> Tensor:
    """Σ p log p/q by torch's own divergence of tables."""
    p, q = tables(*weights)
    return torch.nn.functional.kl_div(torch.log(q), p, reduction="sum")


def chi_squared(*weights: Tensor) -> Tensor:
    """E_q[(p/q − 1)²]."""
    p, q = tables(*weights)
    return (q * (p / q - 1) ** 2).sum()


def kl_coins(p: Tensor, q: Tensor) -> Tensor:
    """The divergence of the first coin from the second."""
    return kl_tables(p, 1 - p, q, 1 - q)


def asymmetry(p: Tensor, q: Tensor) -> Tensor:
    """The divergence one way less the divergence the other way."""
    return kl_coins(p, q) - kl_coins(q, p)


def js(p: Tensor, q: Tensor) -> Tensor:
    """Half of either coin's divergence from the even mixture."""
    middle = (p + q) / 2
    return kl_coins(p, middle) / 2 + kl_coins(q, middle) / 2


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the lengths they stand for: (nodes,), (nodes,)."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    support = law.support
    if support is constraints.boolean:
        return torch.tensor([0.0, 1.0], dtype=torch.float64), torch.ones(2, dtype=torch.float64)
    if support is constraints.real:
        return u, torch.full_like(u, step)
    if isinstance(support, constraints.interval):
        x = torch.sigmoid(u[u.abs() < 34])
        return support.lower_bound + (support.upper_bound - support.lower_bound) * x, (
            support.upper_bound - support.lower_bound
        ) * x * (1 - x) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def mean(f: Tensor, law: Distribution, x: Tensor, lengths: Tensor) -> Tensor:
    """E f under the law, from values at its nodes."""
    return (torch.exp(log_prob(law, x)) * lengths * f).sum()


def kl(p: Distribution, q: Distribution) -> Tensor:
    """E_p[log p − log q]."""
    x, lengths = nodes(p)
    return mean(log_prob(p, x) - log_prob(q, x), p, x, lengths)


def entropy(p: Distribution) -> Tensor:
    """−E_p[log p]."""
    x, lengths = nodes(p)
    return -mean(log_prob(p, x), p, x, lengths)


def cross_entropy(p: Distribution, q: Distribution) -> Tensor:
    """−E_p[log q]."""
    x, lengths = nodes(p)
    return -mean(log_prob(q, x), p, x, lengths)


if __name__ == "__main__":
    half, quarter = torch.tensor([0.5, 0.25], dtype=torch.float64)
    print(kl_coins(half, quarter), kl_coins(quarter, half), js(half, quarter))
