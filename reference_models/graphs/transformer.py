"""DiGress: a graph transformer that denoises the types of nodes and of edges. Standalone: imports math, torch.

Source   Vignac et al. 2023, sections 3 and 4.2, appendix B; Dwivedi and Bresson 2021, section 2.
Shapes   n nodes with features x (*batch, n, d), pairs with e (*batch, n, n, d), one vector y (*batch, d) of the graph;
         types are int64, K_x of nodes and K_e of edges (0 is none); logits (*batch, n, K_x), (*batch, n, n, K_e).
         Weights are a dictionary; those of layer l end in ".l". float64, nats.
Here     a head has one score a pair, q_i · k_j/√(d/heads), turned by the pair's features: s (1 + E W_mul) + E W_add.
         Layer normalisation has no gain and no offset. A pair is counted once in the loss. Degrees stand in for the
         spectral features of appendix B. Logits of pairs are symmetric.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import layer_norm, one_hot, silu

Weights = Mapping[str, Tensor]


def weights(kinds: tuple[int, int], d: int, heads: int, layers: int, generator: torch.Generator) -> dict[str, Tensor]:
    """Normal weights of standard deviation 1/√fan-in: (out, in); the graph's vector enters with 2 numbers of a time."""

    def normal(rows: int, columns: int) -> Tensor:
        drawn = torch.randn(rows, columns, generator=generator, dtype=torch.float64, device=generator.device)
        return drawn / math.sqrt(columns)

    nodes, edges = kinds
    found = {"nodes": normal(d, nodes + 3), "pairs": normal(d, edges), "graph": normal(d, 5)}
    for k in range(layers):
        found |= {f"qkv.{k}": normal(3 * d, d), f"mul.{k}": normal(heads, d), f"add.{k}": normal(heads, d)}
        found |= {f"out.{k}": normal(d, d), f"pair.{k}": normal(d, heads), f"film.{k}": normal(2 * d, d)}
        found |= {f"up.{k}": normal(2 * d, d), f"down.{k}": normal(d, 2 * d)}
    return found | {"to_nodes": normal(nodes, d), "to_edges": normal(edges, d)}


def structure(a: Tensor) -> Tensor:
    """Degree, and how many cycles of 3 and of 4 nodes pass through each node: 0/1 (*batch, n, n) -> (*batch, n, 3).

    Closed walks of 4 steps from i that turn back are d_i² + Σ_j A_ij (d_j − 1); each cycle is walked both ways.
    """
    square, degree = a @ a, a.sum(-1)
    three = torch.diagonal(square @ a, dim1=-2, dim2=-1) / 2
    back = degree**2 + (a @ (degree - 1)[..., None])[..., 0]
    return torch.stack([degree, three, ((square**2).sum(-1) - back) / 2], -1)


def split(v: Tensor, heads: int) -> Tensor:
    """The part of each head, (*batch, n, d) as (*batch, heads, n, d/heads)."""
    return v.reshape(*v.shape[:-1], heads, -1).transpose(-3, -2)


def scores(x: Tensor, e: Tensor, w: Weights, layer: int) -> Tensor:
    """q_i · k_j/√(d/heads), then times 1 + E W_mul, plus E W_add: (*batch, heads, n, n)."""
    mul, add = w[f"mul.{layer}"], w[f"add.{layer}"]
    d, heads = x.shape[-1], mul.shape[0]
    q, k = (split(x @ part.mT, heads) for part in w[f"qkv.{layer}"][: 2 * d].chunk(2))
    plain = q @ k.mT / math.sqrt(d // heads)
    return plain * (1 + (e @ mul.mT).movedim(-1, -3)) + (e @ add.mT).movedim(-1, -3)


def block(x: Tensor, e: Tensor, y: Tensor, w: Weights, layer: int) -> tuple[Tensor, Tensor]:
    """Nodes attend to nodes by ``scores``, the graph's vector scales and shifts them; pairs take their scores."""
    d = x.shape[-1]
    normed = layer_norm(x, (d,))
    s = scores(normed, layer_norm(e, (d,)), w, layer)
    v = split(normed @ w[f"qkv.{layer}"][2 * d :].mT, s.shape[-3])
    mixed = (torch.softmax(s, -1) @ v).transpose(-3, -2).flatten(-2) @ w[f"out.{layer}"].mT
    scale, shift = (y @ w[f"film.{layer}"].mT).unsqueeze(-2).chunk(2, -1)
    x = x + mixed * (1 + scale) + shift
    x = x + silu(layer_norm(x, (d,)) @ w[f"up.{layer}"].mT) @ w[f"down.{layer}"].mT
    return x, e + silu(s.movedim(-3, -1) @ w[f"pair.{layer}"].mT)


def denoiser(nodes: Tensor, edges: Tensor, time: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """Logits of the clean types from noised ones at a time in [0, 1]: (*batch, n), (*batch, n, n), (*batch,) -> two.

    Nodes are told their degree and cycles (a mean of equal values shows no weights), the graph the means of these.
    """
    kinds_x, kinds_e = w["to_nodes"].shape[0], w["to_edges"].shape[0]
    dtype = w["nodes"].dtype
    about = structure((edges > 0).to(dtype))
    x = torch.cat([one_hot(nodes, kinds_x).to(dtype), about], -1) @ w["nodes"].mT
    e = one_hot(edges, kinds_e).to(dtype) @ w["pairs"].mT
    y = torch.cat([torch.stack([time, time**2], -1), about.mean(-2)], -1) @ w["graph"].mT
    for layer in range(sum(name.startswith("qkv.") for name in w)):
        x, e = block(x, e, y, w, layer)
    pairs = e @ w["to_edges"].mT
    return x @ w["to_nodes"].mT, (pairs + pairs.transpose(-3, -2)) / 2


def loss(node_logits: Tensor, edge_logits: Tensor, nodes: Tensor, edges: Tensor, weight: float) -> Tensor:
    """−Σ_i log p̂(x_i) − weight · Σ_{i<j} log p̂(e_ij): (*batch,)."""
    i, j = torch.triu_indices(nodes.shape[-1], nodes.shape[-1], 1, device=nodes.device)
    of_nodes = torch.log_softmax(node_logits, -1).gather(-1, nodes[..., None])[..., 0]
    of_edges = torch.log_softmax(edge_logits[..., i, j, :], -1).gather(-1, edges[..., i, j, None])[..., 0]
    return -of_nodes.sum(-1) - weight * of_edges.sum(-1)
