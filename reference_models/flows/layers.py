"""Layers of flows as code, their determinants from autograd's Jacobians. Standalone: imports torch; nothing of ours.

Idea     write the layer as it is run, take its whole Jacobian, and let torch find the determinant by elimination.
Source   Dinh et al. 2016 (coupling); Kingma and Dhariwal 2018 (1×1); Papamakarios et al. 2017 (autoregressive);
         Durkan et al. 2019 (spline).
Shapes   every argument is a scalar tensor; coordinates are (d,), images (channels, height, width). float64.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def volume(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """det ∂f/∂x by autograd: f maps (d,) -> (d,)."""
    value: Tensor = torch.linalg.det(torch.func.jacrev(f)(x))
    return value


def coupling(x: Tensor, k1: Tensor, k2: Tensor, k3: Tensor) -> Tensor:
    """(x₁, x₂ e^(k₁ x₁ + k₂ x₁²) + k₃ x₁²): (2,) -> (2,)."""
    return torch.stack([x[0], x[1] * torch.exp(k1 * x[0] + k2 * x[0] ** 2) + k3 * x[0] ** 2])


def coupling_log_volume(x1: Tensor, x2: Tensor, k1: Tensor, k2: Tensor, k3: Tensor) -> Tensor:
    """log det of the coupling."""
    return torch.log(volume(lambda x: coupling(x, k1, k2, k3), torch.stack([x1, x2])))


def inverse_log_volume(x1: Tensor, y: Tensor, k1: Tensor, k2: Tensor, k3: Tensor) -> Tensor:
    """log det of its inverse at (x₁, y): one over that of the coupling, at the x₂ that one Newton step finds."""
    x2 = torch.zeros_like(y)

    def second(value: Tensor) -> Tensor:
        return coupling(torch.stack([x1, value]), k1, k2, k3)[1]

    x2 = (y - second(x2)) / torch.func.grad(second)(x2)  # exact: the map is a line in x₂
    matrix: Tensor = torch.func.jacrev(lambda x: coupling(x, k1, k2, k3))(torch.stack([x1, x2]))
    return torch.log(torch.linalg.det(torch.linalg.inv(matrix)))


def autoregressive_log_volume(x1: Tensor, x2: Tensor, x3: Tensor, k1: Tensor, k2: Tensor, k3: Tensor) -> Tensor:
    """log det of three coordinates, each scaled and shifted by those before it."""

    def layer(x: Tensor) -> Tensor:
        second = x[1] * torch.exp(k2 * x[0]) + k1 * x[0] ** 2
        third = x[2] * torch.exp(k3 * x[0] * x[1]) + k2 * x[0] * x[1]
        return torch.stack([x[0] * torch.exp(k1), second, third])

    return torch.log(volume(layer, torch.stack([x1, x2, x3])))


def convolution_volume(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """det of torch's own 1×1 convolution of two channels on an image of one row and two pixels."""
    kernel = torch.stack([torch.stack([a, b]), torch.stack([c, d])])[:, :, None, None]  # (2, 2, 1, 1)

    def layer(flat: Tensor) -> Tensor:
        return torch.nn.functional.conv2d(flat.reshape(1, 2, 1, 2), kernel).flatten()

    return volume(layer, torch.zeros(4, dtype=a.dtype))


def factored_log_volume(low: Tensor, u11: Tensor, u12: Tensor, u22: Tensor) -> Tensor:
    """log |det| of L U."""
    one, zero = torch.ones_like(low), torch.zeros_like(low)
    lower = torch.stack([torch.stack([one, zero]), torch.stack([low, one])])
    upper = torch.stack([torch.stack([u11, u12]), torch.stack([zero, u22])])
    value: Tensor = torch.linalg.slogdet(lower @ upper)[1]
    return value


def spline_slope(xi: Tensor, s: Tensor, d0: Tensor, d1: Tensor) -> Tensor:
    """The slope of a rational-quadratic bin at ξ, both axes over the bin's width, by autograd."""

    def spline(at: Tensor) -> Tensor:
        return s * (s * at**2 + d0 * at * (1 - at)) / (s + (d1 + d0 - 2 * s) * at * (1 - at))

    value: Tensor = torch.func.grad(spline)(xi)
    return value


if __name__ == "__main__":
    one, two = torch.tensor([1.0, 2.0], dtype=torch.float64)
    print(convolution_volume(two, one, one, two))  # 9
