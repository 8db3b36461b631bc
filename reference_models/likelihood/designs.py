"""Errors of estimated weights, by solving for them. Standalone: imports math, torch; nothing of ours.

Idea     a design of given singular values is made of reflections; noise stands at the 2 m points ±√m s e_j, whose mean
         of any square is that of N(0, s²I); the trace of an inverse Wishart matrix grows by a row of its triangular
         root (Bartlett), and the span of drawn inputs by a direction.
Source   Lafon and Thomas 2021, theorem 19; The Book of Statistical Proofs, P400.
Shapes   singular values, coordinates and rest are (n,), (n,) and (k,); other arguments and results scalars. float64.
Here     s is a STANDARD DEVIATION.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

EXTRA = 2
"""Observations beyond the weights."""
LOW, HIGH, NODES = -160.0, 8.0, 40001
"""The grid of log u: u^(1/2) is e^(−80) at its low end."""


def reflection(size: int) -> Tensor:
    """An orthogonal matrix without zeros, (size, size): across (1, …, size)."""
    v = torch.arange(1, size + 1, dtype=torch.float64)
    return torch.eye(size, dtype=torch.float64) - 2 * torch.outer(v, v) / (v @ v)


def noises(size: int, s: Tensor) -> Tensor:
    """The points ±√size s e_j as columns, (size, 2 size)."""
    axes = torch.eye(size, dtype=torch.float64) * s * math.sqrt(size)
    return torch.cat((axes, -axes), 1)


def _error(inputs: Tensor, weights: Tensor, s: Tensor, fit: Callable[[Tensor], Tensor]) -> Tensor:
    """E |β̂ − β|² for an estimate that is linear in y."""
    targets = (inputs @ weights)[:, None] + noises(len(inputs), s)
    return ((fit(targets) - weights[:, None]) ** 2).sum(0).mean()


def _tall(singular: Tensor) -> Tensor:
    """A design with more observations than weights."""
    n = len(singular)
    return reflection(n + EXTRA)[:, :n] * singular @ reflection(n).T


def least_squares(singular: Tensor, s: Tensor) -> Tensor:
    """E |β̂ − β|² of least squares."""
    inputs = _tall(singular)
    weights = torch.cos(torch.arange(len(singular), dtype=torch.float64))
    return _error(inputs, weights, s, lambda y: torch.linalg.lstsq(inputs, y).solution)


def ridge(singular: Tensor, coordinates: Tensor, penalty: Tensor, s: Tensor) -> Tensor:
    """The same of ridge regression, for β of these coordinates along the singular vectors."""
    inputs, eye = _tall(singular), torch.eye(len(singular), dtype=torch.float64)
    weights = reflection(len(singular)) @ coordinates
    return _error(inputs, weights, s, lambda y: torch.linalg.solve(inputs.T @ inputs + penalty * eye, inputs.T @ y))


def shortest(singular: Tensor, rest: Tensor, s: Tensor) -> Tensor:
    """The same of the shortest exact fit, for β of the coordinates ``rest`` where no input reaches."""
    n, p = len(singular), len(singular) + len(rest)
    turned = reflection(p)
    inputs = reflection(n) * singular @ turned[:, :n].T
    weights = turned @ torch.cat((torch.sin(torch.arange(n, dtype=torch.float64)), rest))
    return _error(inputs, weights, s, lambda y: torch.linalg.pinv(inputs) @ y)


def beside_another(x: Tensor, y: Tensor) -> Tensor:
    """(1, 1) of (XᵀX)⁻¹ for the features x and y, times the squared determinant of XᵀX."""
    product = torch.stack((x, y)) @ torch.stack((x, y), 1)
    return product[1, 1] * torch.linalg.det(product)


def mean_inverse(dof: int) -> Tensor:
    """E 1/u for u ~ χ²(dof), by the trapezoidal rule in log u."""
    t = torch.linspace(LOW, HIGH, NODES, dtype=torch.float64)
    log_density = dof / 2 * t - torch.exp(t) / 2 - dof / 2 * math.log(2) - math.lgamma(dof / 2)
    return torch.exp(log_density - t).sum() * (t[1] - t[0])


def inverse_trace(p: int, n: int) -> Tensor:
    """E tr W⁻¹ for W = XᵀX with n rows of p normal entries: a row of the triangular root at a time."""
    total = torch.zeros((), dtype=torch.float64)
    for row in range(p):
        total = total + (1 + total) * mean_inverse(n - row)
    return total


def least_squares_of_random(d: Tensor, k: Tensor, s: Tensor) -> Tensor:
    """E |β̂ − β|² of least squares with d weights and d + 1 + k normal inputs."""
    return s**2 * inverse_trace(int(d), int(d) + 1 + int(k))


def shortest_of_random(n: Tensor, k: Tensor, b: Tensor, s: Tensor) -> Tensor:
    """The same of the shortest exact fit with n normal inputs and n + 1 + k weights of length b."""
    p = int(n) + 1 + int(k)
    unseen = math.prod(1 - 1 / (p - taken) for taken in range(int(n)))
    return b**2 * unseen + s**2 * inverse_trace(int(n), p)
