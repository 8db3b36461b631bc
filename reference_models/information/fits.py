"""Fits of one law to another, by torch's losses, quadrature and autograd. Standalone: imports torch; nothing of ours.

Idea     torch's own losses on tosses listed one by one; mixtures by torch's MixtureSameFamily on a grid; the best
         parameter where autograd's slope changes its sign.
Source   Bishop 2006, sections 1.6.1 and 10.1.2; Murphy 2022, chapters 4, 6 and 10.
Shapes   arguments are scalar tensors or torch's laws; results are scalars. float64, nats.
Here     s is a STANDARD DEVIATION and v a VARIANCE; k heads and f tails; a and b are α − 1 and β − 1.
Error    below 1e-9 (1 + |value|).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Beta, Categorical, Distribution, MixtureSameFamily, Normal, constraints


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
        x = torch.sigmoid(u[u.abs() < 34])
        return x, x * (1 - x) * step
    x = torch.exp(u[u < 7])
    return x, x * step


def cross_entropy(p: Distribution, q: Distribution) -> Tensor:
    """−E_p log q."""
    x, lengths = nodes(p)
    return -(torch.exp(log_prob(p, x)) * lengths * log_prob(q, x)).sum()


def mean_nll(q: Tensor, k: Tensor, f: Tensor) -> Tensor:
    """The mean of torch's negative log-likelihoods over k heads and f tails."""
    tosses = torch.cat([torch.ones(int(k)), torch.zeros(int(f))]).double()
    return torch.nn.functional.binary_cross_entropy(q.expand(len(tosses)), tosses)


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def least(f: Callable[[Tensor], Tensor], low: float, high: float, turns: int = 80) -> Tensor:
    """Where autograd's slope of f turns from below zero to above it, by bisection."""
    a, b = torch.tensor(low, dtype=torch.float64), torch.tensor(high, dtype=torch.float64)
    for _ in range(turns):
        middle = (a + b) / 2
        a, b = (a, middle) if slope(f, middle) > 0 else (middle, b)
    return (a + b) / 2


def nearest_coin(k: Tensor, f: Tensor) -> Tensor:
    """The coin of the least mean negative log-likelihood."""
    return least(lambda q: mean_nll(q, k, f), 1e-6, 1 - 1e-6)


def mean_posterior_nll(q: Tensor, k: Tensor, f: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Minus log of likelihood and of torch's Beta(a + 1, b + 1), its constant taken out, over k + f + a + b."""
    prior = Beta(a + 1, b + 1)
    constant = log_prob(prior, torch.tensor(0.5, dtype=torch.float64)) - (a + b) * torch.log(
        torch.tensor(0.5, dtype=torch.float64)
    )
    log_prior = log_prob(prior, q) - constant
    return ((k + f) * mean_nll(q, k, f) - log_prior) / (k + f + a + b)


def smoothed_loss(e: Tensor, q1: Tensor, q2: Tensor, q3: Tensor) -> Tensor:
    """Σ target · (−log q), the target being torch's one-hot label mixed with an even table."""
    hot = torch.nn.functional.one_hot(torch.tensor(0), 3).double()
    return -(((1 - e) * hot + e / 3) * torch.log(torch.stack([q1, q2, q3]))).sum()


def mixture(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> MixtureSameFamily:
    """torch's mixture of two normals."""
    return MixtureSameFamily(Categorical(torch.stack([w, 1 - w])), Normal(torch.stack([c1, c2]), s))


def target_mean(f: Callable[[Tensor], Tensor], w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> Tensor:
    """E f under the mixture on a grid of 40 deviations beyond either mode."""
    t = torch.linspace(0, 1, 8001, dtype=torch.float64)
    low, high = torch.minimum(c1, c2) - 40 * s, torch.maximum(c1, c2) + 40 * s
    x = low + (high - low) * t
    weights = torch.exp(log_prob(mixture(w, c1, c2, s), x)) * (high - low) / 8000
    return (weights * f(x)).sum()


def forward_loss(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor, m: Tensor, v: Tensor) -> Tensor:
    """The cross-entropy of the mixture and torch's normal of mean m and variance v, on the grid."""
    return target_mean(lambda x: -log_prob(Normal(m, v.sqrt()), x), w, c1, c2, s)


def forward_variance(w: Tensor, c1: Tensor, c2: Tensor, s: Tensor) -> Tensor:
    """The mixture's variance on the grid."""
    centre = target_mean(lambda x: x, w, c1, c2, s)
    return target_mean(lambda x: (x - centre) ** 2, w, c1, c2, s)


def two_modes(z: Tensor, m: Tensor, c: Tensor) -> Tensor:
    """The density of the even mixture of N(−c, 1) and N(c, 1) at m + z."""
    half, one = torch.full_like(c, 0.5), torch.ones_like(c)
    value: Tensor = torch.exp(log_prob(mixture(half, -c, c, one), m + z))
    return value


if __name__ == "__main__":
    half, one = torch.tensor([0.5, 1.0], dtype=torch.float64)
    print(forward_variance(half, -3 * one, 3 * one, one))  # 10
    print(nearest_coin(3 * one, one))
