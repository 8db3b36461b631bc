"""Two views of one latent: the factor model whose likelihood CCA maximises. Standalone: imports math, torch.

Source   Bach and Jordan 2005; Hotelling 1936.
Shapes   views are (n, d_1) and (n, d_2), covariances (d, d), latents of size k. float64, nats.
Here     z ~ N(0, I_k), x_i | z ~ N(W_i z + μ_i, Ψ_i), Ψ_i any positive definite matrix. Covariances divide by n.
"""

import math

import torch
from torch import Tensor


def inverse_root(cov: Tensor) -> Tensor:
    """C^{−1/2}, symmetric."""
    values, vectors = torch.linalg.eigh(cov)
    root: Tensor = vectors / torch.sqrt(values) @ vectors.mT
    return root


def covariances(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """C_xx, C_xy, C_yy."""
    a, b = x - x.mean(0), y - y.mean(0)
    return a.mT @ a / len(x), a.mT @ b / len(x), b.mT @ b / len(x)


def likeliest_factors(x: Tensor, y: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """W_1 = C_xx U R^{1/2}, W_2 = C_yy V R^{1/2}, Ψ_i = C_ii − W_i W_iᵀ, with the first k correlations R."""
    xx, xy, yy = covariances(x, y)
    left, r, right = torch.linalg.svd(inverse_root(xx) @ xy @ inverse_root(yy), full_matrices=False)
    u, v = inverse_root(xx) @ left, inverse_root(yy) @ right.mT  # Uᵀ C_xx U = I, Vᵀ C_yy V = I
    w1, w2 = xx @ u[:, :k] * torch.sqrt(r[:k]), yy @ v[:, :k] * torch.sqrt(r[:k])
    return w1, w2, xx - w1 @ w1.mT, yy - w2 @ w2.mT


def joint_covariance(w1: Tensor, w2: Tensor, psi1: Tensor, psi2: Tensor) -> Tensor:
    """[[W_1 W_1ᵀ + Ψ_1, W_1 W_2ᵀ], [W_2 W_1ᵀ, W_2 W_2ᵀ + Ψ_2]]."""
    top = torch.cat([w1 @ w1.mT + psi1, w1 @ w2.mT], 1)
    return torch.cat([top, torch.cat([w2 @ w1.mT, w2 @ w2.mT + psi2], 1)], 0)


def mean_log_likelihood(x: Tensor, y: Tensor, cov: Tensor) -> Tensor:
    """(1/n) Σ log N([x_i, y_i] | mean, cov), the mean being that of the data."""
    both = torch.cat([x - x.mean(0), y - y.mean(0)], 1)
    quadratic: Tensor = (both * torch.linalg.solve(cov, both.mT).mT).sum(1).mean()
    log_det: Tensor = torch.linalg.slogdet(cov)[1]
    return -(quadratic + log_det + both.shape[1] * math.log(2 * math.pi)) / 2


def gaussian_information(correlations: Tensor) -> Tensor:
    """I(x; y) = −½ Σ log(1 − r_i²) of two normal views with canonical correlations r_i."""
    return -torch.log1p(-(correlations**2)).sum() / 2
