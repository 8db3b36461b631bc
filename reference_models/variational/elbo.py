"""The evidence lower bound by enumeration, with torch's laws and losses. Standalone: imports torch; nothing of ours.

Idea     both values of the latent are listed; evidence by logsumexp; the best parameter where autograd's slope changes.
Source   Bishop 2006, sections 9.4 and 10.1; Kingma and Welling 2013, section 2.2.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     c = p(z = 1), a = p(x | z = 1), b = p(x | z = 0), q = q(z = 1).
Error    rounding alone, below 1e-12 (1 + |value|); searches to 1e-9.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution


def entropy_of(law: Distribution) -> Tensor:
    """torch's own entropy."""
    value: Tensor = law.entropy()
    return value


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def joint(c: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log p(x, z) for z = 0 and 1: (2,)."""
    z = torch.tensor([0.0, 1.0], dtype=torch.float64)
    return log_prob(Bernoulli(c), z) + torch.log(torch.stack([b, a]))


def elbo(c: Tensor, a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """Σ_z q(z) [log p(x, z) − log q(z)]."""
    z = torch.tensor([0.0, 1.0], dtype=torch.float64)
    log_q = log_prob(Bernoulli(q), z)
    return (torch.exp(log_q) * (joint(c, a, b) - log_q)).sum()


def log_evidence(c: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log Σ_z p(x, z)."""
    return torch.logsumexp(joint(c, a, b), 0)


def gap(c: Tensor, a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """log p(x) less the ELBO."""
    return log_evidence(c, a, b) - elbo(c, a, b, q)


def slope(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """f′(x) by autograd."""
    place = x.clone().requires_grad_()
    (found,) = torch.autograd.grad(f(place), place)
    return found


def top(f: Callable[[Tensor], Tensor], turns: int = 36) -> Tensor:
    """Where autograd's slope of f between 0 and 1 turns from above zero to below it, by bisection."""
    low, high = torch.tensor(1e-9, dtype=torch.float64), torch.tensor(1 - 1e-9, dtype=torch.float64)
    for _ in range(turns):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(f, middle) > 0 else (low, middle)
    return (low + high) / 2


def best_q(c: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """The q of the greatest ELBO."""
    return top(lambda q: elbo(c, a, b, q))


def best_prior(a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """The prior of the greatest ELBO at a fixed q."""
    return top(lambda c: elbo(c, a, b, q))


def prior_of_least_gap(a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """The prior whose posterior is nearest q."""
    return top(lambda c: -gap(c, a, b, q))


def free_energy(energy: Tensor, q: Tensor) -> Tensor:
    """Mean energy less torch's entropy of a coin."""
    return q * energy - entropy_of(Bernoulli(q))


if __name__ == "__main__":
    c, a, b = torch.tensor([0.5, 0.2, 0.6], dtype=torch.float64)
    print(log_evidence(c, a, b), elbo(c, a, b, c), best_q(c, a, b))  # log 0.4, below it, 1/4
