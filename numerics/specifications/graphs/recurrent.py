"""GraphRNN: row 191."""

from __future__ import annotations

from itertools import permutations

import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, repeated, true, worst
from reference_models.graphs import recurrent

Weights = tuple[Tensor, Tensor, Tensor, Tensor]


def _weights(draw: Draw, n: int = 4) -> Weights:
    return draw.normal(3, 3), draw.normal(3, n), draw.normal(3, n), draw.normal(1)[0]


def _graphs(draw: Draw, n: int = 4) -> Tensor:
    places = [(i, j) for i in range(n) for j in range(i)]
    bits = torch.cartesian_prod(*[draw.tensor([0, 1])] * len(places)).reshape(-1, len(places))
    found = torch.zeros(len(bits), n, n).to(bits)
    for k, (i, j) in enumerate(places):
        found[:, i, j] = found[:, j, i] = bits[:, k]
    return found


def _mass(model: Model, draw: Draw) -> Outcome:
    weights, graphs = _weights(draw), _graphs(draw)
    found = model.log_prob(graphs, *weights)
    return worst(equal(torch.exp(found).sum(), 1.0), equal(found, recurrent.row_log_probs(graphs, *weights).sum(-1)))


def _chain(model: Model, draw: Draw) -> Outcome:
    weights, graphs = _weights(draw), _graphs(draw)
    joint = torch.exp(recurrent.log_prob(graphs, *weights))
    rows = torch.exp(model.row_log_probs(graphs, *weights))
    checks = []
    for i in range(1, 4):  # p(S_i | S_<i) from the joint, by summing out later rows
        upto = graphs[:, : i + 1, : i + 1].flatten(1)
        before = graphs[:, :i, :i].flatten(1)
        same = (upto[:, None] == upto).all(-1).to(joint) @ joint
        given = (before[:, None] == before).all(-1).to(joint) @ joint
        checks.append(equal(rows[:, i - 1], same / given))
    return worst(*checks)


def _classes(model: Model, draw: Draw) -> Outcome:
    weights, graphs = _weights(draw), _graphs(draw)
    digits = 2.0 ** torch.arange(16).to(graphs)  # a graph's number; the least of its renumberings stands for its class
    turns = [graphs[:, list(o)][:, :, list(o)].flatten(1) @ digits for o in permutations(range(4))]
    least = torch.stack(turns).min(0).values
    kept = [graphs[torch.nonzero(least == code)[0, 0]] for code in sorted(set(least.tolist()))]
    total = torch.stack([torch.exp(model.graph_log_prob(g, *weights)) for g in kept]).sum()
    one, order = graphs[draw.whole(1, 62)], draw.permutation(4)
    turned = one[order][:, order]
    return worst(
        equal(total, 1.0),
        equal(float(len(kept)), 11.0, detail="classes of graphs on 4 nodes"),
        equal(model.graph_log_prob(turned, *weights), model.graph_log_prob(one, *weights)),
    )


def _breadth_first(model: Model, draw: Draw) -> Outcome:
    n = 9
    graph = torch.zeros(n, n).to(draw.tensor(0.0))
    for i in range(1, n):
        for _ in range(2):
            j = draw.whole(max(0, i - 3), i - 1)
            graph[i, j] = graph[j, i] = 1.0
    graph[0, n - 1] = graph[n - 1, 0] = 1.0
    order = model.bfs_order(graph, draw.whole(0, n - 1))
    turned = graph[order][:, order]
    first = torch.stack([torch.nonzero(turned[i])[0, 0] for i in range(1, n)])
    # levels by powers of the adjacency: an edge spans at most one level
    reach, level = torch.eye(n)[order[0]].to(graph), torch.full((n,), -1, device=draw.device)
    for k in range(n):
        level[(reach > 0) & (level < 0)] = k
        reach = reach @ (graph + torch.eye(n).to(graph))
    sizes = torch.bincount(level)
    widest = int((sizes[:-1] + sizes[1:]).max()) - 1
    shuffled = draw.permutation(n).tolist()
    moved = graph[shuffled][:, shuffled]
    return worst(
        equal(draw.tensor(sorted(order)), draw.tensor(range(n))),
        true(torch.diff(first) >= 0),  # parents are met in order
        true(recurrent.bandwidth(graph, order) <= widest),
        equal(
            float(model.bandwidth(graph, shuffled)),
            float(max(i - j for i in range(n) for j in range(i) if moved[i, j] == 1)),
        ),
    )


