"""Growing graphs: preferential attachment, plain and conditioned on features. Standalone: imports torch.

Source   Barabási and Albert 1999; Newman 2018, section 13.1.
Shapes   degrees (*batch, n); grown edges are (graphs, E, 2), new and old node, int64; similarity (n,). float64.
Here     the start is a star on m + 1 nodes, node 0 its centre; each new node takes m distinct old ones.
"""

import torch
from torch import Tensor


def attach(degrees: Tensor) -> Tensor:
    """P(old node j) = d_j/Σ d."""
    return degrees / degrees.sum(-1, keepdim=True)


def degrees_of(edges: Tensor, n: int) -> Tensor:
    """How many edges end at each node: (graphs, E, 2) -> (graphs, n)."""
    return torch.nn.functional.one_hot(edges.flatten(1), n).sum(1).to(torch.float64)


def grow(n: int, m: int, graphs: int, generator: torch.Generator) -> Tensor:
    """Graphs of n nodes; targets of a new node are drawn one after the other, without those drawn before."""
    star = torch.tensor([[k, 0] for k in range(1, m + 1)], device=generator.device)
    edges = star.expand(graphs, m, 2)
    for new in range(m + 1, n):
        targets = torch.multinomial(attach(degrees_of(edges, new)), m, replacement=False, generator=generator)
        edges = torch.cat([edges, torch.stack([torch.full_like(targets, new), targets], -1)], 1)
    return edges


def degree_share(k: Tensor, m: int) -> Tensor:
    """The limit of the share of nodes of degree k ≥ m: 2m(m + 1)/(k(k + 1)(k + 2))."""
    return torch.where(k >= m, 2 * m * (m + 1) / (k * (k + 1) * (k + 2)), 0.0)


def attach_by_features(degrees: Tensor, similarity: Tensor, gamma: Tensor) -> Tensor:
    """P(old node j) ∝ h(x_i, x_j) d_j^γ, similarity being h of the new node with each old one."""
    weight = similarity * degrees**gamma
    return weight / weight.sum(-1, keepdim=True)
