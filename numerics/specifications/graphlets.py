"""Real small graphs whose law is known whole: the connected pieces of four people in Zachary's karate club."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations

import torch
from torch import Tensor

from numerics.specifications.draws import Draw

NODES = 4
PAIRS = NODES * (NODES - 1) // 2
STATES = 2 ** (NODES + PAIRS)


@dataclass(frozen=True)
class Graphlets:
    """Every graph of four nodes with a type each, and the law of those that are found in any order of their nodes.

    ``sites`` (1024, 10) holds the types of the nodes, then the pairs in the order of triu_indices; ``law`` is (1024,).
    """

    sites: Tensor
    law: Tensor

    @property
    def nodes(self) -> Tensor:
        """The types: (1024, 4) int64."""
        return self.sites[:, :NODES]

    @property
    def edges(self) -> Tensor:
        """Adjacency matrices: (1024, 4, 4) int64."""
        return matrices(self.sites[:, NODES:])

    def drawn(self, n: int, generator: torch.Generator) -> Tensor:
        """n places in ``law``."""
        return torch.multinomial(self.law, n, replacement=True, generator=generator)


def matrices(pairs: Tensor) -> Tensor:
    """Symmetric matrices, zero on the diagonal, of numbers for pairs: (*batch, 6) -> (*batch, 4, 4)."""
    i, j = torch.triu_indices(NODES, NODES, 1, device=pairs.device)
    found = pairs.new_zeros(*pairs.shape[:-1], NODES, NODES)
    found[..., i, j] = pairs
    return found + found.mT


def pairs_of(matrix: Tensor) -> Tensor:
    """What stands above the diagonal, row by row: (*batch, 4, 4) -> (*batch, 6)."""
    i, j = torch.triu_indices(NODES, NODES, 1, device=matrix.device)
    return matrix[..., i, j]


def karate(draw: Draw) -> Graphlets:
    """Four of the 34 members whom ties connect, each with the club that he joined, in any order."""
    import networkx

    club = networkx.karate_club_graph()
    ties = torch.as_tensor(networkx.to_numpy_array(club, weight=None), dtype=torch.int64)
    joined = torch.tensor([club.nodes[k]["club"] == "Officer" for k in club]).long()
    some = torch.tensor(list(combinations(range(len(club)), NODES)))
    a = ties[some[:, :, None], some[:, None]]
    reached = torch.linalg.matrix_power((a + torch.eye(NODES, dtype=torch.int64)).double(), NODES - 1)
    good = (reached[:, 0] > 0).all(-1)
    a, types = a[good], joined[some[good]]
    powers, counts = 2 ** torch.arange(NODES + PAIRS - 1, -1, -1), torch.zeros(STATES, dtype=torch.float64)
    for order in permutations(range(NODES)):
        at = torch.tensor(order)
        turned = a[:, at][:, :, at]
        sites = torch.cat([types[:, at], pairs_of(turned)], -1)
        counts = counts + torch.bincount((sites * powers).sum(-1), minlength=STATES)
    every = torch.cartesian_prod(*[torch.arange(2)] * (NODES + PAIRS))
    return Graphlets(every.to(draw.device), draw.tensor(counts / counts.sum()))
