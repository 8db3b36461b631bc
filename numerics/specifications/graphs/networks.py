"""Networks on sets and graphs: rows 194 and 198."""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, gradient, true, worst
from reference_models.graphs import networks

PAGE = "reference_models.graphs.networks"


def _graph(draw: Draw, n: int = 5) -> Tensor:
    upper = torch.triu(draw.bits(n, n), 1)
    upper[0, 1] = 1.0
    return upper + upper.mT


def _weights(draw: Draw, d: int = 3) -> tuple[Tensor, Tensor, Tensor]:
    return draw.normal(d, d), draw.normal(d, d), draw.normal(d)


def _equivariant(model: Model, draw: Draw) -> Outcome:
    a, h, weights = _graph(draw), draw.normal(5, 3), _weights(draw)
    order = torch.tensor([4, 0, 1, 2, 3], device=draw.device)
    turned = a[order][:, order]
    return worst(
        equal(model.layer(turned, h[order], *weights), model.layer(a, h, *weights)[order]),
        equal(model.network(turned, h[order], *weights, 2), model.network(a, h, *weights, 2)),
    )


def _node_by_node(model: Model, draw: Draw) -> Outcome:
    a, h, (own, neighbour, bias) = _graph(draw), draw.normal(5, 3), _weights(draw)
    rows = []
    for i in range(5):
        total = own @ h[i] + bias
        for j in range(5):
            if a[i, j] == 1:
                total = total + neighbour @ h[j]
        rows.append(total.clamp_min(0))
    return equal(model.layer(a, h, own, neighbour, bias), torch.stack(rows))


def _locality(model: Model, draw: Draw) -> Outcome:
    a = torch.zeros(5, 5).to(draw.tensor(0.0))
    for i in range(4):
        a[i, i + 1] = a[i + 1, i] = 1.0  # a path
    h, weights = draw.normal(5, 3), [w.abs() for w in _weights(draw)]
    far = gradient(lambda v: model.layer(a, model.layer(a, v, *weights), *weights)[0], h.abs())
    return worst(equal(far[3:], 0.0), true(far[2].abs().max() > 0))


