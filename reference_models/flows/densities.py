"""Densities of images by torch's own transforms and Jacobians. Standalone: imports numpy, torch; nothing of ours.

Idea     densities of images are torch's transformed laws; determinants are those of autograd's Jacobians; a flow over
         unit time is a matrix exponential; a mean over probes is a sum over all signs, or over Gauss-Hermite nodes.
Source   Papamakarios et al. 2021, section 2; Chen et al. 2018, section 4; Grathwohl et al. 2018, section 3.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     s is a STANDARD DEVIATION; A = ((a, c), (b, d)) and L = ((a, 0), (b, d)).
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.distributions import (
    AffineTransform,
    Distribution,
    ExpTransform,
    MultivariateNormal,
    Normal,
    TransformedDistribution,
)


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def image_density(y: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """The density of e^x, x normal."""
    return torch.exp(log_prob(TransformedDistribution(Normal(m, s), [ExpTransform()]), y))


def image_log_density(y: Tensor, a: Tensor, b: Tensor, m: Tensor, s: Tensor) -> Tensor:
    """The log-density of e^(a x + b), x normal."""
    return log_prob(TransformedDistribution(Normal(m, s), [AffineTransform(b, a), ExpTransform()]), y)


def affine_density(x1: Tensor, x2: Tensor, a: Tensor, b: Tensor, d: Tensor) -> Tensor:
    """The density of the normal law of covariance L Lᵀ in the plane."""
    lower = torch.stack([torch.stack([a, torch.zeros_like(a)]), torch.stack([b, d])])  # (2, 2)
    law = MultivariateNormal(torch.zeros(2, dtype=a.dtype), covariance_matrix=lower @ lower.T)
    return torch.exp(log_prob(law, torch.stack([x1, x2])))


def volume(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """det ∂f/∂x by autograd: f maps (d,) -> (d,)."""
    value: Tensor = torch.linalg.det(torch.func.jacrev(f)(x))
    return value


def polar_volume(r: Tensor, phi: Tensor) -> Tensor:
    """Of (r, φ) to (r cos φ, r sin φ)."""
    return volume(lambda p: p[0] * torch.stack([torch.cos(p[1]), torch.sin(p[1])]), torch.stack([r, phi]))


def composed_log_volume(x1: Tensor, x2: Tensor, k1: Tensor, k2: Tensor) -> Tensor:
    """log det of one coupling after another, in one Jacobian."""

    def two_layers(x: Tensor) -> Tensor:
        y = torch.stack([x[0], x[1] * torch.exp(k1 * x[0])])
        return torch.stack([y[0] * torch.exp(k2 * y[1]), y[1]])

    return torch.log(volume(two_layers, torch.stack([x1, x2])))


def unit_time_log_volume(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """log det of the flow of dz/dt = A z over a unit of time: det e^A."""
    matrix = torch.stack([torch.stack([a, c]), torch.stack([b, d])])
    value: Tensor = torch.linalg.slogdet(torch.linalg.matrix_exp(matrix))[1]
    return value


def probe_mean(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """The mean of vᵀ A v over all four sign vectors."""
    return forms(a, b, c, d).mean()


def forms(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """vᵀ A v for each sign vector: (4,)."""
    signs = torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=a.dtype)] * 2)  # (4, 2)
    matrix = torch.stack([torch.stack([a, c]), torch.stack([b, d])])
    return torch.einsum("ni,ij,nj->n", signs, matrix, signs)


def probe_variance(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Their variance."""
    return forms(a, b, c, d).var(correction=0)


def normal_probe_variance(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """The variance of vᵀ A v, v standard normal: all pairs of Gauss-Hermite nodes."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(6))
    probes = torch.cartesian_prod(t, t)  # (36, 2)
    weights = torch.outer(w, w).flatten() / w.sum() ** 2
    matrix = torch.stack([torch.stack([a, c]), torch.stack([b, d])])
    values = torch.einsum("ni,ij,nj->n", probes, matrix, probes)
    return (weights * (values - (weights * values).sum()) ** 2).sum()


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(polar_volume(two, one))  # 2
    print(unit_time_log_volume(one, two, 0 * one, one))  # 2
