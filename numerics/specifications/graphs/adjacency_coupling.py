"""GraphNVP: row 195."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
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
from numerics.specifications.graphlets import NODES, karate
from numerics.specifications.outcomes import close, equal, gradient, worst
from numerics.specifications.training import curve, learned, sheet
from reference_models.graphs import adjacency_coupling
from reference_models.graphs.adjacency_coupling import Weights

NOISE = 0.9


def _weights(draw: Draw, n: int = 3, f: int = 2, d: int = 4, turns: int = 1, std: float = 1.0) -> dict[str, Tensor]:
    found = {}
    for k in range(n * turns):
        found[f"row.{k}.i"], found[f"row.{k}.o"] = draw.normal(d, n * n), std * draw.normal(2 * n, d + n * n)
        found[f"node.{k}.i"], found[f"node.{k}.o"] = draw.normal(d, 2 * f), std * draw.normal(2 * f, d + 2 * f)
    return {name: w / w.shape[1] ** 0.5 for name, w in found.items()}


def _dequantised(draw: Draw, *batch: int, n: int = 3, f: int = 2) -> tuple[Tensor, Tensor]:
    upper = torch.triu(draw.bits(*batch, n, n), 1)
    whole = upper + upper.mT
    return whole + NOISE * draw.uniform(0, 1, *batch, n, n), draw.bits(*batch, n, f) + draw.uniform(
        0, NOISE, *batch, n, f
    )


def _round_trip(model: Model, draw: Draw) -> Outcome:
    a, x = _dequantised(draw, 5)
    w = _weights(draw)
    back_a, back_x = model.backward(*adjacency_coupling.forward(a, x, w)[:2], w)
    return worst(close(back_a, a), close(back_x, x))


def _same_order(za: Tensor, zx: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    n, rows = za.shape[-1], adjacency_coupling.steps_of(w, "row")
    names = {f"row.{k}.{end}": f"row.{rows - 1 - k}.{end}" for k in range(rows) for end in "io"}
    turned = {name: w[names.get(name, name)] for name in w}
    return adjacency_coupling.backward(za.roll(0, -1) if n else za, zx, turned)


def _jacobian(model: Model, draw: Draw) -> Outcome:
    """log |det| of all 15 numbers by autograd, and the density by its definition."""
    a, x = _dequantised(draw)
    w = _weights(draw)

    def both(z: Tensor) -> Tensor:
        found = model.forward(z[:9].reshape(3, 3), z[9:].reshape(3, 2), w)
        return torch.cat([found[0].flatten(), found[1].flatten()])

    at = torch.cat([a.flatten(), x.flatten()])
    slopes = torch.func.jacrev(both)(at)
    normal = torch.distributions.Normal(draw.tensor(0.0), 1.0).log_prob(both(at)).sum()
    total = torch.linalg.slogdet(slopes)[1]
    return worst(close(model.forward(a, x, w)[2], total), close(model.log_prob(a, x, w), normal + total))


def _mean_det(a: Tensor, x: Tensor, w: Weights) -> tuple[Tensor, Tensor, Tensor]:
    za, zx, total = adjacency_coupling.forward(a, x, w)
    return za, zx, total / a.shape[-1]


def _one_row(model: Model, draw: Draw) -> Outcome:
    """A step moves its row alone, by numbers that don't depend on it."""
    a, w, row = _dequantised(draw)[0], _weights(draw), draw.whole(0, 2)
    s, shift = model.row_scale_and_shift(a, row, w["row.0.i"], w["row.0.o"])
    out = adjacency_coupling.moved(a, row, s, shift)
    rest = [i for i in range(3) if i != row]
    own = gradient(lambda v: torch.cat(model.row_scale_and_shift(v, row, w["row.0.i"], w["row.0.o"])), a)[row]
    hidden = a.clone()
    hidden[row] = 0
    inner = torch.cat([torch.tanh(w["row.0.i"] @ hidden.flatten()), hidden.flatten()])
    expected = w["row.0.o"] @ inner
    return worst(
        equal(out[rest], a[rest]),
        equal(own, 0.0),
        close(s, 2 * torch.tanh(expected[:3])),
        close(shift, expected[3:]),
        close(out[row], a[row] * torch.exp(s) + shift),
    )