def _pair_of_graphs(draw: Draw) -> tuple[Tensor, Tensor]:
    """Two triangles and a hexagon: every node has two neighbours."""
    triangles, hexagon = torch.zeros(6, 6).to(draw.tensor(0.0)), torch.zeros(6, 6).to(draw.tensor(0.0))
    for i in range(6):
        hexagon[i, (i + 1) % 6] = hexagon[(i + 1) % 6, i] = 1.0
        j = 3 * (i // 3) + (i + 1) % 3
        triangles[i, j] = triangles[j, i] = 1.0
    return triangles, hexagon


def _limit(model: Model, draw: Draw) -> Outcome:
    triangles, hexagon = _pair_of_graphs(draw)
    h, weights = draw.normal(3).expand(6, 3), [w.abs() for w in _weights(draw)]
    colours = [networks.refine(g, torch.zeros(6, dtype=torch.int64, device=draw.device)) for g in (triangles, hexagon)]
    return worst(
        equal(model.network(triangles, h, *weights, 3), model.network(hexagon, h, *weights, 3), 1e-6),
        equal(colours[0], colours[1]),
    )


def _as_fine(model: Model, draw: Draw) -> Outcome:
    a, weights = _graph(draw, 6), _weights(draw)
    colours, h = torch.zeros(6, dtype=torch.int64, device=draw.device), draw.normal(3).expand(6, 3)
    for _ in range(2):
        colours, h = model.refine(a, colours), networks.message_pass(a, h, *weights)
    alike = colours[:, None] == colours
    degrees = a.sum(1)
    return worst(
        equal(((h[:, None] - h).abs().sum(-1) * alike), 0.0, 1e-9),  # one colour, one state
        true((degrees[:, None] == degrees) | ~alike),
    )


def _sums_count(model: Model, draw: Draw) -> Outcome:
    star, pair = torch.zeros(4, 4).to(draw.tensor(0.0)), draw.tensor([[0, 1], [1, 0]])
    star[0, 1:] = star[1:, 0] = 1.0
    h, weights = draw.uniform(0.5, 1, 3), [w.abs() for w in _weights(draw)]
    three = model.layer(star, h.expand(4, 3), *weights)[0]  # three equal neighbours
    one = model.layer(pair, h.expand(2, 3), *weights)[0]
    return equal(three - one, 2 * (weights[1] @ h))


def _averaged(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor) -> Tensor:
    share = adjacency / adjacency.sum(-1, keepdim=True).clamp_min(1)
    return networks.message_pass(share, h, own, neighbour, bias)


def _numbered(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor) -> Tensor:
    place = torch.linspace(0, 1, h.shape[-2]).to(h)[:, None]
    return networks.message_pass(adjacency, h + place, own, neighbour, bias)


def _squared(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor) -> Tensor:
    return networks.message_pass(adjacency + adjacency @ adjacency, h, own, neighbour, bias)


def _swapped(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor) -> Tensor:
    return networks.message_pass(adjacency, h, neighbour, own, bias)


def _with_triangles(adjacency: Tensor, h: Tensor, own: Tensor, neighbour: Tensor, bias: Tensor, rounds: int) -> Tensor:
    closed = torch.diagonal(adjacency @ adjacency @ adjacency)
    return networks.graph_network(adjacency, h + closed[:, None], own, neighbour, bias, rounds)


def _forgets_itself(adjacency: Tensor, colours: Tensor) -> Tensor:
    seen = [frozenset(colours[adjacency[i] > 0].tolist()) for i in range(len(colours))]
    names = {key: k for k, key in enumerate(sorted(set(seen), key=sorted))}
    return torch.tensor([names[key] for key in seen], device=colours.device)


GNN = Specification(
    name="message_passing",
    family="graphs",
    systems=(194,),
    title="Message passing network",
    statement="h_i' = φ(h_i, Σ_j A_ij ψ(h_j)), read out by a sum over nodes",
    page=PAGE,
    functions={
        "layer": networks.message_pass,
        "network": networks.graph_network,
        "refine": networks.refine,
    },
    properties=(
        Property(
            "renumbering nodes renumbers states", _equivariant, Mutant("states know their place", {"layer": _numbered})
        ),
        Property("node by node", _node_by_node, Mutant("the two weights are swapped", {"layer": _swapped})),
        Property("one round reaches one edge", _locality, Mutant("two steps at once", {"layer": _squared})),
        Property("sums count equal neighbours", _sums_count, Mutant("a mean", {"layer": _averaged})),
        Property("no finer than 1-WL", _limit, Mutant("triangles are counted", {"network": _with_triangles})),
        Property("1-WL is as fine as any", _as_fine, Mutant("sets for multisets", {"refine": _forgets_itself})),
    ),
    source="Xu et al. 2019, sections 3 to 5",
)


def _any_order(model: Model, draw: Draw) -> Outcome:
    points, weights = draw.normal(7, 3), (draw.normal(6, 3), draw.normal(6), draw.normal(2, 6))
    order = torch.tensor([6, 0, 1, 2, 3, 4, 5], device=draw.device)
    return equal(model.point_net(points[order], *weights), model.point_net(points, *weights))


def _repeated(model: Model, draw: Draw) -> Outcome:
    points, weights = draw.normal(7, 3), (draw.normal(6, 3), draw.normal(6), draw.normal(2, 6))
    twice = torch.cat([points, points[:4]])
    return equal(model.point_net(twice, *weights), model.point_net(points, *weights))


def _critical(model: Model, draw: Draw) -> Outcome:
    points, inner, bias, outer = draw.normal(9, 3), draw.normal(4, 3), draw.normal(4), draw.normal(2, 4)
    kept = model.critical(points, inner, bias)
    full = networks.point_net(points, inner, bias, outer)
    features = torch.relu(points @ inner.mT + bias)
    missed = [k for k in range(4) if features[:, k].max() > 0 and features[kept, k].max() < features[:, k].max()]
    return worst(
        equal(networks.point_net(points[kept], inner, bias, outer), full),
        equal(float(len(missed)), 0.0),
        true(len(kept) <= 4),
    )


def _definition(model: Model, draw: Draw) -> Outcome:
    points, inner, bias, outer = draw.normal(2, 5, 3), draw.normal(4, 3), draw.normal(4), draw.normal(2, 4)
    rows = []
    for cloud in points:
        best = torch.zeros(4).to(cloud)
        for x in cloud:
            best = torch.maximum(best, inner @ x + bias)  # ReLU and max in one
        rows.append(outer @ best)
    return equal(model.point_net(points, inner, bias, outer), torch.stack(rows))


def _last_point(points: Tensor, inner: Tensor, inner_bias: Tensor, outer: Tensor) -> Tensor:
    shifted = points + 0.1 * torch.arange(points.shape[-2]).to(points)[:, None]
    return networks.point_net(shifted, inner, inner_bias, outer)


def _mean_pool(points: Tensor, inner: Tensor, inner_bias: Tensor, outer: Tensor) -> Tensor:
    return torch.relu(points @ inner.mT + inner_bias).mean(-2) @ outer.mT


def _max_of_points(points: Tensor, inner: Tensor, inner_bias: Tensor, outer: Tensor) -> Tensor:
    return torch.relu(points.max(-2).values @ inner.mT + inner_bias) @ outer.mT


def _least_features(points: Tensor, inner: Tensor, inner_bias: Tensor) -> Tensor:
    features = torch.relu(points @ inner.mT + inner_bias)
    found: Tensor = torch.unique(features.argmin(0))
    return found


POINT_NET = Specification(
    name="point_net",
    family="graphs",
    systems=(198,),
    title="PointNet",
    statement="f(x_1 … x_n) = ρ(max_i φ(x_i))",
    page=PAGE,
    functions={"point_net": networks.point_net, "critical": networks.critical_points},
    properties=(
        Property(
            "the order of points doesn't matter",
            _any_order,
            Mutant("points know their place", {"point_net": _last_point}),
        ),
        Property("nor does repeating them", _repeated, Mutant("a mean", {"point_net": _mean_pool})),
        Property(
            "the largest of features, not features of the largest",
            _definition,
            Mutant("swapped", {"point_net": _max_of_points}),
        ),
        Property(
            "a critical set decides alone", _critical, Mutant("the least features", {"critical": _least_features})
        ),
    ),
    source="Qi et al. 2017, section 4.2",
)

SPECIFICATIONS = (GNN, POINT_NET)
