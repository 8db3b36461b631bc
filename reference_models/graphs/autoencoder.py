"""Variational graph autoencoder. Standalone: imports math, torch; nothing of ours.

Source   Kipf and Welling 2016, section 1; Simonovsky and Komodakis 2018, section 3.
Shapes   adjacency (n, n), features (n, f), w0 (f, h), w1 and w2 (h, d); z (*batch, n, d). float64, nats.
Here     each pair of nodes counts once in the likelihood; the prior of z is N(0, I); log_var is log σ².
"""

import torch
from torch import Tensor


def normalised(adjacency: Tensor) -> Tensor:
    """D^(−1/2) (A + I) D^(−1/2), D the degrees of A + I."""
    looped = adjacency + torch.eye(adjacency.shape[-1]).to(adjacency)
    scale = 1 / torch.sqrt(looped.sum(-1))
    return scale[..., :, None] * looped * scale[..., None, :]


def encode(adjacency: Tensor, x: Tensor, w0: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor]:
    """Means and log-variances Â ReLU(Â X W₀) W: two (n, d)."""
    smooth = normalised(adjacency)
    hidden = torch.relu(smooth @ x @ w0)
    return smooth @ hidden @ w1, smooth @ hidden @ w2


def edge_probs(z: Tensor) -> Tensor:
    """σ(z_iᵀ z_j) for every pair: (*batch, n, d) -> (*batch, n, n)."""
    return torch.sigmoid(z @ z.mT)


def log_likelihood(adjacency: Tensor, z: Tensor) -> Tensor:
    """log p(A | z) = Σ_{i<j} log Bernoulli(A_ij | σ(z_iᵀ z_j)): -> (*batch,)."""
    i, j = torch.triu_indices(adjacency.shape[-1], adjacency.shape[-1], 1)
    logit = (z @ z.mT)[..., i, j]
    return (adjacency[..., i, j] * logit - torch.nn.functional.softplus(logit)).sum(-1)


def _kl(mean: Tensor, log_var: Tensor) -> Tensor:
    """KL(N(μ, σ²) ‖ N(0, I)) = ½ Σ (μ² + σ² − 1 − log σ²), over nodes and coordinates: (n, d) -> ()."""
    return (mean**2 + torch.exp(log_var) - 1 - log_var).sum((-2, -1)) / 2


def elbo(adjacency: Tensor, mean: Tensor, log_var: Tensor, noise: Tensor) -> Tensor:
    """log p(A | μ + σ ε) − KL, whose mean over ε is the bound: (*batch, n, d) -> (*batch,)."""
    return log_likelihood(adjacency, mean + torch.exp(log_var / 2) * noise) - _kl(mean, log_var)
