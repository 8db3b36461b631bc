"""Importance-weighted bounds, EM and mean field by enumeration. Standalone: imports torch; nothing of ours.

Idea     every combination of draws is listed; log-means by logsumexp; optima where autograd's slope changes its sign.
Source   Burda et al. 2016, section 3; Bishop 2006, sections 9.4 and 10.1.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     j are values of the joint p(x, z) and q = q(z = 1); L = [[a, 0], [c, d]] is a factor of a covariance matrix.
Error    rounding alone, below 1e-12 (1 + |value|); searches to 1e-8.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, MultivariateNormal, kl_divergence


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def importance_bound(count: int, j1: Tensor, j0: Tensor, q: Tensor) -> Tensor:
    """E log of the mean of ``count`` importance weights, over all 2^count draws."""
    draws = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * count).reshape(-1, count)
    log_q = log_prob(Bernoulli(q), draws)
    log_w = torch.where(draws > 0, torch.log(j1), torch.log(j0)) - log_q
    log_mean = torch.logsumexp(log_w, 1) - torch.log(torch.tensor(count, dtype=torch.float64))
    return (torch.exp(log_q.sum(1)) * log_mean).sum()


def one_draw(j1: Tensor, j0: Tensor, q: Tensor) -> Tensor:
    """The bound of one draw, the ELBO."""
    return importance_bound(1, j1, j0, q)


def two_draws(j1: Tensor, j0: Tensor, q: Tensor) -> Tensor:
    """The bound of two draws."""
    return importance_bound(2, j1, j0, q)


def gained(j1: Tensor, j0: Tensor, k1: Tensor, k0: Tensor) -> Tensor:
    """log p(x) under the new joint less that under the old one."""
    old, new = torch.stack([j1, j0]), torch.stack([k1, k0])
    return torch.logsumexp(torch.log(new), 0) - torch.logsumexp(torch.log(old), 0)


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def top(f: Callable[[Tensor], Tensor], low: float, high: float, turns: int = 60) -> Tensor:
    """Where autograd's slope of f turns from above zero to below it, by bisection."""
    a, b = torch.tensor(low, dtype=torch.float64), torch.tensor(high, dtype=torch.float64)
    for _ in range(turns):
        middle = (a + b) / 2
        a, b = (middle, b) if slope(f, middle) > 0 else (a, middle)
    return (a + b) / 2


def best_factor(s: Tensor, l1: Tensor, l0: Tensor) -> Tensor:
    """The first factor of the greatest ELBO over all four pairs of values, the second held; log p(x, 0, ·) is 0."""
    table = torch.stack([torch.zeros_like(l0), torch.zeros_like(l1), l0, l1]).reshape(2, 2)

    def elbo(q: Tensor) -> Tensor:
        both = torch.stack([1 - q, q])[:, None] * torch.stack([1 - s, s])
        return (both * (table - torch.log(both))).sum()

    return top(elbo, 1e-9, 1 - 1e-9)


def narrow_variance(a: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """The variance of the first coordinate of a diagonal law nearest N(0, LLᵀ), by torch's own divergence."""
    factor = torch.stack([torch.stack([a, torch.zeros_like(a)]), torch.stack([c, d])])
    target = MultivariateNormal(torch.zeros(2, dtype=a.dtype), covariance_matrix=factor @ factor.T)

    def nearness(v: Tensor) -> Tensor:
        q = MultivariateNormal(torch.zeros(2, dtype=a.dtype), torch.diag(torch.stack([v, torch.ones_like(v)])))
        value: Tensor = kl_divergence(q, target)
        return -value

    return top(nearness, 1e-6, 100.0, 42)


def conditional_variance(a: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Var(x | y) for the pair, from torch's inverse of its covariance matrix."""
    factor = torch.stack([torch.stack([a, torch.zeros_like(a)]), torch.stack([c, d])])
    value: Tensor = 1 / torch.linalg.inv(factor @ factor.T)[0, 0]
    return value


if __name__ == "__main__":
    j1, j0, q = torch.tensor([0.1, 0.3, 0.5], dtype=torch.float64)
    print([importance_bound(k, j1, j0, q).item() for k in (1, 2, 3, 8)], torch.log(j1 + j0))
