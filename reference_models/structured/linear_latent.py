"""Continuous latent variables: decoders, factor analysis, (probabilistic) PCA, canonical correlations. Imports torch.

Source   Bishop 2006, sections 12.1, 12.2 and 12.2.4; Hotelling 1936 (canonical correlations).
Shapes   x is (n, D); W is (D, d); psi, the diagonal of Ψ, is (D,); z is (n, d) or (d,). float64, nats.
Here     var and psi are variances; sample covariances divide by n, as maximum likelihood has it.
"""

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor


def normal_log_prob(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    """log N(x | μ, Σ): (n, D), (D,), (D, D) -> (n,)."""
    root: Tensor = torch.linalg.cholesky(cov)
    white: Tensor = torch.linalg.solve_triangular(root, (x - mean).mT, upper=False)
    return -(white**2).sum(0) / 2 - torch.diagonal(root).log().sum() - x.shape[1] / 2 * math.log(2 * math.pi)


def decoder_sample(decode: Callable[[Tensor], Tensor], var: Tensor, z: Tensor, noise: Tensor) -> Tensor:
    """μ_φ(z) + σ ε: (n, d), (n, D) -> (n, D)."""
    return decode(z) + torch.sqrt(var) * noise


def decoder_log_prob(x: Tensor, decode: Callable[[Tensor], Tensor], var: Tensor, nodes: int = 60) -> Tensor:
    """log ∫ N(z | 0, 1) N(x | μ_φ(z), σ² I) dz by Gauss-Hermite quadrature, for one latent: (n, D) -> (n,)."""
    t, w = (torch.as_tensor(a, dtype=x.dtype, device=x.device) for a in np.polynomial.hermite_e.hermegauss(nodes))
    off = x[:, None] - decode(t[:, None])  # (n, nodes, D)
    inside = -(off**2).sum(-1) / (2 * var) - x.shape[1] / 2 * torch.log(2 * math.pi * var)
    return torch.logsumexp(inside + torch.log(w / w.sum()), -1)


def compression_ratio(width: int, height: int, channels: int, features: int) -> float:
    """Numbers in an image over numbers in its code."""
    return width * height * channels / features


def fa_log_prob(x: Tensor, w: Tensor, mean: Tensor, psi: Tensor) -> Tensor:
    """log N(x | μ, W Wᵀ + Ψ), the marginal of x = W z + μ + ε: (n, D) -> (n,)."""
    return normal_log_prob(x, mean, w @ w.mT + torch.diag(psi))


def fa_posterior(x: Tensor, w: Tensor, mean: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
    """Mean G Wᵀ Ψ⁻¹ (x − μ) and covariance G = (I + Wᵀ Ψ⁻¹ W)⁻¹ of z given x: (n, d), (d, d)."""
    scaled = w / psi[:, None]  # Ψ⁻¹ W
    g: Tensor = torch.linalg.inv(torch.eye(w.shape[1], dtype=w.dtype, device=w.device) + w.mT @ scaled)
    return (x - mean) @ scaled @ g, g


def fa_em_step(x: Tensor, w: Tensor, psi: Tensor) -> tuple[Tensor, Tensor]:
    """One EM step for W and Ψ, with μ = x̄: W = (Σ x̃ E zᵀ)(Σ E zzᵀ)⁻¹, Ψ = diag(S − W (1/n) Σ E z x̃ᵀ)."""
    mean = x.mean(0)
    off = x - mean
    z, g = fa_posterior(x, w, mean, psi)
    second = z.mT @ z + len(x) * g  # Σ E zzᵀ
    across = off.mT @ z  # Σ x̃ E zᵀ
    new: Tensor = torch.linalg.solve(second, across.mT).mT
    return new, ((off**2).sum(0) - (new * across).sum(1)) / len(x)


def principal_axes(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    """The d leading eigenvectors of the sample covariance, as columns, and all eigenvalues from the largest."""
    off = x - x.mean(0)
    values, vectors = torch.linalg.eigh(off.mT @ off / len(x))
    return vectors.flip(1)[:, :d], values.flip(0)


def ppca_mle(x: Tensor, d: int) -> tuple[Tensor, Tensor]:
    """W = U_d (Λ_d − σ² I)^(1/2) and σ², the mean of the D − d smallest eigenvalues."""
    axes, values = principal_axes(x, d)
    var = values[d:].mean()
    return axes * torch.sqrt(values[:d] - var), var


def canonical_correlations(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Singular values of Σ_xx^(−1/2) Σ_xy Σ_yy^(−1/2), and the directions of x and of y as columns."""
    x, y = x - x.mean(0), y - y.mean(0)
    left, right = inverse_root(x.mT @ x / len(x)), inverse_root(y.mT @ y / len(x))
    u, values, vh = torch.linalg.svd(left @ (x.mT @ y / len(x)) @ right, full_matrices=False)
    return values, left @ u, right @ vh.mT


def inverse_root(cov: Tensor) -> Tensor:
    """Σ^(−1/2), symmetric, by eigenvalues."""
    values, vectors = torch.linalg.eigh(cov)
    found: Tensor = (vectors / torch.sqrt(values)) @ vectors.mT
    return found
