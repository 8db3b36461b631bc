"""Sums over all states of a tree, from its joint table. Standalone: imports torch; nothing of ours.

Idea     every state of the tree is written down, and the whole table summed: no message is passed.
Source   Wu 2016, lecture 9.
Shapes   factors of nodes are (n,), of edges (n, n), the end nearer to the root first; results are scalars.
"""

import torch
from torch import Tensor


def of_four(nodes: tuple[Tensor, ...], edges: tuple[Tensor, ...]) -> Tensor:
    """Root, child, other child and grandchild below the first; the edges in that order."""
    root, child, other, leaf = nodes
    first, second, third = edges
    table = torch.einsum("i,j,k,l,ij,ik,jl->ijkl", root, child, other, leaf, first, second, third)
    return table.sum()


def of_edge(before: Tensor, after: Tensor, edge: Tensor) -> Tensor:
    """Two nodes and their edge."""
    return torch.einsum("i,j,ij->ij", before, after, edge).sum()
