"""Factor analysis and probabilistic PCA, by nodes and searches. Standalone: imports numpy, torch; nothing of ours.

Idea     covariances are sums over all triples of Gauss-Hermite nodes; a latent's mean is its log-joint's peak, or a
         regression; the best variance is where autograd's slope of the whole likelihood changes sign.
Source   Bishop 2006, section 12.2; Tipping and Bishop 1999, section 3.
Shapes   every argument is a scalar tensor; matrices are (d, d); results are scalars. float64, nats.
Here     s, s_1 and s_2 are STANDARD DEVIATIONS; eigenvalues are variances.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, Normal


def log_normal(x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """torch's log-density, given a STANDARD DEVIATION."""
    law: Distribution = Normal(mean, std)
    value: Tensor = law.log_prob(x)
    return value


def covariance(w1: Tensor, w2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """Cov(x) of two coordinates, one latent and two noises, on all triples of nodes: (2, 2)."""
    t, node_weights = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(4))
    p = node_weights / node_weights.sum()
    z, e1, e2 = torch.meshgrid(t, t, t, indexing="ij")
    weights = torch.einsum("i,j,k->ijk", p, p, p)
    x = torch.stack([w1 * z + s1 * e1, w2 * z + s2 * e2])  # (2, 4, 4, 4)
    return torch.einsum("ijk,aijk,bijk->ab", weights, x, x)


def shared(w1: Tensor, w2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """Entry 12."""
    return covariance(w1, w2, s1, s2)[0, 1]


def own(w1: Tensor, s1: Tensor) -> Tensor:
    """Entry 11."""
    return covariance(w1, torch.ones_like(w1), s1, torch.ones_like(s1))[0, 0]


def latent_mean(x1: Tensor, x2: Tensor, w1: Tensor, w2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    """E[z | x]: the peak of the log-joint, a parabola in z, by one Newton step."""
    z = torch.zeros_like(x1).requires_grad_()
    joint = log_normal(z, torch.zeros_like(z), torch.ones_like(z))
    joint = joint + log_normal(x1, w1 * z, s1) + log_normal(x2, w2 * z, s2)
    (slope,) = torch.autograd.grad(joint, z, create_graph=True)
    (bend,) = torch.autograd.grad(slope, z)
    return (z - slope / bend).detach()


def log_determinant(w1: Tensor, w2: Tensor, s: Tensor) -> Tensor:
    """log det(w wᵀ + σ² I), from torch's eigenvalues."""
    w = torch.stack([w1, w2])
    eigenvalues: Tensor = torch.linalg.eigvalsh(torch.outer(w, w) + s**2 * torch.eye(2, dtype=w.dtype))
    return torch.log(eigenvalues).sum()


def loss(model: Tensor, sample: Tensor) -> Tensor:
    """log det C + tr(C⁻¹ S), twice the negative log-likelihood of one observation but for a constant."""
    solved: Tensor = torch.linalg.solve(model, sample)
    return torch.logdet(model) + torch.trace(solved)


def falling_until(f: Callable[[Tensor], Tensor], like: Tensor) -> Tensor:
    """The v > 0 at which f stops falling, by bisection on its slope in log v."""
    low, high = torch.full_like(like, -12.0), torch.full_like(like, 12.0)
    for _ in range(70):
        at = ((low + high) / 2).requires_grad_()
        (slope,) = torch.autograd.grad(f(torch.exp(at)), at)
        low, high = (at.detach(), high) if slope < 0 else (low, at.detach())
    return torch.exp((low + high) / 2)


def best_noise(l2: Tensor, l3: Tensor) -> Tensor:
    """The noise variance of a three-dimensional model whose axis is the first, where the loss is least."""
    sample = torch.diag(torch.stack([torch.ones_like(l2), l2, l3]))
    first = torch.ones_like(l2)
    return falling_until(lambda v: loss(torch.diag(torch.stack([first, v, v])), sample), l2)


def best_axis(l1: Tensor) -> Tensor:
    """The variance along the axis, where the loss is least."""
    sample = torch.diag(torch.stack([l1, torch.ones_like(l1)]))
    return falling_until(lambda v: loss(torch.diag(torch.stack([v, torch.ones_like(v)])), sample), l1)


def loss_at_angle(v: Tensor, g: Tensor, k: Tensor, least: Tensor, excess: Tensor) -> Tensor:
    """The loss of a loading of squared length g in the plane, whose angle to the first eigenvector has sin² = k."""
    w = torch.sqrt(g) * torch.stack([torch.sqrt(1 - k), torch.sqrt(k)])
    return loss(v * torch.eye(2, dtype=w.dtype) + torch.outer(w, w), torch.diag(torch.stack([least + excess, least])))


def reconstructed(y: Tensor, g: Tensor, s: Tensor) -> Tensor:
    """|w| E[z | x] by regression: Cov(|w| z, x) Var(x)⁻¹ x along the axis."""
    cov = covariance(torch.sqrt(g), torch.sqrt(g), s, torch.zeros_like(s))  # x along the axis, and |w| z alone
    return cov[0, 1] / cov[0, 0] * y


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(best_noise(one, two))  # 3/2
