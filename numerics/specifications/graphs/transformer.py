"""DiGress: row 196."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations, permutations
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Figure,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw, t
from numerics.specifications.graphlets import NODES, Graphlets, karate, matrices, pairs_of
from numerics.specifications.outcomes import close, equal, repeated, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.graphs import diffusion, transformer
from reference_models.graphs.transformer import Weights


def _graph(draw: Draw, n: int = 5) -> tuple[Tensor, Tensor]:
    """Types of nodes below 2 and of edges below 3: (n,), (n, n)."""
    upper = torch.triu(draw.integers(0, 2, n, n), 1)
    return draw.integers(0, 1, n), upper + upper.mT


def _weights(draw: Draw, kinds: tuple[int, int] = (2, 3), d: int = 4) -> Weights:
    return transformer.weights(kinds, d, 2, 2, draw.generator())


def _structure(model: Model, draw: Draw) -> Outcome:
    """Every set of 3 or 4 nodes, and every way round it."""
    n = 6
    upper = torch.triu(draw.bits(n, n), 1)
    a = upper + upper.mT
    expected = torch.zeros(n, 3).to(a)
    expected[:, 0] = draw.tensor([sum(float(a[i, j]) for j in range(n)) for i in range(n)])
    for size in (3, 4):
        for some in combinations(range(n), size):
            rings = {frozenset(frozenset(p) for p in zip(r, (*r[1:], r[0]), strict=True)) for r in permutations(some)}
            count = sum(all(a[min(p), max(p)] for p in ring) for ring in rings)
            expected[list(some), size - 2] += count
    return equal(model.structure(a), expected)


def _walks(a: Tensor) -> Tensor:
    found = transformer.structure(a)
    fourth = torch.diagonal(a @ a @ a @ a, dim1=-2, dim2=-1)
    return torch.cat([found[..., :2], (fourth - a.sum(-1) ** 2)[..., None] / 2], -1)


def _by_head(model: Model, draw: Draw) -> Outcome:
    """Each head's score of each pair by itself."""
    x, e, w = draw.normal(3, 4), draw.normal(3, 3, 4), _weights(draw)
    q, k = w["qkv.1"][:4], w["qkv.1"][4:8]
    expected = torch.zeros(2, 3, 3).to(x)
    for h in range(2):
        own = slice(2 * h, 2 * h + 2)
        for i in range(3):
            for j in range(3):
                dot = ((q @ x[i])[own] * (k @ x[j])[own]).sum() / 2**0.5
                expected[h, i, j] = dot + dot * (e[i, j] @ w["mul.1"][h]) + e[i, j] @ w["add.1"][h]
    return close(model.scores(x, e, w, 1), expected)


def _wide_root(x: Tensor, e: Tensor, w: Weights, layer: int) -> Tensor:
    return transformer.scores(x / 2**0.25, e, w, layer)


def _block_written(model: Model, draw: Draw) -> Outcome:
    """One node and one pair, from the scores: a mean of values, scaled and shifted, then the network."""
    x, e, y, w = draw.normal(3, 4), draw.normal(3, 3, 4), draw.normal(4), _weights(draw)
    new_x, new_e = model.block(x, e, y, w, 0)

    def normed(v: Tensor) -> Tensor:
        return (v - v.mean()) / torch.sqrt(((v - v.mean()) ** 2).mean() + 1e-5)

    nodes = torch.stack([normed(v) for v in x])
    s = transformer.scores(nodes, torch.stack([torch.stack([normed(v) for v in row]) for row in e]), w, 0)
    values = nodes @ w["qkv.0"][8:].mT
    shares = torch.exp(s[:, 1]) / torch.exp(s[:, 1]).sum(-1, keepdim=True)
    mixed = w["out.0"] @ torch.cat([shares[0] @ values[:, :2], shares[1] @ values[:, 2:]])
    film = w["film.0"] @ y
    first = x[1] + mixed + film[:4] * mixed + film[4:]
    inner = w["up.0"] @ normed(first)
    pair = w["pair.0"] @ s[:, 1, 2]
    return worst(
        close(new_x[1], first + w["down.0"] @ (inner / (1 + torch.exp(-inner)))),
        close(new_e[1, 2], e[1, 2] + pair / (1 + torch.exp(-pair))),
    )


