"""Graph normalizing flow: row 195."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Model, Mutant, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, jacobian_log_det, repeated, worst
from reference_models.graphs import flow


def _parts(draw: Draw, n: int = 4, d: int = 2) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    upper = torch.triu(draw.bits(n, n), 1)
    upper[0, 1] = 1.0
    return upper + upper.mT, 0.7 * draw.normal(3, n, 2 * d), 0.5 * draw.normal(d, d), 0.5 * draw.normal(d, d)


def _round_trip(model: Model, draw: Draw) -> Outcome:
    a, x, ws, wt = _parts(draw)
    return equal(model.uncouple(a, model.couple(a, x, ws, wt)[0], ws, wt), x)


def _jacobian(model: Model, draw: Draw) -> Outcome:
    a, x, ws, wt = _parts(draw, 3, 1)

    def flat(v: Tensor) -> Tensor:
        return flow.couple(a, v.reshape(-1, 3, 2), ws, wt)[0].flatten(1)

    return equal(model.couple(a, x, ws, wt)[1], jacobian_log_det(flat, x.flatten(1)), 1e-9)


def _equivariant(model: Model, draw: Draw) -> Outcome:
    a, x, ws, wt = _parts(draw)
    order = torch.tensor([3, 0, 1, 2], device=draw.device)
    turned = a[order][:, order]
    y, log_det = model.couple(a, x, ws, wt)
    moved, same = model.couple(turned, x[:, order], ws, wt)
    return worst(
        equal(moved, y[:, order]),
        equal(same, log_det),
        equal(model.log_prob(turned, x[:, order], ws, wt), model.log_prob(a, x, ws, wt)),
    )


def _mass(model: Model, draw: Draw) -> Outcome:
    a, ws, wt = draw.tensor([[0.0]]), draw.uniform(0.2, 0.8, 1, 1), draw.uniform(-0.5, 0.5, 1, 1)
    grid = torch.linspace(-22, 22, 441, dtype=torch.float64, device=draw.device)
    x = torch.cartesian_prod(grid, grid)[:, None]  # one node of two features
    return equal(torch.exp(model.log_prob(a, x, ws, wt)).sum() * (grid[1] - grid[0]) ** 2, 1.0, 1e-4)


def _bound(model: Model, draw: Draw) -> Outcome:
    t, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(12))
    u, weight = torch.cartesian_prod((t + 1) / 2, (t + 1) / 2), (w[:, None] * w).flatten() / 4
    mean, s = draw.uniform(0, 2, 2), draw.uniform(0.4, 1.5)

    def log_density(y: Tensor) -> Tensor:
        return (-((y - mean) ** 2) / (2 * s**2) - torch.log(s * math.sqrt(2 * math.pi))).sum(-1)

    checks, total = [], draw.tensor(0.0)
    for bits in torch.cartesian_prod(draw.tensor([0, 1]), draw.tensor([0, 1])):
        mass = weight @ torch.exp(log_density(bits + u))  # ∫ p(A + u) du
        checks.append(at_most(weight @ model.bound(log_density, bits, u), torch.log(mass)))
        cells = torch.special.ndtr((bits + 1 - mean) / s) - torch.special.ndtr((bits - mean) / s)
        checks.append(equal(mass, cells.prod(), 1e-8))
        total = total + torch.exp(model.bound(log_density, bits, u)) @ weight
    inside = torch.special.ndtr((2 - mean) / s) - torch.special.ndtr(-mean / s)
    return worst(*checks, equal(total, inside.prod(), 1e-8))


def _no_minus(adjacency: Tensor, y: Tensor, ws: Tensor, wt: Tensor) -> Tensor:
    a, b = y.chunk(2, -1)
    s, t = flow.scale_and_shift(adjacency, a, ws, wt)
    return torch.cat([a, b * torch.exp(-s) - t], -1)


def _mean_log_det(adjacency: Tensor, x: Tensor, ws: Tensor, wt: Tensor) -> tuple[Tensor, Tensor]:
    y, log_det = flow.couple(adjacency, x, ws, wt)
    return y, log_det / x.shape[-2]


def _ordered(adjacency: Tensor, x: Tensor, ws: Tensor, wt: Tensor) -> tuple[Tensor, Tensor]:
    a, b = x.chunk(2, -1)
    gathered = a + torch.tril(adjacency) @ a  # only neighbours with smaller numbers
    s = torch.tanh(gathered @ ws.mT)
    return torch.cat([a, b * torch.exp(s) + gathered @ wt.mT], -1), s.sum((-2, -1))


def _one_log_det(adjacency: Tensor, x: Tensor, ws: Tensor, wt: Tensor) -> Tensor:
    y, _ = flow.couple(adjacency, x, ws, wt)
    return flow.log_prob(adjacency, x, ws, wt) - flow.couple(adjacency, flow.swap(y), ws, wt)[1]


def _centred(log_density: Callable[[Tensor], Tensor], bits: Tensor, u: Tensor) -> Tensor:
    found: Tensor = log_density(bits + u - 0.5)
    return found


GRAPH_FLOW = Specification(
    name="graph_flow",
    family="graphs",
    systems=(195,),
    title="Graph normalizing flow",
    statement="(a, b) ↦ (a, b e^(s(a, A)) + t(a, A)), log |det| = Σ s; log P(A) ≥ E_u log p(A + u)",
    page="reference_models.graphs.flow",
    functions={
        "couple": flow.couple,
        "uncouple": flow.uncouple,
        "log_prob": flow.log_prob,
        "bound": flow.dequantised_bound,
    },
    properties=(
        Property("the inverse undoes it", _round_trip, Mutant("t is taken off last", {"uncouple": _no_minus})),
        Property(
            "Σ s is autograd's log-determinant", _jacobian, Mutant("a mean over nodes", {"couple": _mean_log_det})
        ),
        Property(
            "renumbering nodes renumbers features",
            repeated(_equivariant, 10),
            Mutant("messages from smaller numbers only", {"couple": _ordered}),
        ),
        Property("mass 1", _mass, Mutant("the second layer's Σ s is missing", {"log_prob": _one_log_det})),
        Property("dequantised: a lower bound of the cell's mass", _bound, Mutant("u in [−½, ½)", {"bound": _centred})),
    ),
    source="Liu et al. 2019, section 3",
    conventions=("forward: data to noise",),
)

SPECIFICATIONS = (GRAPH_FLOW,)
