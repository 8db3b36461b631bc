"""Random graphs with independent edges: rows 186, 187 and 188."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, frequencies_are, mean_is, true, worst
from reference_models.graphs import edges

PAGE = "reference_models.graphs.edges"


def _graphs(draw: Draw, n: int) -> Tensor:
    """Every graph on n labelled nodes: (2^(n(n − 1)/2), n, n)."""
    places = [(i, j) for i in range(n) for j in range(i + 1, n)]
    bits = torch.cartesian_prod(*[draw.tensor([0, 1])] * len(places)).reshape(-1, len(places))
    found = torch.zeros(len(bits), n, n).to(bits)
    for k, (i, j) in enumerate(places):
        found[:, i, j] = found[:, j, i] = bits[:, k]
    return found


def _triples(graphs: Tensor) -> Tensor:
    """Triangles, by trying every triple of nodes."""
    n = graphs.shape[-1]
    triples = [(i, j, k) for i in range(n) for j in range(i + 1, n) for k in range(j + 1, n)]
    return torch.stack([graphs[:, i, j] * graphs[:, j, k] * graphs[:, i, k] for i, j, k in triples]).sum(0)


def _er_mass(model: Model, draw: Draw) -> Outcome:
    graphs, p = _graphs(draw, 4), draw.uniform(0.05, 0.95)
    found = torch.exp(model.log_prob(graphs, p))
    m = graphs.sum((-2, -1)) / 2
    return worst(equal(found.sum(), 1.0), equal(found, p**m * (1 - p) ** (6 - m)))


def _er_degrees(model: Model, draw: Draw) -> Outcome:
    graphs, p = _graphs(draw, 4), draw.uniform(0.05, 0.95)
    m = graphs.sum((-2, -1)) / 2
    law = p**m * (1 - p) ** (6 - m)
    degree = graphs[:, 0].sum(-1)
    expected = torch.stack([law[degree == k].sum() for k in range(4)])
    return equal(torch.exp(model.degree_log_prob(draw.tensor(range(4)), 4, p)), expected)


def _er_poisson(model: Model, draw: Draw) -> Outcome:
    c, n, k = draw.uniform(0.5, 4), 3000, draw.tensor(range(50))
    poisson = torch.exp(k * torch.log(c) - c - torch.lgamma(k + 1))
    gap = (torch.exp(model.degree_log_prob(k, n, c / (n - 1))) - poisson).abs().sum() / 2
    return at_most(gap, c**2 / (n - 1), detail="total variation from Poisson(c), p = c/(n − 1)")


def _er_triangles(model: Model, draw: Draw) -> Outcome:
    graphs, p = _graphs(draw, 4), draw.uniform(0.05, 0.95)
    m = graphs.sum((-2, -1)) / 2
    law = p**m * (1 - p) ** (6 - m)
    count, forks = model.triangles(graphs), model.wedges(graphs)
    return worst(
        equal(count, _triples(graphs)),
        equal(law @ count, 4 * p**3),
        equal(3 * (law @ count) / (law @ forks), p),
    )


def _er_uniform(model: Model, draw: Draw) -> Outcome:
    graphs, p = _graphs(draw, 4), draw.uniform(0.05, 0.95)
    found, m = model.log_prob(graphs, p), (graphs.sum((-2, -1)) / 2).to(torch.int64)
    return worst(*(equal(found[m == k], found[m == k][0]) for k in range(7)))


def _er_draws(model: Model, draw: Draw) -> Outcome:
    p = draw.uniform(0.2, 0.8)
    graphs = model.sample(p, draw.uniform(0, 1, 10_000, 3, 3))
    number = graphs[:, 0, 1] * 4 + graphs[:, 0, 2] * 2 + graphs[:, 1, 2]
    every = _graphs(draw, 3)
    law = torch.exp(edges.er_log_prob(every, p))
    return worst(
        frequencies_are(number, law), equal(graphs, graphs.mT), equal(torch.diagonal(graphs, dim1=-2, dim2=-1), 0.0)
    )


def _both_triangles(adjacency: Tensor, p: Tensor) -> Tensor:
    off = 1 - torch.eye(adjacency.shape[-1]).to(adjacency)
    both = torch.xlogy(adjacency, p) + torch.special.xlog1py(1 - adjacency, -p)
    return (both * off).sum((-2, -1))


def _with_itself(k: Tensor, n: int, p: Tensor) -> Tensor:
    return edges.er_degree_log_prob(k, n + 1, p)


def _next_degree(k: Tensor, n: int, p: Tensor) -> Tensor:
    return edges.er_degree_log_prob(k + 1, n, p)


def _over_three(adjacency: Tensor) -> Tensor:
    return 2 * edges.triangles(adjacency)


def _hub_bonus(adjacency: Tensor, p: Tensor) -> Tensor:
    return edges.er_log_prob(adjacency, p) + 0.1 * edges.wedges(adjacency)


def _full_square(p: Tensor, u: Tensor) -> Tensor:
    asked = (u < p).to(u.dtype)
    return torch.triu(torch.maximum(asked, asked.mT), 1) + torch.triu(torch.maximum(asked, asked.mT), 1).mT


def _from_networkx(inputs: Mapping[str, Any]) -> Answers:
    import networkx as nx
    import numpy as np

    graphs = [nx.from_numpy_array(np.array(a)) for a in inputs["graphs"]]
    return {
        "triangles": [sum(nx.triangles(g).values()) / 3 for g in graphs],
        "transitivity": [float(nx.transitivity(g)) for g in graphs],
    }


def _er_ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    graphs = torch.tensor(inputs["graphs"], dtype=torch.float64)
    count = model.triangles(graphs)
    return {"triangles": count, "transitivity": 3 * count / model.wedges(graphs)}


def _with_repeats(adjacency: Tensor) -> Tensor:
    return (adjacency.sum(-1) ** 2).sum(-1) / 2


ER = Specification(
    name="erdos_renyi",
    family="graphs",
    systems=(186,),
    title="Erdős-Rényi graph G(n, p)",
    statement="P(A) = p^m (1 − p)^(n(n−1)/2 − m), m edges",
    page=PAGE,
    functions={
        "log_prob": edges.er_log_prob,
        "sample": edges.er_sample,
        "degree_log_prob": edges.er_degree_log_prob,
        "triangles": edges.triangles,
        "wedges": edges.wedges,
    },
    properties=(
        Property(
            "mass 1 over all graphs", _er_mass, Mutant("both triangles of A count", {"log_prob": _both_triangles})
        ),
        Property(
            "degrees are Binomial(n − 1, p)", _er_degrees, Mutant("n neighbours", {"degree_log_prob": _with_itself})
        ),
        Property("and Poisson in the limit", _er_poisson, Mutant("k is off by one", {"degree_log_prob": _next_degree})),
        Property("C(n, 3) p³ triangles, clustering p", _er_triangles, Mutant("tr A³/3", {"triangles": _over_three})),
        Property("wedges are pairs of different edges", _er_triangles, Mutant("d²/2", {"wedges": _with_repeats})),
        Property("uniform given the number of edges", _er_uniform, Mutant("hubs weigh more", {"log_prob": _hub_bonus})),
        Property(
            "draws are symmetric and have the law",
            _er_draws,
            Mutant("an edge has two chances", {"sample": _full_square}),
        ),
    ),
    source="Newman 2018, chapter 11",
    oracles=(
        Oracle(
            package="networkx",
            inputs={
                "graphs": [
                    [[0, 1, 1, 0], [1, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 0]],
                    [[0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]],
                    [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]],
                ]
            },
            ask=_from_networkx,
            tell=_er_ours,
            tolerance=1e-12,
            conversion="networkx counts a triangle at each of its nodes; transitivity is 3 triangles over wedges",
        ),
    ),
    conventions=("each pair counts once", "undirected, no loops"),
)


def _blocks(draw: Draw, k: int = 2) -> Tensor:
    b = draw.uniform(0.1, 0.9, k, k)
    return (b + b.mT) / 2


def _sbm_mass(model: Model, draw: Draw) -> Outcome:
    graphs, blocks = _graphs(draw, 4), _blocks(draw)
    z = torch.tensor([0, 1, 1, 0], device=draw.device)
    found = torch.exp(model.log_prob(graphs, z, blocks))
    direct = torch.ones(len(graphs)).to(graphs)
    for i in range(4):
        for j in range(i):
            p = blocks[z[i], z[j]]
            direct = direct * torch.where(graphs[:, i, j] == 1, p, 1 - p)
    return worst(equal(found.sum(), 1.0), equal(found, direct))


def _sbm_marginal(model: Model, draw: Draw) -> Outcome:
    graphs, blocks, weights = _graphs(draw, 3), _blocks(draw), draw.simplex(2)
    found = torch.exp(model.marginal_log_prob(graphs, weights, blocks))
    w, full = weights, torch.zeros(8).to(weights)
    for a in range(2):
        for b in range(2):
            for c in range(2):
                p = torch.stack([blocks[a, b], blocks[a, c], blocks[b, c]])
                x = torch.stack([graphs[:, 0, 1], graphs[:, 0, 2], graphs[:, 1, 2]], -1)
                full = full + w[a] * w[b] * w[c] * torch.where(x == 1, p, 1 - p).prod(-1)
    return worst(equal(found.sum(), 1.0), equal(found, full))


def _sbm_excess(model: Model, draw: Draw) -> Outcome:
    inside, across = draw.uniform(0.6, 0.9), draw.uniform(0.05, 0.3)
    blocks, half, graphs = (
        torch.stack([torch.stack([inside, across]), torch.stack([across, inside])]),
        draw.tensor([0.5, 0.5]),
        _graphs(draw, 3),
    )
    found = torch.exp(model.marginal_log_prob(graphs, half, blocks))
    edge, triangle = found @ graphs[:, 0, 1], found[-1]
    expected = inside**3 / 4 + 3 * inside * across**2 / 4
    return worst(equal(edge, (inside + across) / 2), equal(triangle, expected), true(triangle > edge**3))


def _sbm_constant(model: Model, draw: Draw) -> Outcome:
    graphs, p, z = _graphs(draw, 4), draw.uniform(0.1, 0.9), draw.integers(0, 1, 4)
    m = graphs.sum((-2, -1)) / 2
    er = m * torch.log(p) + (6 - m) * torch.log1p(-p)
    return worst(
        equal(model.log_prob(graphs, z, p.expand(2, 2)), er),
        equal(model.marginal_log_prob(graphs, draw.simplex(2), p.expand(2, 2)), er),
    )


def _sbm_labels(model: Model, draw: Draw) -> Outcome:
    graphs, blocks, weights, z = (
        _graphs(draw, 4),
        _blocks(draw, 3),
        draw.simplex(3),
        torch.tensor([0, 1, 2, 1], device=draw.device),
    )
    order = torch.tensor([2, 0, 1], device=draw.device)
    renamed = torch.argsort(order)[z]
    turned = blocks[order][:, order]
    return worst(
        equal(model.log_prob(graphs, renamed, turned), model.log_prob(graphs, z, blocks)),
        equal(
            model.marginal_log_prob(graphs[:9], weights[order], turned),
            model.marginal_log_prob(graphs[:9], weights, blocks),
        ),
    )


def _sbm_draws(model: Model, draw: Draw) -> Outcome:
    z, blocks = torch.tensor([0, 0, 1], device=draw.device), draw.tensor([[0.8, 0.3], [0.3, 0.55]])
    graphs = model.sample(z, blocks, draw.uniform(0, 1, 10_000, 3, 3))
    flat = torch.stack([graphs[:, 0, 1], graphs[:, 0, 2], graphs[:, 1, 2]], -1)
    return worst(mean_is(flat, draw.tensor([0.8, 0.3, 0.3])), equal(graphs, graphs.mT))


def _own_block(adjacency: Tensor, z: Tensor, blocks: Tensor) -> Tensor:
    own = torch.diagonal(blocks)[z]
    return edges.bernoulli_log_prob(edges.pairs(adjacency), edges.pairs(own[:, None].expand(len(z), len(z))))


def _mean_block(adjacency: Tensor, weights: Tensor, blocks: Tensor) -> Tensor:
    return edges.er_log_prob(adjacency, weights @ blocks @ weights)


def _both_counted(adjacency: Tensor, z: Tensor, blocks: Tensor) -> Tensor:
    return 2 * edges.sbm_log_prob(adjacency, z, blocks)


def _sorted_blocks(adjacency: Tensor, z: Tensor, blocks: Tensor) -> Tensor:
    upper = torch.triu(blocks) + torch.triu(blocks, 1).mT
    upper[-1, -1] = upper[0, 0]
    return edges.sbm_log_prob(adjacency, z, upper)


def _unsorted_draw(z: Tensor, blocks: Tensor, u: Tensor) -> Tensor:
    return edges.sbm_sample(z.flip(0), blocks, u)


SBM = Specification(
    name="stochastic_block_model",
    family="graphs",
    systems=(187,),
    title="Stochastic block model",
    statement="z_i ~ Cat(π), A_ij | z ~ Bernoulli(B_{z_i z_j}), i < j",
    page=PAGE,
    functions={
        "log_prob": edges.sbm_log_prob,
        "sample": edges.sbm_sample,
        "marginal_log_prob": edges.sbm_marginal_log_prob,
    },
    properties=(
        Property("mass 1 given z", _sbm_mass, Mutant("a node's own block only", {"log_prob": _own_block})),
        Property(
            "the marginal sums over z", _sbm_marginal, Mutant("the mean of B", {"marginal_log_prob": _mean_block})
        ),
        Property(
            "more triangles than edges explain",
            _sbm_excess,
            Mutant("the mean of B", {"marginal_log_prob": _mean_block}),
        ),
        Property("constant B is Erdős-Rényi", _sbm_constant, Mutant("each pair twice", {"log_prob": _both_counted})),
        Property(
            "labels may be exchanged",
            _sbm_labels,
            Mutant("the last block is the first's", {"log_prob": _sorted_blocks}),
        ),
        Property("draws have B and are symmetric", _sbm_draws, Mutant("labels in reverse", {"sample": _unsorted_draw})),
    ),
    source="Holland, Laskey and Leinhardt 1983",
    conventions=("each pair counts once", "B symmetric"),
)


def _featured(draw: Draw) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    return _graphs(draw, 3), draw.simplex(2), _blocks(draw), draw.simplex(2, 3)


def _featured_mass(model: Model, draw: Draw) -> Outcome:
    graphs, weights, blocks, features = _featured(draw)
    total = draw.tensor(0.0)
    for z in edges.assignments(3, 2).to(draw.device):
        xs = edges.assignments(3, 3).to(draw.device)
        each = torch.stack([model.log_prob(graphs, x, z, weights, blocks, features) for x in xs])
        total = total + torch.exp(each).sum()
    return equal(total, 1.0)


def _factorises(model: Model, draw: Draw) -> Outcome:
    graphs, weights, blocks, features = _featured(draw)
    z, xs = torch.tensor([0, 1, 1], device=draw.device), edges.assignments(3, 3).to(draw.device)
    joint = torch.exp(torch.stack([model.log_prob(graphs, x, z, weights, blocks, features) for x in xs]))
    joint = joint / joint.sum()  # p(x, A | z)
    chance = features[z[0], xs[:, 0]] * features[z[1], xs[:, 1]] * features[z[2], xs[:, 2]]
    return worst(equal(joint, joint.sum(1, keepdim=True) * joint.sum(0)), equal(joint.sum(1), chance), true(joint > 0))


def _tied(model: Model, draw: Draw) -> Outcome:
    graphs, weights, blocks = _graphs(draw, 3), draw.tensor([0.4, 0.6]), draw.tensor([[0.9, 0.1], [0.1, 0.7]])
    features, xs = draw.tensor([[0.8, 0.2], [0.1, 0.9]]), edges.assignments(3, 2).to(draw.device)
    joint = torch.zeros(8, 8).to(weights)
    for z in edges.assignments(3, 2).to(draw.device):
        joint = joint + torch.exp(torch.stack([model.log_prob(graphs, x, z, weights, blocks, features) for x in xs]))
    gap = (joint - joint.sum(1, keepdim=True) * joint.sum(0)).abs().max()
    one = torch.stack([joint[xs[:, 0] == v].sum() for v in (0, 1)])
    return worst(true(gap > 0.003), equal(one, weights @ features))


def _by_degree(adjacency: Tensor, x: Tensor, z: Tensor, weights: Tensor, blocks: Tensor, features: Tensor) -> Tensor:
    lonely = (adjacency.sum(-1) == 0).to(torch.int64)
    moved = torch.where(lonely == 1, len(weights) - 1 - z, z)  # features of a node without edges follow the other block
    seen = torch.log(features)[moved, x.expand_as(moved)].sum(-1)
    return torch.log(weights)[z].sum() + seen + edges.sbm_log_prob(adjacency, z, blocks)


def _no_prior(adjacency: Tensor, x: Tensor, z: Tensor, weights: Tensor, blocks: Tensor, features: Tensor) -> Tensor:
    return edges.featured_log_prob(adjacency, x, z, torch.ones_like(weights), blocks, features)


def _flat_features(
    adjacency: Tensor, x: Tensor, z: Tensor, weights: Tensor, blocks: Tensor, features: Tensor
) -> Tensor:
    mixed = (weights @ features).expand_as(features)
    return edges.featured_log_prob(adjacency, x, z, weights, blocks, mixed)


FEATURED = Specification(
    name="featured_block_model",
    family="graphs",
    systems=(188,),
    title="Block model with node features",
    statement="p(A, x, z) = Π_i π_{z_i} p(x_i | z_i) Π_{i<j} p(A_ij | z_i, z_j)",
    page=PAGE,
    functions={"log_prob": edges.featured_log_prob},
    properties=(
        Property(
            "mass 1 over graphs, features and blocks", _featured_mass, Mutant("π is missing", {"log_prob": _no_prior})
        ),
        Property(
            "features and edges are independent given z",
            _factorises,
            Mutant("features of lonely nodes differ", {"log_prob": _by_degree}),
        ),
        Property("and dependent without it", _tied, Mutant("features by their mean law", {"log_prob": _flat_features})),
    ),
    source="Abbe 2018, section 2",
)


SPECIFICATIONS = (ER, SBM, FEATURED)
