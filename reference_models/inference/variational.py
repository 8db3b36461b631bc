"""The ELBO, mean-field updates, amortised inference, refined by a chain. Standalone: imports math, torch.

Source   Bishop 2006, sections 9.4 and 10.1; Hoffman et al. 2013; Kingma and Welling 2014, section 2.
Shapes   q(z) is (*batch, k), a joint p(x, z) at one x likewise; a joint over several latent variables has one axis for
         each; results are (*batch,). The normal model has x (n,) and noise (n,). float64, nats.
Here     the normal model is z ~ N(0, 1), x | z ~ N(wz, var), with encoder q(z | x) = N(ax + b, std²).
"""

import math
from collections.abc import Sequence

import torch
from torch import Tensor


def elbo(q: Tensor, log_joint: Tensor) -> Tensor:
    """E_q[log p(x, z) − log q(z)]."""
    return (q * log_joint - torch.xlogy(q, q)).sum(-1)


def elbo_by_parts(q: Tensor, log_prior: Tensor, log_likelihood: Tensor) -> Tensor:
    """E_q log p(x | z) − KL(q(z) ‖ p(z))."""
    return (q * log_likelihood).sum(-1) - (torch.xlogy(q, q) - q * log_prior).sum(-1)


def mean_field_update(factors: Sequence[Tensor], log_joint: Tensor, i: int) -> Tensor:
    """q_i ∝ exp E_(q_∖i) log p(x, z): the new factor, (k_i,)."""
    expected = log_joint
    for axis in reversed(range(len(factors))):
        if axis != i:
            expected = torch.tensordot(expected, factors[axis], dims=([axis], [0]))
    return torch.softmax(expected, -1)


def gaussian_mean_field_update(mean: Tensor, target_mean: Tensor, precision: Tensor, i: int) -> tuple[Tensor, Tensor]:
    """The factor N(m_i, 1/Λ_ii) for N(μ, Λ⁻¹): m_i = μ_i − Σ_(j≠i) Λ_ij (m_j − μ_j)/Λ_ii; mean and variance."""
    gap = mean - target_mean
    rest = precision[i] @ gap - precision[i, i] * gap[i]
    return target_mean[i] - rest / precision[i, i], 1 / precision[i, i]


def elbo_sample(x: Tensor, noise: Tensor, encoder: Tensor, w: Tensor, var: Tensor) -> Tensor:
    """log p(x, z) − log q(z | x) at z = ax + b + std ε, with encoder = (a, b, log std): (n,), (n,) -> (n,)."""
    a, b, log_std = encoder.unbind(-1)
    z = a * x + b + torch.exp(log_std) * noise
    log_prior = -(z**2) / 2 - math.log(2 * math.pi) / 2
    log_likelihood = -((x - w * z) ** 2) / (2 * var) - torch.log(2 * math.pi * var) / 2
    log_q = -(noise**2) / 2 - log_std - math.log(2 * math.pi) / 2
    return log_prior + log_likelihood - log_q


def minibatch_elbo(terms: Tensor, n: int) -> Tensor:
    """(n/m) Σ over m of n data, whose mean over minibatches is the whole sum: (m,) -> ()."""
    return n / len(terms) * terms.sum()


def refined(q: Tensor, kernel: Tensor, steps: int) -> Tensor:
    """The law after a chain of some steps from q: q K^steps, rows of K where it comes from."""
    for _ in range(steps):
        q = q @ kernel
    return q
