"""The axis of probabilistic PCA, by matrices. Standalone: imports torch; nothing of ours.

Idea     matrices with the lengths, products and variances asked for are written out and turned by a fixed rotation;
         torch's determinants and solutions do the rest.
Source   Bishop 2006, section 12.2.1.
Shapes   every argument is a scalar tensor; matrices are (d, d); results are scalars. float64.
Here     v is the VARIANCE of the noise; eigenvalues are variances.
"""

import torch
from torch import Tensor


def rotation(size: int) -> Tensor:
    """A fixed rotation of all coordinates: (size, size)."""
    numbers = torch.arange(1.0, size**2 + 1, dtype=torch.float64).reshape(size, size)
    turn: Tensor = torch.linalg.qr(numbers.cos())[0]
    return turn


def covariance(v: Tensor, loading: Tensor) -> Tensor:
    """v I + w wᵀ: a scalar and (d,) to (d, d)."""
    return v * torch.eye(len(loading), dtype=torch.float64) + torch.outer(loading, loading)


def loss(v: Tensor, loading: Tensor, sample: Tensor) -> Tensor:
    """log det C + tr(C⁻¹ S): a scalar, (d,) and (d, d)."""
    model = covariance(v, loading)
    value: Tensor = torch.logdet(model) + torch.linalg.solve(model, sample).trace()
    return value


def loss_of_three(v: Tensor, w1: Tensor, w2: Tensor, w3: Tensor, least: Tensor, e: Tensor, f: Tensor) -> Tensor:
    """The loss in three dimensions, turned so that no matrix is diagonal."""
    turn = rotation(3)
    sample = turn @ torch.diag(torch.stack([least + e + f, least + e, least])) @ turn.T
    return loss(v, turn @ torch.stack([w1, w2, w3]), sample)


def determinant(v: Tensor, n: Tensor, g: Tensor, w: Tensor) -> Tensor:
    """det C in n + 1 dimensions, the first n coordinates of the loading equal."""
    so_far = torch.full((int(n),), float(g / n) ** 0.5, dtype=torch.float64)
    value: Tensor = torch.linalg.det(covariance(v, torch.cat([so_far, w[None]])))
    return value


def restored(v: Tensor, w: Tensor, h: Tensor, y: Tensor, a: Tensor) -> Tensor:
    """The first coordinate of C C⁻¹ y, the inverse by torch, for a loading and a y of these products."""
    model = covariance(v, torch.stack([w, h.sqrt()]))
    vector = torch.stack([y, (a - w * y) / h.sqrt()])
    value: Tensor = (model @ torch.linalg.solve(model, vector))[0]
    return value


def loss_along(v: Tensor, n: Tensor, g: Tensor, trace: Tensor, least: Tensor, e: Tensor, k: Tensor) -> Tensor:
    """The loss in n + 1 dimensions of a loading along which the sample has the variance λ₁ − k."""
    d = int(n) + 1
    turn, sample = rotation(d), torch.full((d, d), 0.25, dtype=torch.float64)
    sample = sample - torch.diag(sample.diagonal())
    sample[0, 0], sample[1, 1] = least + e - k, trace - (least + e - k)
    loading = torch.zeros(d, dtype=torch.float64)
    loading[0] = g.sqrt()
    return loss(v, turn @ loading, turn @ sample @ turn.T)


if __name__ == "__main__":
    one, zero = torch.tensor([1.0, 0.0], dtype=torch.float64)
    print(loss_of_three(one, one, zero, zero, one, one, one), loss_of_three(one, zero, zero, one, one, one, one))
