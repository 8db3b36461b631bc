"""Importance-weighted bounds, EM and mean field by enumeration. Standalone: imports math, numpy, torch.

Idea     every combination of draws is listed; log-means by logsumexp; optima where autograd's slope changes its sign.
         A law with a density is listed by the nodes of a Gauss rule.
Source   Burda et al. 2016, section 3; Bishop 2006, sections 9.4 and 10.1.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     j are values of the joint p(x, z) and q = q(z = 1); L = [[a, 0], [c, d]] is a factor of a covariance matrix.
Error    rounding alone, below 1e-12 (1 + |value|); searches to 1e-8.
"""

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, MultivariateNormal, constraints, kl_divergence


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


def outcomes(law: Distribution) -> tuple[Tensor, Tensor]:
    """The values of a law of few values, or nodes of one on an interval, and the mass of each: (nodes,), (nodes,)."""
    if isinstance(law.support, constraints.interval):
        t, w = np.polynomial.legendre.leggauss(48)
        width = law.support.upper_bound - law.support.lower_bound
        x = law.support.lower_bound + width * (1 + torch.as_tensor(t)) / 2
        return x, torch.exp(log_prob(law, x)) * width * torch.as_tensor(w) / 2
    if law.support is constraints.real:
        t, w = np.polynomial.hermite.hermgauss(48)
        return law.mean + math.sqrt(2) * law.stddev * torch.as_tensor(t), torch.as_tensor(w) / math.sqrt(math.pi)
    x = law.enumerate_support()
    return x, torch.exp(log_prob(law, x))


def bound_of_laws(count: int, q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """E log of the mean of ``count`` importance weights, over all combinations of draws."""
    z, mass = outcomes(q)
    draws = torch.cartesian_prod(*[torch.arange(len(z))] * count).reshape(-1, count)
    log_w = (torch.log(evidence) + log_prob(posterior, z) - log_prob(q, z))[draws]
    log_mean = torch.logsumexp(log_w, 1) - math.log(count)
    return (mass[draws].prod(1) * log_mean).sum()


def first_bound(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """The bound of one draw, the ELBO."""
    return bound_of_laws(1, q, posterior, evidence)


def second_bound(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """The bound of two draws."""
    return bound_of_laws(2, q, posterior, evidence)


def third_bound(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """The bound of three draws."""
    return bound_of_laws(3, q, posterior, evidence)


def gained(old: Distribution, new: Distribution, before: Tensor, after: Tensor) -> Tensor:
    """The log of the mass of the new joint less that of the old one, each summed over the latent."""
    return _log_mass(new, after) - _log_mass(old, before)


def _log_mass(posterior: Distribution, evidence: Tensor) -> Tensor:
    _, mass = outcomes(posterior)
    return torch.log((mass * evidence).sum())


def factored_bound(q: Distribution, best: Distribution, held: Distribution, mass: Tensor) -> Tensor:
    """E[log p(x, z) − log q_1(z_1) − log q_2(z_2)] over both factors; the log joint's mean over q_2 is log(mass m)."""
    (x, p), (y, r) = outcomes(q), outcomes(held)
    inside = torch.log(mass) + log_prob(best, x) - log_prob(q, x)
    return (p[:, None] * r * (inside[:, None] - log_prob(held, y))).sum()


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
