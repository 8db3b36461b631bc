"""The normal law in one and many dimensions. Standalone: imports math, torch; nothing of ours.

Source   Bishop 2006, section 2.3.
Shapes   x and mean are (*batch, d), cov is (*batch, d, d); of one dimension, x, mean and var broadcast to (*batch,).
Here     cov and var are variances, never standard deviations; index lists name coordinates. float64, nats.
"""

import math

import torch
from torch import Tensor


def log_prob(x: Tensor, mean: Tensor, cov: Tensor) -> Tensor:
    """log (2π)^(−d/2) |Σ|^(−1/2) e^(−(x − μ)ᵀ Σ⁻¹ (x − μ)/2): (*batch, d) -> (*batch,)."""
    off = (x - mean)[..., None]
    squared: Tensor = (off.mT @ torch.linalg.solve(cov, off))[..., 0, 0]  # (x − μ)ᵀ Σ⁻¹ (x − μ)
    log_det: Tensor = torch.linalg.slogdet(cov)[1]
    return -x.shape[-1] / 2 * math.log(2 * math.pi) - log_det / 2 - squared / 2


def affine(mean: Tensor, cov: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and covariance of A x + b: A μ + b and A Σ Aᵀ."""
    return (a @ mean[..., None])[..., 0] + b, a @ cov @ a.mT


def marginal(mean: Tensor, cov: Tensor, keep: list[int]) -> tuple[Tensor, Tensor]:
    """Mean and covariance of the kept coordinates: μ_a and Σ_aa."""
    return mean[..., keep], cov[..., keep, :][..., keep]


def conditional(mean: Tensor, cov: Tensor, given: list[int], value: Tensor) -> tuple[Tensor, Tensor]:
    """Of the other coordinates: μ_a + Σ_ab Σ_bb⁻¹ (x_b − μ_b) and Σ_aa − Σ_ab Σ_bb⁻¹ Σ_ba."""
    rest = [i for i in range(mean.shape[-1]) if i not in given]
    across, within = cov[..., rest, :][..., given], cov[..., given, :][..., given]
    gain = torch.linalg.solve(within, across.mT).mT  # Σ_ab Σ_bb⁻¹
    shift = (gain @ (value - mean[..., given])[..., None])[..., 0]
    return mean[..., rest] + shift, cov[..., rest, :][..., rest] - gain @ across.mT


def entropy(cov: Tensor) -> Tensor:
    """−E log p = (d/2) log 2πe + ½ log |Σ|, the largest at covariance Σ."""
    log_det: Tensor = torch.linalg.slogdet(cov)[1]
    return cov.shape[-1] / 2 * math.log(2 * math.pi * math.e) + log_det / 2


def cdf(x: Tensor, mean: Tensor, var: Tensor) -> Tensor:
    """P(X ≤ x) = Φ((x − μ)/σ) in one dimension, σ = √var."""
    below: Tensor = torch.special.ndtr((x - mean) / torch.sqrt(var))
    return below


def sample(mean: Tensor, cov: Tensor, n: int, generator: torch.Generator) -> Tensor:
    """μ + L ε with L Lᵀ = Σ: (d,), (d, d) -> (n, d)."""
    noise = torch.randn((n, mean.shape[-1]), generator=generator, dtype=mean.dtype, device=mean.device)
    root: Tensor = torch.linalg.cholesky(cov)
    return mean + noise @ root.mT  # a row is L ε


def standard_log_prob(z: Tensor) -> Tensor:
    """log (2π)^(−d/2) e^(−|z|²/2), the isotropic prior N(0, I): (*batch, d) -> (*batch,)."""
    return -z.shape[-1] / 2 * math.log(2 * math.pi) - (z**2).sum(-1) / 2


def standard_entropy(d: int) -> float:
    """(d/2) log 2πe, the largest among laws of covariance I."""
    return d / 2 * math.log(2 * math.pi * math.e)
