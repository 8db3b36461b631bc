"""Networks on sets and graphs: message passing, pooling, PointNet. Standalone: imports torch; nothing of ours.

Source   Gilmer et al. 2017, section 2; Xu et al. 2019, sections 3 to 5; Qi et al. 2017, section 4.2.
Shapes   adjacency (*batch, n, n); node states (*batch, n, d); points (*batch, n, 3); weights (out, in).
Here     messages are summed, not averaged; PointNet takes the largest feature over points.
"""

import torch
from torch import Tensor


def message_pass(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor) -> Tensor:
    """h_i' = ReLU(W₁ h_i + Σ_j A_ij W₂ h_j + b): (*batch, n, d) -> (*batch, n, out)."""
    messages = adjacency @ (h @ neighbour.mT)  # Σ_j A_ij ψ(h_j)
    return torch.relu(h @ own.mT + messages + bias)


def graph_network(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor, rounds: int) -> Tensor:
    """Several rounds of message passing, then the sum over nodes: (*batch, n, d) -> (*batch, d)."""
    for _ in range(rounds):
        h = message_pass(adjacency, h, own, neighbour, bias)
    return h.sum(-2)


def refine(adjacency: Tensor, colours: Tensor) -> Tensor:
    """One round of 1-WL: a colour for each pair of own colour and multiset of neighbours' colours: (n,) -> (n,)."""
    seen = [
        (int(colours[i]), tuple(sorted(colours[adjacency[i] > 0].tolist()))) for i in range(len(colours))
    ]  # colours are numbered by their sorted order
    names = {key: k for k, key in enumerate(sorted(set(seen)))}
    return torch.tensor([names[key] for key in seen], device=colours.device)


def point_net(points: Tensor, inner: Tensor, inner_bias: Tensor, outer: Tensor) -> Tensor:
    """ρ(max_i φ(x_i)), φ = ReLU(W x + b) and ρ linear: (*batch, n, 3) -> (*batch, out)."""
    features = torch.relu(points @ inner.mT + inner_bias)
    return features.max(-2).values @ outer.mT


def critical_points(points: Tensor, inner: Tensor, inner_bias: Tensor) -> Tensor:
    """The points that reach the largest value of some feature: (n, 3) -> int64 indices."""
    features = torch.relu(points @ inner.mT + inner_bias)
    found: Tensor = torch.unique(features.argmax(0))
    return found
