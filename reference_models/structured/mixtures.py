"""Normal mixtures and EM for them. Standalone: imports math, torch; nothing of ours.

Source   Bishop 2006, sections 2.3.9 and 9.2.
Shapes   x is (n, d); weights (K,), means (K, d), covs (K, d, d); responsibilities (n, K), each row summing to 1.
Here     covs are covariances, no ridge is added to them; log-likelihoods are sums over the data unless said. Nats.
"""

import math

import torch
from torch import Tensor


def component_log_prob(x: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    """log N(x_i | μ_k, Σ_k): (n, d) -> (n, K)."""
    root: Tensor = torch.linalg.cholesky(covs)  # (K, d, d)
    white: Tensor = torch.linalg.solve_triangular(root, (x[:, None] - means).permute(1, 2, 0), upper=False)
    log_det = torch.diagonal(root, dim1=-2, dim2=-1).log().sum(-1)
    return (-(white**2).sum(1) / 2).mT - log_det - x.shape[1] / 2 * math.log(2 * math.pi)


def log_prob(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    """log Σ_k α_k N(x | μ_k, Σ_k): (n, d) -> (n,)."""
    return torch.logsumexp(torch.log(weights) + component_log_prob(x, means, covs), -1)


def responsibilities(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    """γ_ik = p(z_i = k | x_i): (n, d) -> (n, K)."""
    return torch.softmax(torch.log(weights) + component_log_prob(x, means, covs), -1)


def sample(weights: Tensor, means: Tensor, covs: Tensor, u: Tensor, noise: Tensor) -> Tensor:
    """A component by a uniform, then μ_k + L_k ε: (n,), (n, d) -> (n, d)."""
    z = (u[:, None] >= torch.cumsum(weights, -1)[:-1]).sum(-1)
    root: Tensor = torch.linalg.cholesky(covs)
    return means[z] + (root[z] @ noise[..., None])[..., 0]


def moments(weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor]:
    """Mean Σ α μ and covariance Σ α (Σ_k + (μ_k − μ)(μ_k − μ)ᵀ) of the mixture: -> (d,), (d, d)."""
    mean = weights @ means
    off = means - mean
    return mean, (weights[:, None, None] * (covs + off[:, :, None] * off[:, None, :])).sum(0)


def m_step(x: Tensor, gamma: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """α_k = (1/n) Σ γ_ik, weighted means, weighted covariances about the new means."""
    n = gamma.sum(0)
    means = gamma.mT @ x / n[:, None]
    off = x[:, None] - means  # (n, K, d)
    covs = torch.einsum("nk,nka,nkb->kab", gamma, off, off) / n[:, None, None]
    return n / len(x), means, covs


def em_step(x: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """One E-step and one M-step."""
    return m_step(x, responsibilities(x, weights, means, covs))


def lower_bound(x: Tensor, gamma: Tensor, weights: Tensor, means: Tensor, covs: Tensor) -> Tensor:
    """Σ_i Σ_k γ_ik (log α_k N(x_i | μ_k, Σ_k) − log γ_ik), at most the log-likelihood: -> ()."""
    joint = torch.log(weights) + component_log_prob(x, means, covs)
    return (gamma * joint - torch.xlogy(gamma, gamma)).sum()
