"""Bregman divergences from their definition. Standalone: imports torch; nothing of ours.

Idea     autograd's gradient for a convex function's tangent.
Source   Murphy 2022, chapter 6.
Shapes   points are (d,), results scalars. float64.
Here     the first point is where the function is taken, the second where its tangent touches.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def bregman(phi: Callable[[Tensor], Tensor], x: Tensor, y: Tensor) -> Tensor:
    """φ(x) − φ(y) − ∇φ(y)·(x − y)."""
    place = y.detach().clone().requires_grad_()
    at_y = phi(place)
    (slope,) = torch.autograd.grad(at_y, place)
    return phi(x) - at_y.detach() - (slope * (x - y)).sum()


def negentropy(x: Tensor) -> Tensor:
    """Σ x log x, whose Bregman divergence is KL between laws."""
    return torch.xlogy(x, x).sum()


def square(x: Tensor) -> Tensor:
    """Σ x², whose Bregman divergence is the squared distance."""
    return (x**2).sum()