def _sees_itself(a: Tensor, row: int, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    seen = torch.cat([torch.tanh(a.flatten(-2) @ first.mT), a.flatten(-2)], -1) @ last.mT
    return 2 * torch.tanh(seen[..., : a.shape[-1]]), seen[..., a.shape[-1] :]


def _one_node(model: Model, draw: Draw) -> Outcome:
    """From its neighbours' sum and the mean of all others; the others may be renumbered."""
    (a, x), w = _dequantised(draw), _weights(draw)
    graph = torch.floor(a)
    graph[1, 0] = graph[0, 1] = 0.0
    found = model.node_scale_and_shift(x, graph, 1, w["node.0.i"], w["node.0.o"])
    seen = torch.cat([graph[1, 2] * x[2], (x[0] + x[2]) / 3])
    expected = w["node.0.o"] @ torch.cat([torch.tanh(w["node.0.i"] @ seen), seen])
    order = torch.tensor([2, 1, 0], device=draw.device)
    turned = model.node_scale_and_shift(x[order], graph[order][:, order], 1, w["node.0.i"], w["node.0.o"])
    return worst(
        close(found[0], 2 * torch.tanh(expected[:2])),
        close(found[1], expected[2:]),
        close(turned[0], found[0]),
        close(turned[1], found[1]),
    )


def _from_all(x: Tensor, graph: Tensor, node: int, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    return adjacency_coupling.node_scale_and_shift(x, torch.ones_like(graph), node, first, last)


def _back_by_hand(model: Model, draw: Draw) -> Outcome:
    x, s, shift = draw.normal(3, 2), draw.normal(2), draw.normal(2)
    found = model.moved_back(x, 1, s, shift)
    return worst(
        close(found[1], torch.stack([(x[1, k] - shift[k]) / torch.exp(s[k]) for k in (0, 1)])),
        equal(found[[0, 2]], x[[0, 2]]),
        close(adjacency_coupling.moved(found, 1, s, shift), x),
    )


def _shift_last(x: Tensor, place: int, s: Tensor, shift: Tensor) -> Tensor:
    return adjacency_coupling.moved_back(x, place, s, shift * torch.exp(s))


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    x, s, shift = (t(inputs[name]) for name in ("row", "s", "t"))
    law = torch.distributions.TransformedDistribution(
        torch.distributions.Normal(torch.zeros_like(s), 1.0),
        [torch.distributions.AffineTransform(-shift * torch.exp(-s), torch.exp(-s))],
    )
    return {"log_prob": [float(law.log_prob(x).sum())]}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, s, shift = (t(inputs[name]) for name in ("row", "s", "t"))
    n = len(x)
    last = torch.zeros(2 * n, n * n, dtype=torch.float64)
    last[:n, n], last[n:, n] = torch.atanh(s / 2), shift  # the first number of row 1, which is 1, carries s and t
    w = {"row.0.i": torch.zeros(0, n * n, dtype=torch.float64), "row.0.o": last}
    a = torch.zeros(n, n, dtype=torch.float64)
    a[0], a[1, 0] = x, 1.0
    rest = -(n * n - n) * torch.log(t(2 * torch.pi)) / 2 - 0.5
    return {"log_prob": (model.log_prob(a, torch.zeros(n, 0).to(a), w) - rest)[None]}


def _friends(
    model: Model, draw: Draw, progress: Callable[[float], None], d: int = 64, rounds: int = 500, turns: int = 2
) -> Result:
    """Connected fours of the karate club, dequantised: log-densities, their floor, and normal laws of each pair."""
    graphs, generator = karate(draw), draw.generator()
    w = _weights(draw, NODES, 1, d, turns, 0.3)

    def batch(n: int) -> tuple[Tensor, Tensor]:
        picked = graphs.drawn(n, generator)
        return (
            graphs.edges[picked] + NOISE * draw.uniform(0, 1, n, NODES, NODES),
            graphs.nodes[picked][..., None] + NOISE * draw.uniform(0, 1, n, NODES, 1),
        )

    losses = learned(
        [v.requires_grad_() for v in w.values()],
        lambda: -model.log_prob(*batch(256), w).mean(),
        rounds,
        0.005,
        progress,
    )
    with torch.no_grad():
        a, x = batch(8000)
        reached = float(-model.log_prob(a, x, w).mean())
        za, zx = draw.normal(2000, NODES, NODES), draw.normal(2000, NODES, 1)
        drawn_a, drawn_x = model.backward(za, zx, w)
        again = model.forward(drawn_a, drawn_x, w)
    numbers = NODES * (NODES + 1)
    floor = float(-torch.xlogy(graphs.law, graphs.law).sum()) + numbers * float(torch.log(draw.tensor(NOISE)))
    spread = torch.cov(torch.cat([a.flatten(1), x.flatten(1)], 1).mT)
    apart = torch.zeros_like(spread)  # each pair's two sides together, all else by itself
    for i in range(numbers):
        partner = NODES * (i % NODES) + i // NODES if i < NODES**2 else i
        apart[i, i], apart[i, partner] = spread[i, i], spread[i, partner]
    normal = float(torch.logdet(2 * torch.pi * torch.e * apart)) / 2
    off = 1 - torch.eye(NODES).to(a)
    bits, ties = (torch.floor(drawn_a) >= 1).to(a) * off, graphs.sites[:, NODES:].to(a).mean(-1)
    return Result(
        (
            Figure(
                "negative log-density: how far above normal laws of each pair and node",
                max(0.0, reached - normal),
                0.0,
                1e-9,
                "nats",
            ),
            Figure(
                "how far below its floor, the entropy of the dequantised law",
                max(0.0, floor - reached),
                0.0,
                1e-9,
                "nats",
            ),
            Figure("negative log-density", reached, unit="nats"),
            Figure("its floor", floor, unit="nats"),
            Figure("that of normal laws of each pair and node", normal, unit="nats"),
            Figure(
                "largest number by which a drawn graph's noise comes back otherwise",
                float((again[0] - za).abs().max()),
                0.0,
                1e-6,
            ),
            Figure("share of ties among the pairs of the data", float(graphs.law @ ties)),
            Figure("the same of matrices drawn, both sides", float(bits.sum((1, 2)).mean()) / (NODES * (NODES - 1))),
            Figure(
                "share of pairs drawn whose two sides agree",
                float(((bits == bits.mT).to(a) * off).sum((1, 2)).mean() / off.sum()),
                unit="",
            ),
        ),
        (sheet("Matrices drawn", bits[:32].flatten(1)), curve("Negative log-density, nats", losses)),
    )


GRAPHNVP = Specification(
    name="graphnvp",
    family="graphs",
    systems=(195,),
    title="GraphNVP: couplings of the adjacency and of node features",
    statement="A_i ← A_i e^s + t, s and t from the other rows; x_i ← x_i e^s + t, s and t from the other nodes and A",
    page="reference_models.graphs.adjacency_coupling",
    functions={
        name: getattr(adjacency_coupling, name)
        for name in (
            "row_scale_and_shift",
            "node_scale_and_shift",
            "moved",
            "moved_back",
            "forward",
            "backward",
            "log_prob",
        )
    },
    properties=(
        Property("going back undoes it", _round_trip, Mutant("steps in the same order", {"backward": _same_order})),
        Property(
            "log |det| of the whole graph by autograd", _jacobian, Mutant("a mean over rows", {"forward": _mean_det})
        ),
        Property(
            "a step moves its row by what the others say",
            _one_row,
            Mutant("it sees itself", {"row_scale_and_shift": _sees_itself}),
        ),
        Property(
            "a node reads its neighbours and the mean of all others",
            _one_node,
            Mutant("all are neighbours", {"node_scale_and_shift": _from_all}),
        ),
        Property("one row back, number by number", _back_by_hand, Mutant("t is scaled", {"moved_back": _shift_last})),
    ),
    source="Madhawa et al. 2019, sections 3.2 to 3.4",
    oracles=(
        Oracle(
            package="torch",
            inputs={"row": [0.7, 1.2, 0.1], "s": [0.4, -0.9, 1.3], "t": [0.5, -1.0, 0.2]},
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="TransformedDistribution of the row given the others; their own density is taken off",
        ),
    ),
    task=Task(
        "connected fours of Zachary's karate club of networkx, dequantised",
        _friends,
        training=True,
        long=partial(_friends, d=128, rounds=3000, turns=3),
        long_data="the same fours, more steps, a wider network",
    ),
    conventions=("forward: data to noise", "noise in [0, 0.9)", "nothing makes the matrix symmetric"),
)

SPECIFICATIONS = (GRAPHNVP,)
