"""Conditional VAE on finite tables, probabilistic embeddings, Bayesian networks of weights. Standalone: imports torch.

Source   Sohn, Lee and Yan 2015, section 4; Blundell et al. 2015, section 3.
Shapes   tables: q (U, C, Z), prior (C, Z), likelihood (C, Z, U); bounds (U, C). Vectors (*batch, d). float64, nats.
Here     rows are laws over the last axis. The prior may depend on the condition. log σ² is that of a VARIANCE.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def cvae_elbo(q: Tensor, prior: Tensor, likelihood: Tensor) -> Tensor:
    """E_q log p(u | z, c) − KL(q(z | u, c) ‖ p(z | c)) for every u and c: (U, C)."""
    fit = torch.einsum("ucz,czu->uc", q, torch.log(likelihood))
    return fit - (q * torch.log(q / prior)).sum(-1)


def log_evidence(prior: Tensor, likelihood: Tensor) -> Tensor:
    """log p(u | c) = log Σ_z p(z | c) p(u | z, c): (U, C)."""
    return torch.log(torch.einsum("cz,czu->uc", prior, likelihood))


def posterior(prior: Tensor, likelihood: Tensor) -> Tensor:
    """p(z | u, c): (U, C, Z)."""
    joint = prior[None] * likelihood.permute(2, 0, 1)
    return joint / joint.sum(-1, keepdim=True)


def generated(prior: Tensor, likelihood: Tensor, c: int, n: int, generator: torch.Generator) -> Tensor:
    """z ~ p(z | c), u ~ p(u | z, c) for a chosen c: (n,) int64."""
    z = torch.multinomial(prior[c], n, True, generator=generator)
    return torch.multinomial(likelihood[c][z], 1, generator=generator)[:, 0]


def expected_class(mu: Tensor, log_var: Tensor, w: Tensor, b: Tensor, eps: Tensor) -> Tensor:
    """E_z softmax(W z + b) over noise (n, *batch, d): (*batch, classes)."""
    return torch.softmax((mu + torch.exp(log_var / 2) * eps) @ w.mT + b, -1).mean(0)


def predictive(likelihood: Callable[[Tensor], Tensor], mean: Tensor, std: Tensor, noise: Tensor) -> Tensor:
    """p(y | u) = E_q p(y | u, w) with w = mean + std ⊙ noise: noise (n, k) -> the mean of ``likelihood``(w (n, k))."""
    return likelihood(mean + std * noise).mean(0)


def weight_kl(mean: Tensor, std: Tensor, prior_std: Tensor) -> Tensor:
    """KL(N(mean, std²) ‖ N(0, prior_std²)), summed over weights."""
    ratio = (std**2 + mean**2) / prior_std**2
    return (ratio - 1 - torch.log(std**2 / prior_std**2)).sum(-1) / 2
