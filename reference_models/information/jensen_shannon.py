"""Jensen-Shannon and Bregman divergences from their definitions. Standalone: imports torch; nothing of ours.

Idea     torch's own divergence of tables from the even mixture; autograd's gradient for a convex function's tangent.
Source   Murphy 2022, chapter 6.
Shapes   every argument is a scalar tensor; results are scalars. float64, nats.
Error    rounding alone, below 1e-12 (1 + |value|).
"""

import torch
from torch import Tensor


def kl(p: Tensor, q: Tensor) -> Tensor:
    """The divergence of two coins, by torch's own loss."""
    first, second = torch.stack([p, 1 - p]), torch.stack([q, 1 - q])
    return torch.nn.functional.kl_div(torch.log(second), first, reduction="sum")


def js(p: Tensor, q: Tensor) -> Tensor:
    """Half of either coin's divergence from the even mixture."""
    middle = (p + q) / 2
    return kl(p, middle) / 2 + kl(q, middle) / 2


def above_tangent(values: Tensor, x: Tensor, y: Tensor, slope: Tensor) -> Tensor:
    """φ(x) − φ(y) − ∇φ(y)·(x − y), from φ at both points and its gradient at y: (2,), (d,), (d,), (d,) -> ()."""
    return values[0] - values[1] - (slope * (x - y)).sum()


def bregman_negentropy(x1: Tensor, x2: Tensor, y1: Tensor, y2: Tensor) -> Tensor:
    """The Bregman divergence of minus torch's entr, Σ x log x, with autograd's gradient."""
    x, y = torch.stack([x1, x2]), torch.stack([y1, y2]).requires_grad_()
    at_y = -torch.special.entr(y).sum()
    (slope,) = torch.autograd.grad(at_y, y)
    return above_tangent(torch.stack([-torch.special.entr(x).sum(), at_y.detach()]), x, y.detach(), slope)


def bregman_square(x: Tensor, y: Tensor) -> Tensor:
    """The Bregman divergence of the square."""
    place = y.clone().requires_grad_()
    at_y = torch.square(place)
    (slope,) = torch.autograd.grad(at_y, place)
    return above_tangent(torch.stack([torch.square(x), at_y.detach()]), x, y, slope)


if __name__ == "__main__":
    half, quarter = torch.tensor([0.5, 0.25], dtype=torch.float64)
    print(js(half, quarter), bregman_negentropy(half, half, quarter, 1 - quarter), kl(half, quarter))
