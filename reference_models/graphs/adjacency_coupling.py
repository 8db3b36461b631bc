"""GraphNVP: couplings of the adjacency, row by row, and of node features given it. Standalone: imports math, torch.

Source   Madhawa et al. 2019, sections 3.2 to 3.4; Dinh, Sohl-Dickstein and Bengio 2017, section 3.
Shapes   dequantised a (*batch, n, n) and features x (*batch, n, f): whole numbers plus noise in [0, c), c below 1.
         Weights are a dictionary of (out, in): "row.k.i" (d, n²) and "row.k.o" (2 n, d + n²), "node.k.i" (d, 2 f),
         "node.k.o" (2 f, d + 2 f) for row or node i mod n of step k, all of them in turn. float64, nats.
Here     forward goes from data to noise. Both sides of the matrix are moved, each by its own noise: nothing makes it
         symmetric. s = 2 tanh(·). Features see the graph as it was, floor(a), which is drawn first.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def row_scale_and_shift(a: Tensor, row: int, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """s and t of a row from all other rows, its own put to 0: (*batch, n, n) -> two (*batch, n)."""
    others = torch.cat([a[..., :row, :], 0 * a[..., row : row + 1, :], a[..., row + 1 :, :]], -2).flatten(-2)
    s, t = (torch.cat([torch.tanh(others @ first.mT), others], -1) @ last.mT).chunk(2, -1)
    return 2 * torch.tanh(s), t


def node_scale_and_shift(x: Tensor, graph: Tensor, node: int, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """s and t of a node from the mean of the others and the sum of its neighbours: (*batch, n, f) -> (*batch, f)."""
    others = torch.cat([x[..., :node, :], 0 * x[..., node : node + 1, :], x[..., node + 1 :, :]], -2)
    seen = torch.cat([(graph[..., node, :, None] * others).sum(-2), others.mean(-2)], -1)
    s, t = (torch.cat([torch.tanh(seen @ first.mT), seen], -1) @ last.mT).chunk(2, -1)
    return 2 * torch.tanh(s), t


def moved(x: Tensor, place: int, s: Tensor, t: Tensor) -> Tensor:
    """Row ``place`` becomes row · e^s + t, the others stay: (*batch, n, k)."""
    own = x[..., place, :] * torch.exp(s) + t
    return torch.cat([x[..., :place, :], own[..., None, :], x[..., place + 1 :, :]], -2)


def moved_back(x: Tensor, place: int, s: Tensor, t: Tensor) -> Tensor:
    """Row ``place`` becomes (row − t) e^(−s)."""
    own = (x[..., place, :] - t) * torch.exp(-s)
    return torch.cat([x[..., :place, :], own[..., None, :], x[..., place + 1 :, :]], -2)


def steps_of(w: Weights, kind: str) -> int:
    """How many rows ("row") or nodes ("node") are moved."""
    return sum(name.startswith(kind) for name in w) // 2


def forward(a: Tensor, x: Tensor, w: Weights) -> tuple[Tensor, Tensor, Tensor]:
    """Noise of the matrix and of the features, and log |det|: (*batch, n, n), (*batch, n, f), (*batch,)."""
    graph, n = torch.floor(a), a.shape[-1]
    total = torch.zeros(a.shape[:-2]).to(a)
    for k in range(steps_of(w, "row")):
        s, t = row_scale_and_shift(a, k % n, w[f"row.{k}.i"], w[f"row.{k}.o"])
        a, total = moved(a, k % n, s, t), total + s.sum(-1)
    for k in range(steps_of(w, "node")):
        s, t = node_scale_and_shift(x, graph, k % n, w[f"node.{k}.i"], w[f"node.{k}.o"])
        x, total = moved(x, k % n, s, t), total + s.sum(-1)
    return a, x, total


def backward(za: Tensor, zx: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """The matrix first, then features given its whole numbers."""
    a, x, n = za, zx, za.shape[-1]
    for k in reversed(range(steps_of(w, "row"))):
        a = moved_back(a, k % n, *row_scale_and_shift(a, k % n, w[f"row.{k}.i"], w[f"row.{k}.o"]))
    for k in reversed(range(steps_of(w, "node"))):
        s, t = node_scale_and_shift(x, torch.floor(a), k % n, w[f"node.{k}.i"], w[f"node.{k}.o"])
        x = moved_back(x, k % n, s, t)
    return a, x


def log_prob(a: Tensor, x: Tensor, w: Weights) -> Tensor:
    """log N(f(a, x) | 0, I) + log |det J_f|: (*batch,)."""
    za, zx, total = forward(a, x, w)
    size = za.shape[-1] * (za.shape[-2] + zx.shape[-1])
    squares = (za**2).sum((-2, -1)) + (zx**2).sum((-2, -1))
    return total - squares / 2 - size / 2 * math.log(2 * math.pi)
