"""Entropies and divergences from their definitions. Standalone: imports math, numpy, torch; nothing of ours.

Idea     −E log p over a grid or over all outcomes, with torch's own log-densities; for a latent variable, sums over its
         values. No closed form is used.
Source   Bishop 2006, section 1.6 (the definitions) and 9.4 (the lower bound).
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     r is a RATE, s a STANDARD DEVIATION, w a width; the first law comes first in KL and cross-entropy.
Error    Gauss-Legendre on 40 scales with 80 nodes and Gauss-Hermite with 16 are right to 1e-11 (1 + |value|).
"""

import math

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Exponential, Normal, Uniform


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def legendre(low: Tensor, high: Tensor, nodes: int = 80) -> tuple[Tensor, Tensor]:
    """Nodes and weights between two ends: (nodes,), (nodes,)."""
    t, w = (torch.as_tensor(a) for a in np.polynomial.legendre.leggauss(nodes))
    return low + (high - low) * (t + 1) / 2, w * (high - low) / 2


def coin(p: Tensor) -> Tensor:
    """The probabilities of 0 and 1: (2,)."""
    return torch.stack([1 - p, p])


def entropy_coin(p: Tensor) -> Tensor:
    """H of a coin, outcome by outcome."""
    terms: Tensor = torch.special.entr(coin(p))
    return terms.sum()


def entropy_exponential(r: Tensor) -> Tensor:
    """−∫ p log p for the exponential law."""
    x, w = legendre(torch.zeros_like(r), 40 / r)
    log_p = log_prob(Exponential(r), x)
    return -(w * torch.exp(log_p) * log_p).sum()


def entropy_normal(s: Tensor) -> Tensor:
    """−E log p for N(0, s²), Gauss-Hermite."""
    t, w = (torch.as_tensor(a) for a in np.polynomial.hermite_e.hermegauss(16))
    return -(w * log_prob(Normal(torch.zeros_like(s), s), s * t)).sum() / math.sqrt(2 * math.pi)


def entropy_uniform(w: Tensor) -> Tensor:
    """−∫ p log p from 0 to w."""
    x, weights = legendre(torch.zeros_like(w), w)
    log_p = log_prob(Uniform(torch.zeros_like(w), w, validate_args=False), x)
    return -(weights * torch.exp(log_p) * log_p).sum()


def kl_coins(p: Tensor, q: Tensor) -> Tensor:
    """KL of the first coin from the second, by torch's own divergence of tables."""
    return torch.nn.functional.kl_div(torch.log(coin(q)), coin(p), reduction="sum")


def cross_entropy_coins(p: Tensor, q: Tensor) -> Tensor:
    """H(p, q) of two coins, by torch's own loss."""
    return torch.nn.functional.binary_cross_entropy(q, p)


def cross_entropy_tables(*weights: Tensor) -> Tensor:
    """−Σ p log q for p_1, p_2, p_3 and then q_1, q_2, q_3."""
    half = len(weights) // 2
    return -(torch.stack(weights[:half]) * torch.log(torch.stack(weights[half:]))).sum()


def log_evidence(j1: Tensor, j2: Tensor) -> Tensor:
    """log Σ_z p(x, z) over both values."""
    return torch.logsumexp(torch.log(torch.stack([j1, j2])), 0)


def elbo(j1: Tensor, j2: Tensor, q: Tensor) -> Tensor:
    """E_q[log p(x, z) − log q(z)] over both values, q = q(z = 1)."""
    weights = torch.stack([q, 1 - q])
    return (weights * (torch.log(torch.stack([j1, j2])) - torch.log(weights))).sum()


if __name__ == "__main__":
    half = torch.tensor(0.5, dtype=torch.float64)
    print(entropy_coin(half), log_evidence(half, half) - elbo(half, half, half))  # log 2 nats; a gap of 0
