"""A flow on graphs: coupling layers by message passing, dequantised edges. Standalone: imports math, torch.

Source   Liu et al. 2019, section 3; Madhawa et al. 2019; Theis, van den Oord and Bethge 2016, section 3.1.
Shapes   adjacency (n, n); node states (*batch, n, 2d), halves along the last axis; weights (d, d). float64, nats.
Here     forward goes from data to noise; its log-determinant is Σ s. Uniform noise in [0, 1) dequantises edges.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def scale_and_shift(adjacency: Tensor, h: Tensor, ws: Tensor, wt: Tensor) -> tuple[Tensor, Tensor]:
    """s and t from one half, each node seeing itself and the sum of its neighbours: (*batch, n, d) -> two such."""
    gathered = h + adjacency @ h
    return torch.tanh(gathered @ ws.mT), gathered @ wt.mT


def couple(adjacency: Tensor, x: Tensor, ws: Tensor, wt: Tensor) -> tuple[Tensor, Tensor]:
    """(a, b) -> (a, b e^s(a) + t(a)), and log |det| = Σ s: (*batch, n, 2d) -> the same, (*batch,)."""
    a, b = x.chunk(2, -1)
    s, t = scale_and_shift(adjacency, a, ws, wt)
    return torch.cat([a, b * torch.exp(s) + t], -1), s.sum((-2, -1))


def uncouple(adjacency: Tensor, y: Tensor, ws: Tensor, wt: Tensor) -> Tensor:
    """The inverse, (a, (b − t(a)) e^(−s(a)))."""
    a, b = y.chunk(2, -1)
    s, t = scale_and_shift(adjacency, a, ws, wt)
    return torch.cat([a, (b - t) * torch.exp(-s)], -1)


def swap(x: Tensor) -> Tensor:
    """Exchange the halves, so that the next layer moves the other one; log |det| is 0."""
    a, b = x.chunk(2, -1)
    return torch.cat([b, a], -1)


def log_prob(adjacency: Tensor, x: Tensor, ws: Tensor, wt: Tensor) -> Tensor:
    """log N(f(x) | 0, I) + log |det J_f|, f two couplings with a swap between: (*batch, n, 2d) -> (*batch,)."""
    y, first = couple(adjacency, x, ws, wt)
    y, second = couple(adjacency, swap(y), ws, wt)
    normal = -(y**2).sum((-2, -1)) / 2 - y.shape[-1] * y.shape[-2] / 2 * math.log(2 * math.pi)
    return normal + first + second


def dequantised_bound(log_density: Callable[[Tensor], Tensor], bits: Tensor, u: Tensor) -> Tensor:
    """log p(A + u), whose mean over uniform u is at most log P(A) = log ∫ p(A + u) du: (*batch, m) -> (*batch,)."""
    return log_density(bits + u)
