"""Entropies of laws, and searches for the best bound, by torch. Standalone: imports torch; nothing of ours.

Idea     −∫ p log p by the trapezoid rule on the line, after x = e^u on the half-line and x = 1/(1 + e^(−u)) between
         0 and 1; bisection on autograd's slope for the place of an optimum.
Source   Cover and Thomas 2006, chapters 2, 8 and 12.
Shapes   arguments are scalar tensors or torch's laws; results are scalars. float64, nats.
Error    below 1e-9 (1 + |value|) for densities that fall off on both sides within e^60.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, Normal, constraints


def entropy_of(law: Distribution) -> Tensor:
    """torch's own entropy."""
    value: Tensor = law.entropy()
    return value


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the lengths they stand for: (nodes,), (nodes,)."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    if law.support is constraints.real:
        return u, torch.full_like(u, step)
    if isinstance(law.support, constraints.interval):
        x = torch.sigmoid(u[u.abs() < 34])
        width = law.support.upper_bound - law.support.lower_bound
        return law.support.lower_bound + width * x, width * x * (1 - x) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def entropy(law: Distribution) -> Tensor:
    """−E log p."""
    x, lengths = nodes(law)
    log_p = log_prob(law, x)
    return -(torch.exp(log_p) * lengths * log_p).sum()


def entropy_coin(p: Tensor) -> Tensor:
    """torch's own entropy of a coin."""
    return entropy_of(Bernoulli(p))


def entropy_normal(w: Tensor) -> Tensor:
    """−E log p for N(0, w), by quadrature on its own scale."""
    s, (t, step) = torch.sqrt(w), (torch.arange(-40.0, 40.0, 1 / 16, dtype=torch.float64), 1 / 16)
    log_p = log_prob(Normal(torch.zeros_like(s), s), s * t)
    return -(torch.exp(log_p) * s * step * log_p).sum()


def turning_point(f: Callable[[Tensor], Tensor], low: float, high: float, turns: int = 200) -> Tensor:
    """Where autograd's slope of f changes its sign between two ends, by bisection."""
    a, b = torch.tensor(low, dtype=torch.float64), torch.tensor(high, dtype=torch.float64)
    first = slope(f, a) > 0
    for _ in range(turns):
        middle = (a + b) / 2
        if (slope(f, middle) > 0) == first:
            a = middle
        else:
            b = middle
    return (a + b) / 2


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def best_coin(u: Tensor) -> Tensor:
    """The coin of the greatest entropy plus u times its probability."""
    return turning_point(lambda p: entropy_coin(p) + u * p, 1e-9, 1 - 1e-9)


def best_rate(m: Tensor) -> Tensor:
    """The rate at which r m − log r is least."""
    return turning_point(lambda r: r * m - torch.log(r), 1e-6, 1e6)


if __name__ == "__main__":
    print(
        best_coin(torch.tensor(0.0, dtype=torch.float64)), best_rate(torch.tensor(4.0, dtype=torch.float64))
    )  # 1/2 and 1/4
