"""Scores of generators from nodes and torch's own laws. Standalone: imports numpy, torch; nothing of ours.

Idea     costs of couplings are sums over Gauss-Hermite nodes, the best coupling pairs sorted quantiles; divergences and
         losses are torch's; the brevity penalty is the program that applies it.
Source   Peyré and Cuturi 2019, section 2.6; Heusel et al. 2017; Barratt and Sharma 2018; Papineni et al. 2002.
Shapes   every argument is a scalar tensor; laws are (classes,); results are scalars. float64, nats.
Here     s_1 and s_2 are STANDARD DEVIATIONS; r a correlation.
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Categorical, kl_divergence
from torch.nn.functional import nll_loss


def nodes(count: int = 6) -> tuple[Tensor, Tensor]:
    """Gauss-Hermite nodes and weights of the standard normal law: (count,) each."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(count))
    return t, w / w.sum()


def coupled_cost(m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor, r: Tensor) -> Tensor:
    """E(x − y)² for a bivariate normal of correlation r, drawn with torch's Cholesky factor, on all pairs of nodes."""
    t, w = nodes()
    corner = r * s1 * s2
    covariance = torch.stack([torch.stack([s1**2, corner]), torch.stack([corner, s2**2])])
    factor: Tensor = torch.linalg.cholesky(covariance)
    draws = torch.stack([m1, m2]) + torch.cartesian_prod(t, t) @ factor.T  # (36, 2)
    return (torch.outer(w, w).flatten() * (draws[:, 0] - draws[:, 1]) ** 2).sum()


def sorted_cost(m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """The cost of pairing sorted quantiles: both laws at the same nodes, in order."""
    t, w = nodes()
    first, second = (m + s * t for m, s in ((m1, s1), (m2, s2)))
    return (w * (first.sort().values - second.sort().values) ** 2).sum()


def planes(l1: Tensor, l2: Tensor, low: Tensor, k1: Tensor, k2: Tensor, k: Tensor) -> tuple[Tensor, Tensor]:
    """Σ₁ = L Lᵀ and T = K Kᵀ from the entries of L and K: (2, 2) each."""
    zero = torch.zeros_like(l1)
    factors = (torch.stack([torch.stack([a, zero]), torch.stack([c, b])]) for a, b, c in ((l1, l2, low), (k1, k2, k)))
    first, second = (factor @ factor.T for factor in factors)
    return first, second


def map_cost(l1: Tensor, l2: Tensor, low: Tensor, k1: Tensor, k2: Tensor, k: Tensor) -> Tensor:
    """E|x − T x|² with x ~ N(0, Σ₁), on all pairs of nodes."""
    first, move = planes(l1, l2, low, k1, k2, k)
    t, w = nodes()
    factor: Tensor = torch.linalg.cholesky(first)
    x = torch.cartesian_prod(t, t) @ factor.T  # (36, 2)
    return (torch.outer(w, w).flatten() * ((x - x @ move) ** 2).sum(1)).sum()


def squared_root_trace(l1: Tensor, l2: Tensor, low: Tensor, k1: Tensor, k2: Tensor, k: Tensor) -> Tensor:
    """(tr (Σ₁Σ₂)^½)², Σ₂ = T Σ₁ T: roots of eigenvalues of Σ₁Σ₂ are singular values of the product of factors."""
    first, move = planes(l1, l2, low, k1, k2, k)
    factors: list[Tensor] = [torch.linalg.cholesky(cov) for cov in (first, move @ first @ move)]
    roots: Tensor = torch.linalg.svdvals(factors[1].T @ factors[0])
    return roots.sum() ** 2


def log_inception_score(a: Tensor, b: Tensor) -> Tensor:
    """The mean of torch's KL of each image's classes from those of both."""
    images = torch.stack([torch.stack([a, 1 - a]), torch.stack([b, 1 - b])])
    value: Tensor = kl_divergence(Categorical(probs=images), Categorical(probs=images.mean(0))).mean()
    return value


def log_perplexity(p1: Tensor, p2: Tensor, p3: Tensor) -> Tensor:
    """torch's mean negative log-likelihood of three words."""
    return nll_loss(torch.log(torch.stack([p1, p2, p3]))[:, None], torch.zeros(3, dtype=torch.long))


def brevity_penalty(c: Tensor, d: Tensor) -> Tensor:
    """1 for a candidate of length c longer than its reference c + d, else e^(1 − r/c)."""
    reference = c + d
    return torch.ones_like(c) if c > reference else torch.exp(1 - reference / c)


if __name__ == "__main__":
    one, half = torch.tensor([1.0, 0.5], dtype=torch.float64)
    print(sorted_cost(0 * one, one, one, half))  # 5/4
