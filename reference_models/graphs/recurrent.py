"""GraphRNN: a graph as a sequence of rows, each given those before. Standalone: imports torch; nothing of ours.

Source   You et al. 2018, sections 2.1 to 2.3.
Shapes   adjacency (*batch, n, n); row i is S_i = A[i, :i]. Weights: w (d, d), u (d, n), out (d, n), skip ().
Here     the state before row i has read rows 0 … i − 1; within a row, an edge also sees how many came before it. Nats.
"""

from itertools import permutations

import torch
from torch import Tensor


def row_log_probs(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    """log p(S_i | S_<i) for rows 1 … n − 1: (*batch, n, n) -> (*batch, n − 1)."""
    n = adjacency.shape[-1]
    state, found = torch.ones((*adjacency.shape[:-2], w.shape[0])).to(adjacency), []
    for i in range(1, n):
        before = torch.nn.functional.pad(adjacency[..., i - 1, : i - 1], (0, n - i + 1))  # S_{i−1}, padded to n
        state = torch.tanh(state @ w.mT + before @ u.mT)
        row = adjacency[..., i, :i]
        earlier = torch.cumsum(row, -1) - row  # edges before this one, in the same row
        logit = state @ out[:, :i] + skip * earlier
        found.append((row * logit - torch.nn.functional.softplus(logit)).sum(-1))
    return torch.stack(found, -1)


def log_prob(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    """log p(A, in this order) = Σ_i log p(S_i | S_<i): (*batch, n, n) -> (*batch,)."""
    return row_log_probs(adjacency, w, u, out, skip).sum(-1)


def orderings(adjacency: Tensor) -> Tensor:
    """The distinct matrices that renumbering a graph gives: (n, n) -> (count, n, n)."""
    every = torch.stack([adjacency[list(o)][:, list(o)] for o in permutations(range(adjacency.shape[0]))])
    found: Tensor = torch.unique(every.flatten(1), dim=0)
    return found.reshape(-1, *adjacency.shape)


def graph_log_prob(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    """log of the probability of the graph without its order, a sum over its distinct matrices: (n, n) -> ()."""
    return torch.logsumexp(log_prob(orderings(adjacency), w, u, out, skip), 0)


def bfs_order(adjacency: Tensor, start: int) -> list[int]:
    """Nodes in breadth-first order, neighbours by number."""
    order = [start]
    for node in order:  # the list grows as it is read
        order += [int(j) for j in torch.nonzero(adjacency[node])[:, 0] if int(j) not in order]
    return order


def bandwidth(adjacency: Tensor, order: list[int]) -> int:
    """The farthest back that an edge reaches, max_i (i − first neighbour of i), in that order."""
    turned = adjacency[order][:, order]
    first = [int(torch.nonzero(row[:i])[0]) if row[:i].any() else i for i, row in enumerate(turned)]
    return max(i - f for i, f in enumerate(first))
