"""Operations that make laws of laws: mixtures, products, transformations, compositions. Imports math, torch.

Source   Hinton 2002 (products of experts); Murphy 2022, sections 2.8 and 3.5; Papamakarios et al. 2021, section 2.
Shapes   masses are (K, N), a law in each row; points are (n, d); maps take and give (n, d).
Here     var is a variance; log-determinants are natural logarithms of absolute values.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Map = Callable[[Tensor], Tensor]


def mixture(weights: Tensor, masses: Tensor) -> Tensor:
    """Σ_k w_k p_k: (K,), (K, N) -> (N,)."""
    return weights @ masses


def mixture_variance(weights: Tensor, means: Tensor, variances: Tensor) -> Tensor:
    """Σ w_k σ_k² + Σ w_k (μ_k − μ)², within and between: three (K,) -> ()."""
    mean = weights @ means
    return weights @ variances + weights @ (means - mean) ** 2


def product(masses: Tensor) -> Tensor:
    """Π_k p_k over its sum: (K, N) -> (N,)."""
    joint = masses.prod(0)
    return joint / joint.sum()


def normal_product(means: Tensor, variances: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of the normalised product of normals: precisions add, means weigh by them: (K,) -> ()."""
    precision = (1 / variances).sum(0)
    return (means / variances).sum(0) / precision, 1 / precision


def transformed_log_prob(y: Tensor, base_log_prob: Map, inverse: Map) -> Tensor:
    """log p_X(g(y)) + log |det J_g(y)|, g the inverse of the map: (n, d) -> (n,)."""
    jacobian = torch.func.vmap(torch.func.jacrev(lambda point: inverse(point[None])[0]))(y)
    log_det: Tensor = torch.linalg.slogdet(jacobian)[1]
    return base_log_prob(inverse(y)) + log_det


def affine_log_prob(y: Tensor, matrix: Tensor, shift: Tensor) -> Tensor:
    """log N(A⁻¹ (y − b) | 0, I) − log |det A|, the law of A x + b: (n, d) -> (n,)."""
    x: Tensor = torch.linalg.solve(matrix, (y - shift).mT).mT
    log_det: Tensor = torch.linalg.slogdet(matrix)[1]
    return -(x**2).sum(-1) / 2 - y.shape[1] / 2 * math.log(2 * math.pi) - log_det


def composed(maps: Sequence[Map], x: Tensor) -> Tensor:
    """f_K(… f_1(x)): the first of the list goes first."""
    for f in maps:
        x = f(x)
    return x


def composed_inverse(inverses: Sequence[Map], y: Tensor) -> Tensor:
    """f_1⁻¹(… f_K⁻¹(y)), from the inverses in the order of their maps."""
    for g in reversed(inverses):
        y = g(y)
    return y


def composed_log_det(maps: Sequence[Map], log_dets: Sequence[Map], x: Tensor) -> Tensor:
    """Σ_k log |det J_{f_k}| at f_{k−1}(… x), each where its map is applied: (n, d) -> (n,)."""
    total = torch.zeros_like(x[:, 0])
    for f, log_det in zip(maps, log_dets, strict=True):
        total = total + log_det(x)
        x = f(x)
    return total
