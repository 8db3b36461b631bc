"""Normalizing flows in general, affine and elementwise maps: rows 142 and 143."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Answers,
    Model,
    Mutant,
    Oracle,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, equal, jacobian_log_det, worst
from reference_models.distributions import normal
from reference_models.flows import composition

Map = Callable[[Tensor], tuple[Tensor, Tensor]]
Layers = Sequence[tuple[Map, Map]]


def _layers(draw: Draw, d: int) -> Layers:
    """Two affine maps around a sinh, which has a closed inverse."""
    a, b, c, e = draw.spd(d), draw.normal(d), draw.spd(d), draw.normal(d)

    def sinh(z: Tensor) -> tuple[Tensor, Tensor]:
        return torch.sinh(z), torch.log(torch.cosh(z)).sum(-1)

    def arsinh(x: Tensor) -> tuple[Tensor, Tensor]:
        return torch.asinh(x), -torch.log1p(x**2).sum(-1) / 2

    return (
        (lambda z: composition.affine(z, a, b), lambda x: composition.affine_inverse(x, a, b)),
        (sinh, arsinh),
        (lambda z: composition.affine(z, c, e), lambda x: composition.affine_inverse(x, c, e)),
    )


def _round_trip(model: Model, draw: Draw) -> Outcome:
    layers, z = _layers(draw, 3), draw.normal(5, 3)
    x, log_det = model.forward(z, layers)
    back, other = model.inverse(x, layers)
    return worst(close(back, z, 1e-7), close(other, -log_det, 1e-7))


def _in_order(x: Tensor, layers: Layers) -> tuple[Tensor, Tensor]:
    return composition.inverse(x, list(reversed(layers)))


def _jacobian(model: Model, draw: Draw) -> Outcome:
    layers, z = _layers(draw, 3), draw.normal(3, 3)
    return close(model.forward(z, layers)[1], jacobian_log_det(lambda at: model.forward(at, layers)[0], z), 1e-8)


def _at_the_start(z: Tensor, layers: Layers) -> tuple[Tensor, Tensor]:
    x = composition.forward(z, layers)[0]
    total = torch.zeros(z.shape[:-1], dtype=z.dtype, device=z.device)
    return x, sum((f(z)[1] for f, _ in layers), total)


def _integral(model: Model, draw: Draw) -> Outcome:
    layers = _layers(draw, 1)
    u = torch.linspace(-80, 80, 40_001, dtype=torch.float64, device=draw.device)  # wide laws reach far
    x, rise = torch.sinh(u), torch.cosh(u)  # tails: the law is that of a sinh of a normal
    density = torch.exp(model.log_prob(x[:, None], layers))
    return equal((density * rise).sum() * (u[1] - u[0]), 1.0, 1e-5)


def _without_log_det(x: Tensor, layers: Layers) -> Tensor:
    return normal.standard_log_prob(composition.inverse(x, layers)[0])


def _push_forward(model: Model, draw: Draw) -> Outcome:
    layers, z = _layers(draw, 2), draw.normal(6, 2)
    x = model.sample(layers, z)
    expected = normal.standard_log_prob(z) - jacobian_log_det(lambda at: model.sample(layers, at), z)
    return close(model.log_prob(x, layers), expected, 1e-7)


FLOW = Specification(
    name="normalizing_flow",
    family="flows",
    systems=(142,),
    title="Normalizing flow",
    statement="log p(x) = log p_0(z_0) − Σ_i log |det ∂f_i/∂z_{i−1}|",
    page="reference_models.flows.composition",
    functions={
        "forward": composition.forward,
        "inverse": composition.inverse,
        "log_prob": composition.log_prob,
        "sample": composition.sample,
    },
    properties=(
        Property(
            "the inverse undoes, in reverse order, with the opposite log-det",
            _round_trip,
            Mutant("inverses in the order of the layers", {"inverse": _in_order}),
        ),
        Property(
            "log-dets add to that of the whole Jacobian",
            _jacobian,
            Mutant("every log-det is taken at the start", {"forward": _at_the_start}),
        ),
        Property("integrates to 1", _integral, Mutant("the log-det is missing", {"log_prob": _without_log_det})),
        Property(
            "the density of a draw is that of its noise over the volume",
            _push_forward,
            Mutant(
                "the log-det is subtracted twice",
                {"log_prob": lambda x, layers: composition.log_prob(x, layers) + composition.inverse(x, layers)[1]},
            ),
        ),
    ),
    source="Rezende and Mohamed 2015, section 3",
    conventions=("forward is noise to data", "a log-det is that of the map named"),
)


def _normal_again(model: Model, draw: Draw) -> Outcome:
    a, b, x = (
        draw.normal(3, 3) + 2 * torch.eye(3, dtype=torch.float64, device=draw.device),
        draw.normal(3),
        draw.normal(4, 3),
    )
    z, log_det = model.affine_inverse(x, a, b)
    expected = torch.distributions.MultivariateNormal(b, a @ a.mT).log_prob(x)
    return close(normal.standard_log_prob(z) + log_det, expected, 1e-8)


def _transposed(x: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return composition.affine_inverse(x, a.mT, b)


def _log_dets(model: Model, draw: Draw) -> Outcome:
    z, a, b = draw.normal(4, 3), draw.normal(3, 3), draw.normal(3)
    maps = (model.exponential, model.logistic, lambda at: model.affine(at, a, b))
    return worst(*(_log_det_is_autograds(f, z) for f in maps))


def _log_det_is_autograds(f: Callable[[Tensor], tuple[Tensor, Tensor]], z: Tensor) -> Outcome:
    return close(f(z)[1], jacobian_log_det(lambda at: f(at)[0], z), 1e-8)


def _inverses(model: Model, draw: Draw) -> Outcome:
    z = draw.normal(4, 3)
    found = []
    for f, g in ((model.exponential, model.logarithm), (model.logistic, model.logit)):
        x, log_det = f(z)
        back, other = g(x)
        found += [close(back, z, 1e-8), close(other, -log_det, 1e-8)]
    return worst(*found)


def _unit_slope(z: Tensor) -> tuple[Tensor, Tensor]:
    return torch.sigmoid(z), torch.nn.functional.logsigmoid(z).sum(-1)


def _upward(x: Tensor) -> tuple[Tensor, Tensor]:
    return torch.log(x), torch.log(x).sum(-1)


def _log_normal(model: Model, draw: Draw) -> Outcome:
    x = torch.exp(draw.normal(5, 2))
    z, log_det = model.logarithm(x)
    zero = torch.zeros_like(x)
    expected = torch.distributions.LogNormal(zero, zero + 1).log_prob(x).sum(-1)
    return close(normal.standard_log_prob(z) + log_det, expected)


def _from_torch(inputs: Mapping[str, Any]) -> Answers:
    z = torch.tensor(inputs["z"], dtype=torch.float64)
    maps = {"exp": torch.distributions.ExpTransform(), "sigmoid": torch.distributions.SigmoidTransform()}
    return {name: f.log_abs_det_jacobian(z, f(z)).sum(-1).tolist() for name, f in maps.items()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    z = torch.tensor(inputs["z"], dtype=torch.float64)
    return {"exp": model.exponential(z)[1], "sigmoid": model.logistic(z)[1]}


AFFINE = Specification(
    name="elementwise_flows",
    family="flows",
    systems=(143,),
    title="Affine and elementwise flows",
    statement="x = A z + b has log-det log |det A|; an elementwise f has Σ log f′(z_i)",
    page="reference_models.flows.composition",
    functions={
        "affine": composition.affine,
        "affine_inverse": composition.affine_inverse,
        "exponential": composition.exponential,
        "logarithm": composition.logarithm,
        "logistic": composition.logistic,
        "logit": composition.logit,
    },
    properties=(
        Property(
            "an affine map of a normal is N(b, A Aᵀ)",
            _normal_again,
            Mutant("A is transposed", {"affine_inverse": _transposed}),
        ),
        Property(
            "log-dets are those of autograd's Jacobian",
            _log_dets,
            Mutant("log σ(z) without log σ(−z)", {"logistic": _unit_slope}),
        ),
        Property(
            "inverses undo, with the opposite log-det",
            _inverses,
            Mutant("the sign of the log-det of log", {"logarithm": _upward}),
        ),
        Property(
            "exp of a normal is log-normal",
            _log_normal,
            Mutant("the sign of the log-det of log", {"logarithm": _upward}),
        ),
    ),
    source="Papamakarios et al. 2021, sections 2 and 3.1",
    oracles=(
        Oracle(
            package="torch",
            inputs={"z": [[0.3, -1.2, 2.5], [-4.0, 0.0, 0.7]]},
            ask=_from_torch,
            tell=_ours,
            tolerance=1e-12,
            conversion="torch gives a log-slope for each coordinate: they are added",
        ),
    ),
)

SPECIFICATIONS = (FLOW, AFFINE)
