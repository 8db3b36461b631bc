"""Neural spline flows: row 149."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, gradient, worst
from numerics.specifications.training import read
from reference_models.flows import splines


def _knots(model: Model, draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    found: tuple[Tensor, Tensor, Tensor] = model.knots(draw.normal(5), draw.normal(5), draw.normal(4), 3.0)
    return found


def _slope(model: Model, draw: Draw) -> Outcome:
    at, x = _knots(model, draw), draw.uniform(-4, 4, 200)
    rise = gradient(lambda v: model.spline(v, *at)[0], x)
    return worst(close(model.spline(x, *at)[1], torch.log(rise), 1e-7), at_most(-rise, 0.0))


def _unsquared(x: Tensor, at: Tensor, to: Tensor, slope: Tensor) -> tuple[Tensor, Tensor]:
    y, rise = splines.spline(x, at, to, slope)
    k, inside = splines.within(x, at)
    (x0, x1), (y0, y1) = splines.around(at, k), splines.around(to, k)
    return y, torch.where(inside, rise - torch.log((y1 - y0) / (x1 - x0)), rise)


def _through_knots(model: Model, draw: Draw) -> Outcome:
    at, to, slope = _knots(model, draw)
    y, rise = model.spline(at, at, to, slope)
    below, above = model.spline(at - 1e-10, at, to, slope)[1], model.spline(at + 1e-10, at, to, slope)[1]
    return worst(close(y, to, 1e-9), close(rise, torch.log(slope), 1e-9), close(below, above, 1e-3))


def _free_ends(widths: Tensor, heights: Tensor, slopes: Tensor, bound: float) -> tuple[Tensor, Tensor, Tensor]:
    x, y, d = splines.knots(widths, heights, slopes, bound)
    return x, y, torch.cat([2 * d[..., :1], d[..., 1:-1], 2 * d[..., -1:]], -1)


def _shifted_slopes(x: Tensor, at: Tensor, to: Tensor, slope: Tensor) -> tuple[Tensor, Tensor]:
    return splines.spline(x, at, to, slope.roll(1, -1))


def _round_trip(model: Model, draw: Draw) -> Outcome:
    at, x = _knots(model, draw), draw.uniform(-4, 4, 200)
    y, rise = model.spline(x, *at)
    back, other = model.spline_inverse(y, *at)
    return worst(close(back, x, 1e-6), close(other, -rise, 1e-5))


def _forward_bins(y: Tensor, at: Tensor, to: Tensor, slope: Tensor) -> tuple[Tensor, Tensor]:
    x, log_det = splines.spline_inverse(y, at, to, slope)
    return x, -log_det


def _tails(model: Model, draw: Draw) -> Outcome:
    at, x = _knots(model, draw), draw.uniform(3, 9, 20) * torch.sign(draw.normal(20))
    y, rise = model.spline(x, *at)
    near, edge = model.spline(torch.tensor(3.0 - 1e-10, dtype=torch.float64, device=draw.device), *at)[1], 1e-4
    return worst(equal(y, x), equal(rise, 0.0), equal(near, 0.0, edge, "the slope at the edge is that of the tail"))


def _from_nflows(inputs: Mapping[str, Any]) -> Answers:
    from nflows.transforms.splines.rational_quadratic import rational_quadratic_spline

    x, w, h, d = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "widths", "heights", "slopes"))
    ends = torch.log(torch.expm1(torch.tensor([1 - 1e-3], dtype=torch.float64)))
    free = torch.cat([ends, d, ends])
    y, rise = rational_quadratic_spline(
        x, w.expand(len(x), -1), h.expand(len(x), -1), free.expand(len(x), -1), left=-3, right=3, bottom=-3, top=3
    )
    return {"y": y.tolist(), "log_slope": rise.tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, w, h, d = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "widths", "heights", "slopes"))
    y, rise = model.spline(x, *model.knots(w, h, d, 3.0))
    return {"y": y, "log_slope": rise}


def _fit_mixture(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """A spline on the mixture of two normals: its loss comes down to the entropy, its integral is 1."""
    law = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(draw.tensor([0.35, 0.65])),
        torch.distributions.Normal(draw.tensor([-1.5, 1.0]), draw.tensor([0.4, 0.6])),
    )
    grid = torch.linspace(-6, 6, 4001, dtype=torch.float64, device=draw.device)
    density, cell = torch.exp(law.log_prob(grid)), grid[1] - grid[0]
    entropy = float(-(density * law.log_prob(grid)).sum() * cell)
    free = [torch.zeros(n, dtype=torch.float64, device=draw.device).requires_grad_() for n in (16, 16, 15)]
    optimiser, kept, steps = torch.optim.Adam(free, lr=0.05), [], 400

    def log_prob(x: Tensor) -> Tensor:
        z, rise = model.spline(x, *model.knots(*free, 4.0))
        return torch.distributions.Normal(0.0, 1.0).log_prob(z) + rise

    for step in range(steps):
        optimiser.zero_grad()
        loss = -(density * log_prob(grid)).sum() * cell
        torch.autograd.backward(loss)
        optimiser.step()
        kept.append(loss.detach())
        progress((step + 1) / steps)
    losses = read(kept)
    with torch.no_grad():
        fitted = torch.exp(log_prob(grid))
    return Result(
        figures=(
            Figure("cross-entropy", losses[-1], predicted=entropy, allowed=0.005, unit="nats"),
            Figure("integral of the density", float(fitted.sum() * cell), predicted=1.0, allowed=1e-4),
        ),
        panels=(
            Panel(
                "density of the flow",
                "lines",
                {"flow": (grid.tolist(), fitted.tolist()), "law": (grid.tolist(), density.tolist())},
            ),
        ),
    )


SPLINE = Specification(
    name="neural_spline_flow",
    family="flows",
    systems=(149,),
    title="Neural spline flow, rational-quadratic",
    statement="y = y_k + h (s ξ² + d_k ξ(1 − ξ))/(s + (d_{k+1} + d_k − 2s) ξ(1 − ξ)) in bin k",
    page="reference_models.flows.splines",
    functions={"knots": splines.knots, "spline": splines.spline, "spline_inverse": splines.spline_inverse},
    properties=(
        Property(
            "rises everywhere, its log-slope that of autograd",
            _slope,
            Mutant("s for s² in the slope", {"spline": _unsquared}),
        ),
        Property(
            "passes through its knots with their slopes, from both sides",
            _through_knots,
            Mutant("the slopes belong to the knots before", {"spline": _shifted_slopes}),
        ),
        Property(
            "the root of the quadratic undoes it",
            _round_trip,
            Mutant("the log-slope is not turned round", {"spline_inverse": _forward_bins}),
        ),
        Property(
            "the identity outside the knots, smoothly joined",
            _tails,
            Mutant("the outer slopes are free", {"knots": _free_ends}),
        ),
    ),
    source="Durkan et al. 2019, section 3.1",
    oracles=(
        Oracle(
            package="nflows",
            inputs={
                "x": [-2.9, -1.7, -0.4, 0.0, 0.8, 1.9, 2.7],
                "widths": [0.3, -0.5, 0.8, 0.1],
                "heights": [-0.2, 0.6, 0.4, -0.9],
                "slopes": [0.5, -0.3, 1.2],
            },
            ask=_from_nflows,
            tell=_ours,
            tolerance=1e-9,
            conversion="the same free numbers and floors of 1e-3; nflows is given end slopes of 1",
        ),
    ),
    task=Task("a mixture of two normals, its density on a grid", _fit_mixture, training=True),
    conventions=("floors of 1e-3 on widths, heights and slopes", "identity tails"),
)

SPECIFICATIONS = (SPLINE,)
