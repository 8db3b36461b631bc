"""Matching graphs: linear assignment by the Hungarian method, quadratic assignment by trying all. Imports torch.

Source   Kuhn 1955; Burkard, Dell'Amico and Martello 2009, chapters 4 and 7.
Shapes   cost and adjacency matrices (n, n); a matching is (n,) int64, row i going to column match[i].
Here     costs are minimised; graphs are compared by the number of pairs that differ, each pair once.
"""

from itertools import permutations

import torch
from torch import Tensor


def assignment_cost(cost: Tensor, match: Tensor) -> Tensor:
    """Σ_i c[i, match[i]]."""
    return cost[torch.arange(len(cost), device=cost.device), match].sum()


def hungarian(cost: Tensor) -> Tensor:
    """The matching of least cost, by shortest augmenting paths with potentials, in O(n³): (n, n) -> (n,)."""
    c, n = cost.tolist(), len(cost)
    rows, cols, owner = [0.0] * (n + 1), [0.0] * (n + 1), [0] * (n + 1)  # potentials; owner[j] is column j's row
    for i in range(1, n + 1):
        owner[0], free, least, came = i, 0, [float("inf")] * (n + 1), [0] * (n + 1)
        used = [False] * (n + 1)
        while owner[free]:
            used[free], row, delta, nearest = True, owner[free], float("inf"), 0
            for j in range(1, n + 1):
                if not used[j]:
                    reduced = c[row - 1][j - 1] - rows[row] - cols[j]
                    if reduced < least[j]:
                        least[j], came[j] = reduced, free
                    if least[j] < delta:
                        delta, nearest = least[j], j
            for j in range(n + 1):
                if used[j]:
                    rows[owner[j]], cols[j] = rows[owner[j]] + delta, cols[j] - delta
                else:
                    least[j] -= delta
            free = nearest
        while free:
            owner[free], free = owner[came[free]], came[free]
    match = [0] * n
    for j in range(1, n + 1):
        match[owner[j] - 1] = j - 1
    return torch.tensor(match, device=cost.device)


def difference(a: Tensor, b: Tensor, match: Tensor) -> Tensor:
    """|A − P B Pᵀ| over pairs i < j, (P B Pᵀ)_ij = B[match[i], match[j]]."""
    return torch.triu((a - b[match][:, match]).abs(), 1).sum()


def best_matching(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """The least difference over all n! matchings, and one that reaches it (quadratic assignment)."""
    every = [torch.tensor(p, device=a.device) for p in permutations(range(len(a)))]
    costs = torch.stack([difference(a, b, p) for p in every])
    return costs.min(), every[int(costs.argmin())]


def degree_matching(a: Tensor, b: Tensor) -> Tensor:
    """The linear assignment of least total difference of degrees."""
    return hungarian((a.sum(1)[:, None] - b.sum(1)).abs())
