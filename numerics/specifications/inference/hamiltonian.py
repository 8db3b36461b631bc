"""Hamiltonian Monte Carlo: row 79."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Panel,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import equal, jacobian_log_det, mean_is
from reference_models.inference import dynamics

PAGE = "reference_models.inference.dynamics"


def _quartic(x: Tensor) -> Tensor:
    return -(x**2).sum(-1) / 2 - (x**4).sum(-1) / 20 - 0.3 * x[:, 0] * x[:, 1]


def _slope(x: Tensor) -> Tensor:
    return -x - x**3 / 5 - 0.3 * x.flip(-1)


def _flow(model: Model, draw: Draw, inverse_mass: Tensor, count: int = 5) -> Callable[[Tensor], Tensor]:
    return lambda s: torch.cat(model.leapfrog(s[:, :2], s[:, 2:], _slope, 0.3, count, inverse_mass), -1)


def _volume(model: Model, draw: Draw) -> Outcome:
    return equal(jacobian_log_det(_flow(model, draw, draw.uniform(0.5, 2, 2)), draw.normal(3, 4)), 0.0)


def _reversible(model: Model, draw: Draw) -> Outcome:
    flow, state = _flow(model, draw, draw.uniform(0.5, 2, 2)), draw.normal(4, 4)
    turn = draw.tensor([1, 1, -1, -1])
    return equal(turn * flow(turn * flow(state)), state)


def _second_order(model: Model, draw: Draw) -> Outcome:
    """Over a fixed time the energy error falls by 4 when steps are halved."""
    q, r, mass = draw.normal(60, 2), draw.normal(60, 2), draw.uniform(0.5, 2, 2)
    errors = []
    for step, count in ((0.05, 16), (0.025, 32)):
        q1, r1 = model.leapfrog(q, r, _slope, step, count, mass)
        change = model.energy(q1, r1, _quartic, mass) - model.energy(q, r, _quartic, mass)
        errors.append(change.abs().mean())
    return equal(errors[0] / errors[1], 4.0, 0.4)


def _hmc_exact(model: Model, draw: Draw) -> Outcome:
    n, scale = 20_000, draw.tensor([1, 2])

    def log_density(x: Tensor) -> Tensor:
        return -((x / scale) ** 2).sum(-1) / 2

    x = scale * draw.normal(n, 2)
    mass = draw.tensor([1, 4])
    after, _ = model.hmc_step(
        x, draw.normal(n, 2), draw.uniform(1e-15, 1, n), log_density, lambda v: -v / scale**2, 1.5, 3, mass
    )
    return mean_is(torch.cat([after, after**2], -1), draw.tensor([0, 0, 1, 4]))


def _euler(q: Tensor, r: Tensor, score: dynamics.Field, step: float, n: int, mass: Tensor) -> tuple[Tensor, Tensor]:
    for _ in range(n):
        q, r = q + step * mass * r, r + step * score(q)  # both by the old values
    return q, r


def _full_kicks(
    q: Tensor, r: Tensor, score: dynamics.Field, step: float, n: int, mass: Tensor
) -> tuple[Tensor, Tensor]:
    for _ in range(n):
        r = r + step * score(q)
        q = q + step * mass * r
    return q, r


def _never_rejects(q: Tensor, noise: Tensor, u: Tensor, *rest: Any) -> tuple[Tensor, Tensor]:
    return dynamics.hmc_step(q, noise, 0 * u, *rest)


def _hmc_task(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """1 000 chains of 60 trajectories on a normal law in 10 dimensions, from the origin."""
    n, d, steps = 1000, 10, 60
    scale = torch.linspace(0.5, 2, d, dtype=torch.float64, device=draw.device)
    x, rates = torch.zeros(n, d, dtype=torch.float64, device=draw.device), []
    for step in range(steps):
        x, accepted = model.hmc_step(
            x,
            draw.normal(n, d),
            draw.uniform(1e-15, 1, n),
            lambda v: -((v / scale) ** 2).sum(-1) / 2,
            lambda v: -v / scale**2,
            float(draw.uniform(0.2, 0.4)),
            10,
            torch.ones_like(scale),
        )
        rates.append(float(accepted.double().mean()))
        progress((step + 1) / steps)
    ratio = (x.var(0) / scale**2).tolist()
    return Result(
        (
            Figure("mean of variance over its prediction", sum(ratio) / d, 1.0, 0.1),
            Figure("largest of variance over its prediction", max(ratio), 1.0, 0.3),
            Figure("share accepted", sum(rates) / steps),
        ),
        (Panel("variance found over the true one", "bars", {"coordinates": (list(range(d)), ratio)}),),
    )


HMC = Specification(
    name="hamiltonian_monte_carlo",
    family="inference",
    systems=(79,),
    title="Hamiltonian Monte Carlo",
    statement="leapfrog of H = U + ½ rᵀM⁻¹r, accepted with probability min(1, e^(−ΔH))",
    page=PAGE,
    functions={"leapfrog": dynamics.leapfrog, "energy": dynamics.energy, "hmc_step": dynamics.hmc_step},
    properties=(
        Property(
            "leapfrog keeps volume: its Jacobian has determinant 1",
            _volume,
            Mutant("Euler: both move by the old values", {"leapfrog": _euler}),
        ),
        Property(
            "with the momentum turned round it goes back",
            _reversible,
            Mutant("whole kicks at the start and none at the end", {"leapfrog": _full_kicks}),
        ),
        Property(
            "the energy error is of second order",
            _second_order,
            Mutant("whole kicks at the start and none at the end", {"leapfrog": _full_kicks}),
        ),
        Property(
            "a step leaves a normal target as it is, even with long steps",
            _hmc_exact,
            Mutant("every trajectory is accepted", {"hmc_step": _never_rejects}),
        ),
    ),
    source="Neal 2011, sections 5.2 and 5.3",
    task=Task("1 000 chains on a normal law in ten dimensions", _hmc_task),
    conventions=("a diagonal mass, given by its inverse",),
)

SPECIFICATIONS = (HMC,)
