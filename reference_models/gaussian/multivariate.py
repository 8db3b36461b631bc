"""Normal laws in two and three dimensions by Gauss-Hermite grids. Standalone: imports numpy, torch; nothing of ours.

Idea     E over standard normal noise on a grid of nodes per axis; log-densities by torch's MultivariateNormal.
Source   Bishop 2006, section 2.3; Kingma and Welling 2013, appendix B.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Here     covariances are LLᵀ, given by L_11, L_21 and L_22; diagonal ones by STANDARD DEVIATIONS.
Error    the integrands are polynomials: rounding alone, below 1e-11 (1 + |value|).
"""

import numpy as np
import torch
from torch import Tensor
from torch.distributions import Distribution, MultivariateNormal


def log_prob(law: Distribution, x: Tensor) -> Tensor:
    """torch's log-density."""
    value: Tensor = law.log_prob(x)
    return value


def noise(dim: int, nodes: int = 8) -> tuple[Tensor, Tensor]:
    """Points of standard normal noise and their weights: (nodes**dim, dim), (nodes**dim,)."""
    t, w = (torch.as_tensor(v) for v in np.polynomial.hermite_e.hermegauss(nodes))
    points = torch.cartesian_prod(*[t] * dim).reshape(-1, dim)
    weights = torch.cartesian_prod(*[w / w.sum()] * dim).reshape(-1, dim).prod(1)
    return points, weights


def of_two(m1: Tensor, m2: Tensor, a: Tensor, b: Tensor, c: Tensor) -> MultivariateNormal:
    """torch's bivariate law of mean (m1, m2) and covariance LLᵀ."""
    factor = torch.stack([torch.stack([a, torch.zeros_like(a)]), torch.stack([b, c])])
    return MultivariateNormal(torch.stack([m1, m2]), covariance_matrix=factor @ factor.T)


def mean_difference(p: MultivariateNormal, q: MultivariateNormal) -> Tensor:
    """E_p[log p − log q] on the grid."""
    z, w = noise(p.event_shape[0])
    x = p.mean + z @ torch.linalg.cholesky(p.covariance_matrix).T
    value: Tensor = (w * (log_prob(p, x) - log_prob(q, x))).sum()
    return value


def kl(*numbers: Tensor) -> Tensor:
    """KL between two bivariate laws: means and factors of the first, then of the second."""
    return mean_difference(of_two(*numbers[:5]), of_two(*numbers[5:]))


def kl_std(*numbers: Tensor) -> Tensor:
    """KL of a bivariate law from N(0, I)."""
    p = of_two(*numbers)
    return mean_difference(p, MultivariateNormal(torch.zeros_like(p.mean), torch.eye(2, dtype=p.mean.dtype)))


def entropy(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """−E log p for mean zero, on the grid."""
    p = of_two(torch.zeros_like(a), torch.zeros_like(a), a, b, c)
    z, w = noise(2)
    value: Tensor = -(w * log_prob(p, z @ torch.linalg.cholesky(p.covariance_matrix).T)).sum()
    return value


def kl_diagonal(*numbers: Tensor) -> Tensor:
    """KL of a diagonal law in three dimensions from N(0, I): three means, then three standard deviations."""
    p = MultivariateNormal(torch.stack(numbers[:3]), torch.diag(torch.stack(numbers[3:]) ** 2))
    return mean_difference(p, MultivariateNormal(torch.zeros_like(p.mean), torch.eye(3, dtype=p.mean.dtype)))


def mapped_covariance(*numbers: Tensor) -> Tensor:
    """The mean product of two rows of A(x − m) on the grid: L_11, L_21, L_22, then the rows of A."""
    a, b, c = numbers[:3]
    z, w = noise(2)
    factor = torch.stack([torch.stack([a, torch.zeros_like(a)]), torch.stack([b, c])])
    rows = z @ factor.T @ torch.stack(numbers[3:]).reshape(2, 2).T
    return (w * rows[:, 0] * rows[:, 1]).sum()


if __name__ == "__main__":
    zero, one = torch.tensor([0.0, 1.0], dtype=torch.float64)
    print(kl(zero, zero, one, zero, one, one, zero, one, zero, one))  # one apart: half a nat
