"""Gradients of the classification losses by automatic differentiation. Standalone: imports torch; nothing of ours.

Idea     torch computes the loss from the logits, and autograd the slope: no gradient is written down.
Source   Bishop 2006, sections 4.3.2 and 4.3.4 (the losses).
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Error    rounding, below 1e-13 (1 + |inputs|).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F


def slope(f: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    """f′(at), by autograd."""
    x = at.detach().clone().requires_grad_()
    return torch.autograd.grad(f(x), x)[0]


def logistic(w: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """The slope in w of the binary cross-entropy of the logit w x."""
    return slope(lambda weight: F.binary_cross_entropy_with_logits(weight * x, y), w)


def sigmoid(z: Tensor) -> Tensor:
    """The slope of the logistic function."""
    return slope(torch.sigmoid, z)


def softmax_entry(z1: Tensor, z2: Tensor, z3: Tensor, of: int, by: int) -> Tensor:
    """The slope of probability ``of`` in logit ``by``, counted from 0."""
    z = torch.stack([z1, z2, z3])
    unit = torch.eye(3, dtype=z.dtype)[by]
    return slope(lambda step: torch.softmax(z + step * unit, 0)[of], torch.zeros_like(z1))


def softmax_own(z1: Tensor, z2: Tensor, z3: Tensor) -> Tensor:
    """Entry (1, 1) of the Jacobian."""
    return softmax_entry(z1, z2, z3, 0, 0)


def softmax_other(z1: Tensor, z2: Tensor, z3: Tensor) -> Tensor:
    """Entry (1, 2) of the Jacobian."""
    return softmax_entry(z1, z2, z3, 0, 1)


def cross_entropy(z1: Tensor, z2: Tensor, z3: Tensor, y1: Tensor, y2: Tensor) -> Tensor:
    """The slope in z1 of torch's cross-entropy with the target (y1, y2, 1 − y1 − y2)."""
    target = torch.stack([y1, y2, 1 - y1 - y2])
    return slope(lambda z: F.cross_entropy(torch.stack([z, z2, z3]), target), z1)


if __name__ == "__main__":
    zero, one = torch.zeros((), dtype=torch.float64), torch.ones((), dtype=torch.float64)
    print(logistic(zero, one, one))  # (1/2 − 1) · 1