def _own_row(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    n = adjacency.shape[-1]
    state, found = torch.ones((*adjacency.shape[:-2], w.shape[0])).to(adjacency), []
    for i in range(1, n):
        seen = torch.nn.functional.pad(adjacency[..., i, :i], (0, n - i))  # S_i for S_{i − 1}
        state = torch.tanh(state @ w.mT + seen @ u.mT)
        row = adjacency[..., i, :i]
        logit = state @ out[:, :i] + skip * (torch.cumsum(row, -1) - row)
        found.append((row * logit - torch.nn.functional.softplus(logit)).sum(-1))
    return torch.stack(found, -1)


def _inclusive(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    n = adjacency.shape[-1]
    state = torch.ones((*adjacency.shape[:-2], w.shape[0])).to(adjacency)
    total = torch.zeros(adjacency.shape[:-2]).to(adjacency)
    for i in range(1, n):
        before = torch.nn.functional.pad(adjacency[..., i - 1, : i - 1], (0, n - i + 1))
        state = torch.tanh(state @ w.mT + before @ u.mT)
        row = adjacency[..., i, :i]
        logit = state @ out[:, :i] + skip * torch.cumsum(row, -1)  # an edge sees itself
        total = total + (row * logit - torch.nn.functional.softplus(logit)).sum(-1)
    return total


def _all_permutations(adjacency: Tensor, w: Tensor, u: Tensor, out: Tensor, skip: Tensor) -> Tensor:
    every = torch.stack([adjacency[list(o)][:, list(o)] for o in permutations(range(adjacency.shape[0]))])
    return torch.logsumexp(recurrent.log_prob(every, w, u, out, skip), 0)


def _depth_first(adjacency: Tensor, start: int) -> list[int]:
    order, stack = list[int](), [start]
    while stack:
        node = stack.pop()
        if node not in order:
            order.append(node)
            stack += [int(j) for j in torch.nonzero(adjacency[node])[:, 0] if int(j) not in order]
    return order


def _last_neighbour(adjacency: Tensor, order: list[int]) -> int:
    turned = adjacency[order][:, order]
    last = [int(torch.nonzero(row[:i])[-1]) if row[:i].any() else i for i, row in enumerate(turned)]
    return max(i - k for i, k in enumerate(last))


GRAPH_RNN = Specification(
    name="graph_rnn",
    family="graphs",
    systems=(191,),
    title="GraphRNN",
    statement="p(A) = Π_i p(S_i | S_<i), p(G) = Σ over its orderings",
    page="reference_models.graphs.recurrent",
    functions={
        "row_log_probs": recurrent.row_log_probs,
        "log_prob": recurrent.log_prob,
        "graph_log_prob": recurrent.graph_log_prob,
        "bfs_order": recurrent.bfs_order,
        "bandwidth": recurrent.bandwidth,
    },
    properties=(
        Property("mass 1 over all matrices", _mass, Mutant("an edge sees itself", {"log_prob": _inclusive})),
        Property(
            "rows are conditionals of the joint",
            _chain,
            Mutant("the state reads its own row", {"row_log_probs": _own_row}),
        ),
        Property(
            "a graph sums its distinct orderings",
            _classes,
            Mutant("all n! orderings", {"graph_log_prob": _all_permutations}),
        ),
        Property(
            "breadth first, edges reach back two levels at most",
            _breadth_first,
            Mutant("depth first", {"bfs_order": _depth_first}),
        ),
        Property(
            "the bandwidth is the longest reach",
            repeated(_breadth_first, 5),
            Mutant("to the last neighbour", {"bandwidth": _last_neighbour}),
        ),
    ),
    source="You et al. 2018, section 2",
    conventions=("row i is A[i, :i]",),
)

SPECIFICATIONS = (GRAPH_RNN,)
