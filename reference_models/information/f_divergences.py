"""f-divergences from their definition, E_q[f(p/q)]. Standalone: imports torch; nothing of ours.

Idea     outcomes are listed; densities are summed by the trapezoid rule, on the line as it is, between 0 and 1 after
         x = 1/(1 + e^(−u)).
Source   Cover and Thomas 2006, chapter 11, for the divergences that are f-divergences.
Shapes   laws are torch's; every other argument is a scalar tensor; results are scalars. float64, nats.
Error    below 1e-9 (1 + |value|) where p/q is bounded.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Distribution


def places(q: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the support of q and the lengths they stand for: (nodes,), (nodes,)."""
    if q.has_enumerate_support:
        listed: Tensor = q.enumerate_support()
        return listed, torch.ones_like(listed)
    u = torch.arange(-33.0, 33.0, step, dtype=torch.float64)
    if isinstance(q, torch.distributions.Normal):
        return u, torch.full_like(u, step)
    x = torch.sigmoid(u)
    return x, x * (1 - x) * step


def f_divergence(p: Distribution, q: Distribution, f: Callable[[Tensor], Tensor]) -> Tensor:
    """Σ q f(p/q), or the integral."""
    x, lengths = places(q)
    log_q: Tensor = q.log_prob(x)
    log_p: Tensor = p.log_prob(x)
    return (lengths * torch.exp(log_q) * f(torch.exp(log_p - log_q))).sum()


def kl(p: Distribution, q: Distribution) -> Tensor:
    """f(t) = t log t."""
    return f_divergence(p, q, lambda t: torch.xlogy(t, t))


def reverse_kl(p: Distribution, q: Distribution) -> Tensor:
    """f(t) = −log t."""
    return f_divergence(p, q, lambda t: -torch.log(t))


def chi_squared(p: Distribution, q: Distribution) -> Tensor:
    """f(t) = (t − 1)²."""
    return f_divergence(p, q, lambda t: (t - 1) ** 2)


def hellinger(p: Distribution, q: Distribution) -> Tensor:
    """f(t) = (√t − 1)²."""
    return f_divergence(p, q, lambda t: (torch.sqrt(t) - 1) ** 2)


def hellinger_and_line(p: Distribution, q: Distribution, s: Tensor) -> Tensor:
    """f(t) = (√t − 1)² + s(t − 1)."""
    return f_divergence(p, q, lambda t: (torch.sqrt(t) - 1) ** 2 + s * (t - 1))


def power(p: Distribution, q: Distribution, a: Tensor) -> Tensor:
    """f(t) = t^(1 + a)."""
    return f_divergence(p, q, lambda t: t ** (1 + a))


def of_classes(q: Tensor, d: Tensor, s: Tensor, r: Tensor) -> Tensor:
    """Σ q f(p/q) with p = q + d and f(t) = s(t − 1) + r, a class each: (classes,), (classes,), (), (classes,) -> ()."""
    return (q * (s * ((q + d) / q - 1) + r)).sum()


def of_class(b: Tensor, d: Tensor, s: Tensor, r: Tensor) -> Tensor:
    """The term of one class."""
    return of_classes(b.reshape(1), d.reshape(1), s, r.reshape(1))


def of_three(*numbers: Tensor) -> Tensor:
    """Three classes: three of q, two of p − q, the slope, three heights above the line."""
    q, d = torch.stack(numbers[:3]), torch.stack(numbers[3:5])
    return of_classes(q, torch.cat([d, -d.sum().reshape(1)]), numbers[5], torch.stack(numbers[6:]))


if __name__ == "__main__":
    half, third = torch.tensor([1 / 2, 1 / 3], dtype=torch.float64)
    fair, unfair = torch.distributions.Bernoulli(half), torch.distributions.Bernoulli(third)
    print(kl(unfair, fair), torch.distributions.kl_divergence(unfair, fair))  # the same number
