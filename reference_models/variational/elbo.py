"""The evidence lower bound by enumeration, with torch's laws and losses. Standalone: imports torch; nothing of ours.

Idea     both values of the latent are listed; evidence by logsumexp; the best parameter where autograd's slope changes.
         For laws: a weighted sum over nodes of the first one, its values or the trapezoid rule, after x = e^u on the
         half-line and x = 1/(1 + e^(−u)) between two ends.
Source   Bishop 2006, sections 9.4 and 10.1; Kingma and Welling 2013, section 2.2.
Shapes   every argument is a scalar tensor or one of torch's laws; results are scalars. float64, nats.
Here     c = p(z = 1), a = p(x | z = 1), b = p(x | z = 0), q = q(z = 1); of laws, q first, then the posterior.
Error    rounding alone, below 1e-12 (1 + |value|); searches to 1e-9; below 1e-9 (1 + |value|) for laws with densities.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.distributions import Bernoulli, Distribution, constraints


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


def nodes(law: Distribution, step: float = 1 / 64) -> tuple[Tensor, Tensor]:
    """Points of the law's support and the mass at each: (nodes,), (nodes,)."""
    u = torch.arange(-60.0, 60.0, step, dtype=torch.float64)
    if law.support is constraints.boolean:
        x, lengths = torch.tensor([0.0, 1.0], dtype=torch.float64), torch.ones(2, dtype=torch.float64)
    elif law.support is constraints.real:
        x, lengths = u, torch.full_like(u, step)
    elif isinstance(law.support, constraints.interval):
        share = torch.sigmoid(u[u.abs() < 34])
        width = law.support.upper_bound - law.support.lower_bound
        x, lengths = law.support.lower_bound + width * share, width * share * (1 - share) * step
    else:
        x = torch.exp(u[u < 7])
        lengths = x * step
    return x, torch.exp(log_prob(law, x)) * lengths


def bound(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """E_q[log p(x, z) − log q(z)], the joint by Bayes' rule."""
    z, mass = nodes(q)
    return (mass * (torch.log(evidence) + log_prob(posterior, z) - log_prob(q, z))).sum()


def gap_of(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """log p(x) less the bound."""
    return torch.log(evidence) - bound(q, posterior, evidence)


def bound_at(posterior: Distribution, evidence: Tensor) -> Tensor:
    """The bound where q is the posterior."""
    return bound(posterior, posterior, evidence)


def mean_weight(q: Distribution, posterior: Distribution, evidence: Tensor) -> Tensor:
    """E_q[p(x, z)/q(z)]."""
    z, mass = nodes(q)
    return (mass * torch.exp(torch.log(evidence) + log_prob(posterior, z) - log_prob(q, z))).sum()


def free_energy(q: Distribution, boltzmann: Distribution, temperature: Tensor, partition: Tensor) -> Tensor:
    """The mean energy less temperature times entropy, for the energies of Boltzmann's law."""
    z, mass = nodes(q)
    energies = -temperature * (torch.log(partition) + log_prob(boltzmann, z))
    return (mass * (energies + temperature * log_prob(q, z))).sum()


if __name__ == "__main__":
    c, a, b = torch.tensor([0.5, 0.2, 0.6], dtype=torch.float64)
    print(log_evidence(c, a, b), elbo(c, a, b, c), best_q(c, a, b))  # log 0.4, below it, 1/4
