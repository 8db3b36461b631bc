"""Backpropagation: row 67."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, worst
from reference_models.learning import optimisation

PAGE = "reference_models.learning.optimisation"


def _network(draw: Draw) -> tuple[tuple[Tensor, ...], Tensor, Tensor]:
    weights = (draw.normal(4, 3), draw.normal(4), draw.normal(2, 4), draw.normal(2))
    return weights, draw.normal(5, 3), draw.normal(5, 2)


def _by_autograd(model: Model, draw: Draw) -> Outcome:
    weights, x, y = _network(draw)
    wanted = torch.func.grad(lambda w: model.network_loss(w, x, y))(weights)
    found = model.backpropagation(weights, x, y)
    return worst(*[equal(f, w) for f, w in zip(found, wanted, strict=True)])


def _by_differences(model: Model, draw: Draw) -> Outcome:
    weights, x, y = _network(draw)
    way = tuple(draw.normal(*w.shape) for w in weights)
    h = 1e-5
    ends = [model.network_loss(tuple(w + s * h * d for w, d in zip(weights, way, strict=True)), x, y) for s in (1, -1)]
    along = torch.stack([(g * d).sum() for g, d in zip(model.backpropagation(weights, x, y), way, strict=True)]).sum()
    return close(along, (ends[0] - ends[1]) / (2 * h), 1e-6)


def _cost(model: Model, draw: Draw) -> Outcome:
    """Multiplications in matrix products: at most three times those of the loss, whatever the number of weights."""
    weights, x, y = (
        (draw.normal(7, 6), draw.normal(7), draw.normal(5, 7), draw.normal(5)),
        draw.normal(4, 6),
        draw.normal(4, 5),
    )
    with FlopCounterMode(display=False) as forward:
        model.network_loss(weights, x, y)
    with FlopCounterMode(display=False) as both:
        model.backpropagation(weights, x, y)
    return at_most(both.get_total_flops() / forward.get_total_flops(), 3.0)


def _by_parameter(weights: tuple[Tensor, ...], x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    """A central difference for each weight on its own."""
    flat = torch.cat([w.flatten() for w in weights])

    def loss(values: Tensor) -> Tensor:
        parts = values.split([w.numel() for w in weights])
        shaped = [p.reshape(w.shape) for p, w in zip(parts, weights, strict=True)]
        return optimisation.network_loss(tuple(shaped), x, y)

    eye = 1e-6 * torch.eye(len(flat), dtype=flat.dtype, device=flat.device)
    slopes = torch.stack([(loss(flat + e) - loss(flat - e)) / 2e-6 for e in eye])
    return tuple(p.reshape(w.shape) for p, w in zip(slopes.split([w.numel() for w in weights]), weights, strict=True))


def _no_activation(weights: tuple[Tensor, ...], x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    w1, b1, w2, b2 = weights
    h = torch.tanh(x @ w1.mT + b1)
    out = (h @ w2.mT + b2 - y) / len(x)
    hidden = (out @ w2) * (1 - h)
    return hidden.mT @ x, hidden.sum(0), out.mT @ h, out.sum(0)


def _mean_bias(weights: tuple[Tensor, Tensor, Tensor, Tensor], x: Tensor, y: Tensor) -> tuple[Tensor, ...]:
    w1, b1, w2, b2 = optimisation.backpropagation(weights, x, y)
    return w1, b1 / len(x), w2, b2


BACKPROPAGATION = Specification(
    name="backpropagation",
    family="learning",
    systems=(67,),
    title="Backpropagation",
    statement="∂L/∂x = (∂L/∂y)(∂y/∂x), from the output back",
    page=PAGE,
    functions={"network_loss": optimisation.network_loss, "backpropagation": optimisation.backpropagation},
    properties=(
        Property("autograd agrees", _by_autograd, Mutant("tanh′ = 1 − tanh", {"backpropagation": _no_activation})),
        Property(
            "central differences along a random direction agree",
            _by_differences,
            Mutant("a bias's gradient is a mean twice", {"backpropagation": _mean_bias}),
        ),
        Property(
            "it costs at most three times the loss",
            _cost,
            Mutant("a difference for each weight", {"backpropagation": _by_parameter}),
        ),
    ),
    source="Goodfellow, Bengio and Courville 2016, section 6.5",
    conventions=("the loss is a mean over examples",),
)

SPECIFICATIONS = (BACKPROPAGATION,)
