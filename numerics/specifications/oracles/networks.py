"""Packages that are asked about flows, diffusions and networks on graphs: torch, nflows, diffusers, torch-geometric."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from numerics.specifications.contract import Answers, Model, Oracle
from numerics.specifications.draws import t

Inputs = Mapping[str, Any]
FLOW = {"x": [[0.3, 1.2], [2.0, 0.4]], "shift": [0.1, -0.2], "scale": [1.5, 0.7]}
COUPLED = {"z": [[0.3, -1.2], [0.7, 0.5]], "w": 0.8, "b": -0.3}
SCALED = {"z": [[0.3, -1.2], [0.7, 0.5]], "first": [0.2, -0.4], "slope": [0.6, 0.3], "second": [0.1, 0.5]}
SDE = {"x": [[0.4, -1.0]], "out": [[0.2, 0.7]], "t": 0.35, "steps": 10, "b0": 0.1, "b1": 20.0}
GRAPH = {
    "edges": [[0, 1], [1, 2], [0, 3]],
    "h": [[0.5, -1.0], [1.0, 0.2], [-0.3, 0.8], [0.1, 0.4]],
    "own": [[0.3, -0.2], [0.5, 0.6]],
    "neighbour": [[0.1, 0.4], [-0.7, 0.2]],
    "bias": [0.2, -0.1],
    "out": [[1.0, 0.3]],
}


def _flowed(inputs: Inputs) -> Answers:
    from torch.distributions import Independent, Normal, TransformedDistribution
    from torch.distributions.transforms import AffineTransform, ExpTransform

    base = Normal(torch.zeros(2).double(), torch.ones(2).double())
    law = TransformedDistribution(base, [AffineTransform(t(inputs["shift"]), t(inputs["scale"])), ExpTransform()])
    return {"log_prob": Independent(law, 1).log_prob(t(inputs["x"])).tolist()}


def _our_flowed(model: Model, inputs: Inputs) -> Answers:
    shift, scale = t(inputs["shift"]), t(inputs["scale"])
    log_scale = torch.log(scale).sum()
    affine = (
        lambda z: (shift + scale * z, log_scale.expand(len(z))),
        lambda x: ((x - shift) / scale, -log_scale.expand(len(x))),
    )
    exponential = (lambda z: (torch.exp(z), z.sum(-1)), lambda x: (torch.log(x), -torch.log(x).sum(-1)))
    return {"log_prob": model.log_prob(t(inputs["x"]), [affine, exponential])}


class _Linear(torch.nn.Module):
    """w x + b for a scalar, as a conditioner."""

    def __init__(self, w: float, b: float) -> None:
        super().__init__()
        self.w, self.b = w, b

    def forward(self, x: torch.Tensor, context: object = None) -> torch.Tensor:
        return self.w * x + self.b


def _added(inputs: Inputs) -> Answers:
    from nflows.transforms import AdditiveCouplingTransform

    layer = AdditiveCouplingTransform(torch.tensor([0, 1]), lambda n_in, n_out: _Linear(inputs["w"], inputs["b"]))
    x, log_det = layer(t(inputs["z"]))
    return {"x": x.tolist(), "log_det": log_det.tolist(), "back": layer.inverse(x)[0].tolist()}


def _our_added(model: Model, inputs: Inputs) -> Answers:
    mask, z = t([1.0, 0.0]), t(inputs["z"])
    net = lambda a: (inputs["w"] * a[..., :1] + inputs["b"]).expand_as(a)  # noqa: E731
    x = model.additive(z, mask, net)
    return {"x": x, "log_det": torch.zeros(2).double(), "back": model.additive_inverse(x, mask, net)}


def _inverse_autoregressive(inputs: Inputs) -> Answers:
    from torch.distributions.transforms import AffineTransform

    z = t(inputs["z"])
    first = AffineTransform(inputs["first"][0], torch.exp(t(inputs["first"][1])))
    mean, log_scale = (
        inputs["slope"][0] * z[:, 0] + inputs["second"][0],
        inputs["slope"][1] * z[:, 0] + inputs["second"][1],
    )
    second = AffineTransform(mean, torch.exp(log_scale))
    x = torch.stack([first(z[:, 0]), second(z[:, 1])], -1)
    log_det = first.log_abs_det_jacobian(z[:, 0], x[:, 0]) + second.log_abs_det_jacobian(z[:, 1], x[:, 1])
    return {"x": x.tolist(), "log_det": log_det.tolist()}


def _our_inverse_autoregressive(model: Model, inputs: Inputs) -> Answers:
    def conditioner(z: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        one = torch.ones_like(z[..., 0])
        parts = [
            torch.stack([f * one, s * z[..., 0] + c], -1)
            for f, s, c in zip(inputs["first"], inputs["slope"], inputs["second"], strict=True)
        ]
        return parts[0], parts[1]

    x, log_det = model.forward(t(inputs["z"]), conditioner)
    return {"x": x, "log_det": log_det}


def _stepped(inputs: Inputs) -> Answers:
    from diffusers.schedulers.deprecated.scheduling_sde_vp import ScoreSdeVpScheduler

    made = ScoreSdeVpScheduler(num_train_timesteps=2000, beta_min=inputs["b0"], beta_max=inputs["b1"])
    made.set_timesteps(inputs["steps"])
    mean = made.step_pred(t(inputs["out"]), t(inputs["x"]), t([inputs["t"]]))[1]
    return {"mean": mean.tolist()}


def _our_stepped(model: Model, inputs: Inputs) -> Answers:
    x, at, betas = t(inputs["x"]), t(inputs["t"]), (inputs["b0"], inputs["b1"])
    score = -t(inputs["out"]) / torch.sqrt(model.vp_kernel(at, *betas)[1])
    drift = model.vp_drift(x, at, *betas) - model.vp_diffusion(at, *betas) ** 2 * score
    return {"mean": x - drift / inputs["steps"]}


def _both_ways(inputs: Inputs) -> torch.Tensor:
    edges = torch.tensor(inputs["edges"]).mT
    return torch.cat([edges, edges.flip(0)], 1)


def _adjacency(inputs: Inputs) -> torch.Tensor:
    found = torch.zeros(4, 4).double()
    found[tuple(_both_ways(inputs))] = 1.0
    return found


def _convolved(inputs: Inputs) -> Answers:
    from torch_geometric.nn import GraphConv, global_add_pool

    layer = GraphConv(2, 2, aggr="add").double()
    with torch.no_grad():
        layer.lin_rel.weight.copy_(t(inputs["neighbour"])), layer.lin_rel.bias.copy_(t(inputs["bias"]))
        layer.lin_root.weight.copy_(t(inputs["own"]))
        h = torch.relu(layer(t(inputs["h"]), _both_ways(inputs)))
        return {"layer": h.tolist(), "graph": global_add_pool(h, None)[0].tolist()}


def _our_convolved(model: Model, inputs: Inputs) -> Answers:
    given = [t(inputs[name]) for name in ("h", "own", "neighbour", "bias")]
    return {"layer": model.layer(_adjacency(inputs), *given), "graph": model.network(_adjacency(inputs), *given, 1)}


def _encoded(inputs: Inputs) -> Answers:
    from torch_geometric.nn import GCNConv, InnerProductDecoder

    first, second = GCNConv(2, 2, bias=False).double(), GCNConv(2, 1, bias=False).double()
    with torch.no_grad():
        first.lin.weight.copy_(t(inputs["own"])), second.lin.weight.copy_(t(inputs["out"]))
        edges = _both_ways(inputs)
        mean = second(torch.relu(first(t(inputs["h"]), edges)), edges)
        return {"mean": mean.tolist(), "edges": InnerProductDecoder().forward_all(mean).tolist()}


def _our_encoded(model: Model, inputs: Inputs) -> Answers:
    own, out = t(inputs["own"]).mT, t(inputs["out"]).mT
    mean = model.encode(_adjacency(inputs), t(inputs["h"]), own, out, out)[0]
    return {"mean": mean, "edges": model.edge_probs(mean)}


def _pooled(inputs: Inputs) -> Answers:
    from torch_geometric.nn import MLP, global_max_pool

    inner = MLP([2, 2], plain_last=False, norm=None).double()
    with torch.no_grad():
        inner.lins[0].weight.copy_(t(inputs["own"])), inner.lins[0].bias.copy_(t(inputs["bias"]))
        top = global_max_pool(inner(t(inputs["h"])), None)
        return {"out": torch.nn.functional.linear(top, t(inputs["out"]))[0].tolist()}


def _our_pooled(model: Model, inputs: Inputs) -> Answers:
    return {"out": model.point_net(*(t(inputs[name]) for name in ("h", "own", "bias", "out")))}


ORACLES: Mapping[str, tuple[Oracle, ...]] = {
    "normalizing_flow": (Oracle("torch", FLOW, _flowed, _our_flowed, 1e-12, "an affine layer, then exp"),),
    "nice": (
        Oracle(
            "nflows",
            COUPLED,
            _added,
            _our_added,
            1e-6,
            "its masked places, above 0, are those that move; float32 inside",
        ),
    ),
    "iaf": (Oracle("torch", SCALED, _inverse_autoregressive, _our_inverse_autoregressive, 1e-12, "a scale is e^α"),),
    "vp_sde": (
        Oracle(
            "diffusers", SDE, _stepped, _our_stepped, 1e-6, "its network gives −σ s; the mean of a step back of 1/steps"
        ),
    ),
    "message_passing": (
        Oracle("torch-geometric", GRAPH, _convolved, _our_convolved, 1e-12, "each edge stands there both ways"),
    ),
    "graph_vae": (
        Oracle(
            "torch-geometric", GRAPH, _encoded, _our_encoded, 1e-12, "it adds the loops itself; weights are transposed"
        ),
    ),
    "point_net": (Oracle("torch-geometric", GRAPH, _pooled, _our_pooled, 1e-12, "points of two coordinates"),),
}
"""By the names of specifications."""
