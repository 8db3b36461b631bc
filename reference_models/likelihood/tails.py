"""Tails by adding up, and the best exponents by Newton's method. Standalone: imports torch; nothing of ours.

Source   Data 102, UC Berkeley 2023, lecture 18; Zhang 2023, Mathematical Analysis of Machine Learning Algorithms, 2.3.
Shapes   a law is given by its masses (K,), a variable by its values (K,); other arguments and results are scalars.
Here     float64; s is a STANDARD DEVIATION; K counts the ones among n draws.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Binomial, Distribution, Normal, Poisson, kl_divergence

STEPS = 200


def reached(masses: Tensor, above: Tensor) -> Tensor:
    """The mass where ``above`` ≥ 0: (K,), (K,) -> ()."""
    return masses[above >= 0].sum()


def normal_beyond(a: Tensor, s: Tensor) -> Tensor:
    """P(X ≥ m + a) for X ~ N(m, s²), whatever m."""
    return torch.special.erfc(a / (s * 2**0.5)) / 2


def ones_beyond(n: Tensor, p: Tensor, share: Tensor) -> Tensor:
    """P(K ≥ n share)."""
    law = Binomial(int(n), p)
    k: Tensor = law.enumerate_support()
    return reached(torch.exp(law.log_prob(k)), k - n * share + 1e-12)


def generated(masses: Tensor, values: Tensor, u: Tensor) -> Tensor:
    """E e^(uX): (K,), (K,), () -> ()."""
    return torch.exp(torch.logsumexp(torch.log(masses) + u * values, 0))


def coin_generated(p: Tensor, u: Tensor) -> Tensor:
    """E e^(u(X − p)) for a coin."""
    return generated(torch.stack([1 - p, p]), torch.stack([-p, 1 - p]), u)


def _highest(gain: Callable[[Tensor], Tensor], start: Tensor) -> Tensor:
    """Where a concave function is greatest, by Newton's method with steps of at most 1."""
    u = start.detach().clone()
    for _ in range(STEPS):
        at = u.clone().requires_grad_()
        (slope,) = torch.autograd.grad(gain(at), at, create_graph=True)
        (bend,) = torch.autograd.grad(slope, at)
        u = u - (slope / bend).detach().clamp(-1, 1)
    return u


def range_exponent(n: Tensor, c: Tensor, t: Tensor) -> Tensor:
    """The u at which n(u²c²/8 − ut) is least."""
    u = torch.zeros_like(t).requires_grad_()
    (slope,) = torch.autograd.grad(n * ((u * c) ** 2 / 8 - u * t), u, create_graph=True)
    (bend,) = torch.autograd.grad(slope, u)
    return (u - slope / bend).detach()


def coin_exponent(p: Tensor, q: Tensor) -> Tensor:
    """The u at which uq − log E e^(uX) is greatest, for a coin."""
    return _highest(lambda u: u * q - torch.logaddexp(torch.log(1 - p), torch.log(p) + u), torch.zeros_like(p))


def count_exponent(a: Tensor, r: Tensor) -> Tensor:
    """The u at which ua − log E e^(uK) is greatest, for a count of mean r, counts summed up."""
    k = torch.arange(4000, dtype=a.dtype)
    masses: Tensor = Poisson(r).log_prob(k)
    return _highest(lambda u: u * a - torch.logsumexp(masses + u * k, 0), torch.zeros_like(a))


def _divergence(p: Distribution, q: Distribution) -> Tensor:
    value: Tensor = kl_divergence(p, q)
    return value


def normal_rate(a: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """KL of the law moved by a from the law."""
    return _divergence(Normal(m + a, s), Normal(m, s))


def coin_rate(p: Tensor, q: Tensor) -> Tensor:
    """KL of the coin q from the coin p."""
    return _divergence(Bernoulli(q), Bernoulli(p))


def count_rate(a: Tensor, r: Tensor) -> Tensor:
    """KL of the count of mean a from that of mean r."""
    return _divergence(Poisson(a), Poisson(r))
