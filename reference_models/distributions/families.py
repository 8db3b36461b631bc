"""Boltzmann laws, exponential families and the empirical law, on finite sets. Standalone: imports torch.

Source   Wainwright and Jordan 2008, section 3 (exponential families); MacKay 2003, chapter 31 (Boltzmann).
Shapes   energies are (*batch, N), one per state; statistics T are (N, d), natural parameters η are (*batch, d).
Here     temperature T multiplies no constant (k_B = 1); logarithms are natural; variances divide by n.
"""

import torch
from torch import Tensor


def boltzmann(energy: Tensor, temperature: Tensor) -> Tensor:
    """p_T = e^(−E/T) / Z_T over the last axis: (*batch, N), (*batch,) -> (*batch, N)."""
    return torch.softmax(-energy / temperature[..., None], -1)


def boltzmann_log_partition(energy: Tensor, temperature: Tensor) -> Tensor:
    """log Z_T = log Σ e^(−E/T): -> (*batch,)."""
    return torch.logsumexp(-energy / temperature[..., None], -1)


def boltzmann_entropy(energy: Tensor, temperature: Tensor) -> Tensor:
    """H = −Σ p log p of the Boltzmann law: -> (*batch,)."""
    p = boltzmann(energy, temperature)
    return -torch.xlogy(p, p).sum(-1)


def log_partition(eta: Tensor, statistics: Tensor, log_base: Tensor) -> Tensor:
    """A(η) = log Σ_x h(x) e^(ηᵀ T(x)): (*batch, d), (N, d), (N,) -> (*batch,)."""
    return torch.logsumexp(log_base + eta @ statistics.mT, -1)


def log_prob(eta: Tensor, statistics: Tensor, log_base: Tensor) -> Tensor:
    """log h(x) + ηᵀ T(x) − A(η) of every x: -> (*batch, N)."""
    return log_base + eta @ statistics.mT - log_partition(eta, statistics, log_base)[..., None]


def moment_match(target: Tensor, statistics: Tensor, log_base: Tensor, steps: int = 60) -> Tensor:
    """The η with E T = target, by damped Newton steps from 0: the MLE where target is the mean of T."""
    eta = torch.zeros_like(target)
    for _ in range(steps):
        p = torch.exp(log_prob(eta, statistics, log_base))
        mean = p @ statistics  # ∇A = E T
        centred = statistics - mean
        covariance = centred.mT @ (p[:, None] * centred)  # ∇²A = Cov T
        step = torch.linalg.solve(covariance, target - mean)
        eta = eta + step / (1 + step.norm())  # full steps near the end, short ones far away
    return eta


def ising_statistics(n: int) -> Tensor:
    """All states of n spins ±1 and their pairwise products, 2ⁿ rows: -> (2ⁿ, n + n(n − 1)/2)."""
    states = torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=torch.float64)] * n)
    first, second = torch.triu_indices(n, n, 1)
    return torch.cat([states, states[:, first] * states[:, second]], 1)


def empirical(x: Tensor, k: int) -> Tensor:
    """(1/n) Σ δ_{x_i} on 0 … k − 1: (n,) int64 -> (k,)."""
    return torch.bincount(x, minlength=k).to(torch.float64) / x.shape[0]


def plug_in_mean(x: Tensor) -> Tensor:
    """The mean under the empirical law, (1/n) Σ x_i: (n, *batch) -> (*batch,)."""
    return x.mean(0)


def plug_in_variance(x: Tensor) -> Tensor:
    """The variance under the empirical law, (1/n) Σ (x_i − x̄)²: (n, *batch) -> (*batch,)."""
    return ((x - x.mean(0)) ** 2).mean(0)