def _over_queries(x: Tensor, e: Tensor, y: Tensor, w: Weights, layer: int) -> tuple[Tensor, Tensor]:
    turned = {**w, f"mul.{layer}": 0 * w[f"mul.{layer}"]}
    return transformer.block(x, e, y, turned, layer)


def _renumbered(model: Model, draw: Draw) -> Outcome:
    (nodes, edges), w, time = _graph(draw), _weights(draw), draw.uniform(0, 1)
    order = draw.permutation(5)
    x, e = model.denoiser(nodes, edges, time, w)
    turned_x, turned_e = model.denoiser(nodes[order], edges[order][:, order], time, w)
    return worst(
        close(turned_x, x[order]),
        close(turned_e, e[order][:, order]),
        close(e, e.transpose(0, 1)),
    )


def _one_way(nodes: Tensor, edges: Tensor, time: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    return transformer.denoiser(nodes, torch.triu(edges), time, w)


def _composed(model: Model, draw: Draw) -> Outcome:
    """Types, cycles and the time go in, every layer in turn, and the two ends come out."""
    (nodes, edges), w, time = _graph(draw, 4), _weights(draw), draw.uniform(0, 1)
    rings = transformer.structure((edges > 0).to(time))
    x = torch.stack([w["nodes"][:, nodes[i]] + w["nodes"][:, 2:] @ rings[i] for i in range(4)])
    e = torch.stack([torch.stack([w["pairs"][:, edges[i, j]] for j in range(4)]) for i in range(4)])
    mean = rings.sum(0) / 4
    y = w["graph"] @ torch.stack([time, time**2, *mean])
    for layer in (0, 1):
        x, e = transformer.block(x, e, y, w, layer)
    of_nodes, of_pairs = model.denoiser(nodes, edges, time, w)
    sums = torch.stack([torch.stack([w["to_edges"] @ (e[i, j] + e[j, i]) / 2 for j in range(4)]) for i in range(4)])
    return worst(close(of_nodes, torch.stack([w["to_nodes"] @ v for v in x])), close(of_pairs, sums))


def _timeless(nodes: Tensor, edges: Tensor, time: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    return transformer.denoiser(nodes, edges, 0 * time, w)


def _sees_structure(model: Model, draw: Draw) -> Outcome:
    """A ring of six and two triangles, which no passing of messages tells apart, get other logits: cycles are told."""
    ring, triangles = torch.zeros(2, 6, 6, dtype=torch.int64, device=draw.device)
    for i in range(6):
        ring[i, (i + 1) % 6] = ring[(i + 1) % 6, i] = 1
        triangles[i, 3 * (i // 3) + (i + 1) % 3] = triangles[3 * (i // 3) + (i + 1) % 3, i] = 1
    w, nodes = _weights(draw), torch.zeros(6, dtype=torch.int64, device=draw.device)
    one, two = (model.denoiser(nodes, a, draw.tensor(0.5), w)[0] for a in (ring, triangles))
    apart = float((one - two).abs().max())
    return Outcome(max(0.0, 1e-3 - apart), 5e-4, "the largest difference of their logits")


def _blind(nodes: Tensor, edges: Tensor, time: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    kinds = w["to_nodes"].shape[0]
    graph = torch.cat([w["graph"][:, :2], 0 * w["graph"][:, 2:]], 1)
    return transformer.denoiser(
        nodes,
        edges,
        time,
        {**w, "nodes": torch.cat([w["nodes"][:, :kinds], 0 * w["nodes"][:, kinds:]], 1), "graph": graph},
    )


def _cross_entropy(model: Model, draw: Draw) -> Outcome:
    """Over all graphs of three nodes, the mean of e^(−loss) at weight 1 is that of a law: it sums to 1."""
    x, upper = draw.normal(3, 2), draw.normal(3, 3, 3)
    e = upper + upper.transpose(0, 1)
    types = torch.cartesian_prod(*[torch.arange(2, device=draw.device)] * 3)
    pairs = torch.cartesian_prod(*[torch.arange(3, device=draw.device)] * 3)
    i, j = torch.triu_indices(3, 3, 1, device=draw.device)
    edges = torch.zeros(27, 3, 3, dtype=torch.int64, device=draw.device)
    edges[:, i, j] = edges[:, j, i] = pairs
    found = model.loss(
        x.expand(8, 27, 3, 2), e.expand(8, 27, 3, 3, 3), types[:, None].expand(8, 27, 3), edges.expand(8, 27, 3, 3), 1.0
    )
    law = torch.log_softmax(e, -1)
    expected = -torch.log_softmax(x, -1)[range(3), types[5]].sum() - 5 * sum(
        law[a, b, edges[7, a, b]] for a, b in ((0, 1), (0, 2), (1, 2))
    )
    return worst(equal(torch.exp(-found).sum(), 1.0), close(model.loss(x, e, types[5], edges[7], 5.0), expected))


def _both_ways(node_logits: Tensor, edge_logits: Tensor, nodes: Tensor, edges: Tensor, weight: float) -> Tensor:
    return transformer.loss(node_logits, edge_logits, nodes, edges, 2 * weight)


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, e, q, k, add = (t(inputs[name]) for name in ("x", "e", "q", "k", "add"))
    heads = len(add)
    left, right = ((x @ w.mT).unflatten(-1, (heads, -1)).transpose(0, 1) for w in (q, k))
    identity = torch.eye(len(x), dtype=torch.float64).expand(heads, -1, -1)
    bias = (e @ add.mT).movedim(-1, 0)
    attend = torch.nn.functional.scaled_dot_product_attention
    return {"shares": attend(left, right, identity, attn_mask=bias).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, e, q, k, add = (t(inputs[name]) for name in ("x", "e", "q", "k", "add"))
    w = {"qkv.0": torch.cat([q, k, q]), "mul.0": 0 * add, "add.0": add}
    return {"shares": torch.softmax(model.scores(x, e, w, 0), -1)}


def _from_networkx(inputs: Mapping[str, Any]) -> Answers:
    import networkx

    graph = networkx.Graph(inputs["edges"])
    found = [[graph.degree[k], 0, 0] for k in range(len(graph))]
    for ring in networkx.simple_cycles(graph, length_bound=4):
        for node in ring:
            found[node][len(ring) - 2] += 1
    return {"structure": found}


def _our_cycles(model: Model, inputs: Mapping[str, Any]) -> Answers:
    n = 1 + max(max(pair) for pair in inputs["edges"])
    a = torch.zeros(n, n, dtype=torch.float64)
    for i, j in inputs["edges"]:
        a[i, j] = a[j, i] = 1
    return {"structure": model.structure(a)}


def _moves(each: Tensor, sites: Tensor) -> Tensor:
    """Transition matrix between states whose sites move by themselves: (1024, 10, 2) -> (1024, 1024)."""
    found = torch.ones(len(sites), len(sites)).to(each)
    for site in range(sites.shape[1]):
        found = found * each[:, site, sites[:, site]]
    return found


def _noised(graphs: Graphlets, betas: Tensor, limits: tuple[Tensor, Tensor]) -> list[Tensor]:
    """q(x_t | x_0) for each t, nodes to their limit and pairs to theirs: (1024, 1024) each."""
    found = []
    for step in range(1, len(betas) + 1):
        of_nodes, of_pairs = (diffusion.marginal_matrix(betas, step, limit) for limit in limits)
        each = torch.cat([of_nodes[graphs.nodes], of_pairs[graphs.sites[:, NODES:]]], 1)
        found.append(_moves(each, graphs.sites))
    return found


def _back(clean: Tensor, graphs: Graphlets, step: int, betas: Tensor, limits: tuple[Tensor, Tensor]) -> Tensor:
    """p(x_{t−1} | x_t) from the chance of a 1 at each site of the clean graph: (1024, 10) -> (1024, 1024)."""
    both = torch.stack([1 - clean, clean], -1)
    parts = [
        diffusion.reverse_step(graphs.sites[:, some], both[:, some], step, betas, limit)
        for some, limit in zip((slice(0, NODES), slice(NODES, None)), limits, strict=True)
    ]
    return _moves(torch.cat(parts, 1), graphs.sites)


def _entropy(chance: Tensor) -> Tensor:
    return -torch.xlogy(chance, chance) - torch.xlogy(1 - chance, 1 - chance)


def _friends(
    model: Model,
    draw: Draw,
    progress: Callable[[float], None],
    d: int = 16,
    rounds: int = 400,
    steps: int = 5,
    batch: int = 128,
    depth: int = 2,
) -> Result:
    """Four connected members of the karate club and their clubs: the exact floor, the exact law of what is drawn."""
    graphs, generator = karate(draw), draw.generator()
    shares = (graphs.law @ graphs.sites.to(graphs.law)).split([NODES, 6])
    limits = tuple(torch.stack([1 - s.mean(), s.mean()]) for s in shares)  # noise keeps the share of ties and of clubs
    limits_both = (limits[0], limits[1])
    betas = draw.tensor([0.15 + 0.1 * k for k in range(steps)])
    forward, target = _noised(graphs, betas, limits_both), graphs.sites.to(graphs.law)
    weight = torch.stack([graphs.law @ q for q in forward])  # p(x_t)
    best = torch.stack([(q.mT @ (graphs.law[:, None] * target)) / (graphs.law @ q)[:, None] for q in forward])
    floor = float((weight[..., None] * _entropy(best)).sum() / steps)
    w, sites = (
        transformer.weights((2, 2), d, d // 2, depth, draw.generator()),
        torch.arange(NODES + 6, device=draw.device),
    )
    ones = torch.stack(  # chance of a 1 at a step, a site, from a 0 or a 1: (steps, 10, 2)
        [
            torch.stack([diffusion.marginal_matrix(betas, k, limits[site >= NODES])[:, 1] for site in range(NODES + 6)])
            for k in range(1, steps + 1)
        ]
    )

    def loss() -> Tensor:
        clean, step = graphs.drawn(batch, generator), draw.integers(1, steps, batch)
        noised = (draw.uniform(0, 1, batch, NODES + 6) < ones[step[:, None] - 1, sites, graphs.sites[clean]]).long()
        found = model.denoiser(noised[:, :NODES], matrices(noised[:, NODES:]), step / steps, w)
        total: Tensor = model.loss(*found, graphs.nodes[clean], graphs.edges[clean], 1.0).mean()
        return total

    at = [v.requires_grad_() for v in w.values()]
    losses = learned(at, loss, rounds, 0.02, progress)
    clean, law, ideal = [], _unlike(graphs, limits_both), _unlike(graphs, limits_both)
    with torch.no_grad():
        for step in range(1, steps + 1):
            time = draw.tensor(step / steps).expand(len(graphs.law))
            x, e = model.denoiser(graphs.nodes, graphs.edges, time, w)
            pairs = pairs_of(e[..., 1] - e[..., 0])
            clean.append(torch.sigmoid(torch.cat([x[..., 1] - x[..., 0], pairs], -1)))
        reached = -sum(
            (weight[k][:, None] * (best[k] * torch.log(clean[k]) + (1 - best[k]) * torch.log1p(-clean[k]))).sum()
            for k in range(steps)
        )
        for step in range(steps, 0, -1):
            law = law @ _back(clean[step - 1], graphs, step, betas, limits_both)
            ideal = ideal @ _back(best[step - 1], graphs, step, betas, limits_both)
        drawn = matrices(graphs.sites[torch.multinomial(law, 32, generator=generator), NODES:])
    return Result(
        (
            Figure(
                "expected loss of the graph transformer, its floor H(types | noised)",
                float(reached) / steps,
                floor,
                0.08,
                "nats",
            ),
            Figure("how far it lies below its floor", max(0.0, floor - float(reached) / steps), 0.0, 1e-9, "nats"),
            Figure(
                "total variation of generated from data",
                float((law - graphs.law).abs().sum() / 2),
                float((ideal - graphs.law).abs().sum() / 2),
                0.15,
            ),
            Figure(
                "share of generated graphs that are in the data",
                float(law[graphs.law > 0].sum()),
                float(ideal[graphs.law > 0].sum()),
                0.1,
            ),
            Figure("mass of the generated law", float(law.sum()), 1.0, 1e-9),
        ),
        (sheet("Ties drawn", drawn.to(law).flatten(1)), curve("Cross-entropy, nats", losses)),
    )


def _unlike(graphs: Graphlets, limits: tuple[Tensor, Tensor]) -> Tensor:
    """The law of graphs whose sites are drawn from the limits: (1024,)."""
    return limits[0][graphs.nodes].prod(-1) * limits[1][graphs.sites[:, NODES:]].prod(-1)


DIGRESS = Specification(
    name="digress",
    family="graphs",
    systems=(196,),
    title="DiGress: discrete diffusion of graphs with a graph transformer",
    statement="p̂(x_i), p̂(e_ij) from layers softmax_j(s_ij (1 + E_ij W) + E_ij W′) V; −Σ log p̂(x_i) − λ Σ log p̂(e_ij)",
    page="reference_models.graphs.transformer",
    functions={name: getattr(transformer, name) for name in ("structure", "scores", "block", "denoiser", "loss")},
    properties=(
        Property(
            "degrees, cycles of 3 and 4 nodes, one by one",
            _structure,
            Mutant("walks that turn back count", {"structure": _walks}),
        ),
        Property(
            "scores of each head, written out", _by_head, Mutant("the root of another width", {"scores": _wide_root})
        ),
        Property(
            "a layer, written out", _block_written, Mutant("pairs don't scale the scores", {"block": _over_queries})
        ),
        Property(
            "renumbering nodes renumbers logits; pairs have no direction",
            repeated(_renumbered, 5),
            Mutant("one side of the matrix is read", {"denoiser": _one_way}),
        ),
        Property("the denoiser, layer by layer", _composed, Mutant("the time isn't told", {"denoiser": _timeless})),
        Property(
            "tells a ring of six from two triangles",
            _sees_structure,
            Mutant("no cycles are told", {"denoiser": _blind}),
        ),
        Property("e^(−loss) is a law of graphs", _cross_entropy, Mutant("pairs count twice", {"loss": _both_ways})),
    ),
    source="Vignac et al. 2023, sections 3 and 4.2",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "x": [[0.5, -1.0, 0.3, 0.8], [1.5, 0.3, -0.2, 0.1], [-0.7, 0.9, 0.4, -1.1]],
                "e": [[[0.1 * (i + 2 * j) - 0.3, 0.4 - 0.2 * i * j] for j in range(3)] for i in range(3)],
                "q": [[0.3 * i - 0.2 * j for j in range(4)] for i in range(4)],
                "k": [[0.5 - 0.1 * i * j for j in range(4)] for i in range(4)],
                "add": [[0.7, -1.2], [0.4, 0.9]],
            },
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="scaled_dot_product_attention, E W_add its mask, values the identity; W_mul is 0",
        ),
        Oracle(
            package="networkx",
            inputs={"edges": [[0, 1], [1, 2], [2, 3], [3, 0], [0, 2], [3, 4], [4, 5], [5, 0], [5, 3], [1, 6]]},
            ask=_from_networkx,
            tell=_our_cycles,
            tolerance=1e-12,
            conversion="degrees, and simple_cycles of at most 4 nodes, counted at each of their nodes",
        ),
    ),
    task=Task(
        "connected fours of Zachary's karate club of networkx, with clubs",
        _friends,
        training=True,
        long=partial(_friends, d=32, rounds=1500, steps=10),
        long_data="the same fours, more steps and a wider network",
    ),
    conventions=("noise goes to the shares of types in the data", "a pair is counted once", "0 is no edge"),
)

SPECIFICATIONS = (DIGRESS,)
