"""The probability-flow ODE: row 160."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from numerics.specifications.contract import (
    Model,
    Mutant,
    Outcome,
    Property,
    Specification,
)
from numerics.specifications.diffusion.sde import flux, log_slope, mixture, rate_of_change, vp_moments
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import close, worst
from reference_models.diffusion import sde

B0, B1 = 0.1, 5.0
Density = Callable[[Tensor, Tensor], Tensor]


def _ode_marginals(model: Model, draw: Draw) -> Outcome:
    """Continuity: ∂p/∂t = −∂(v p)/∂x with the ODE's velocity, for a mixture."""
    log_p, t, x = mixture(draw, vp_moments), draw.uniform(0.1, 0.9), draw.uniform(-2, 2, 7)
    g, score = sde.vp_diffusion(t, B0, B1), log_slope(log_p, t)
    found = flux(lambda v: model.ode_drift(sde.vp_drift(v, t, B0, B1), g, score(v)), log_p, x, t, 0.0)
    return close(found, rate_of_change(log_p, x, t), 1e-7)


def _whole_score(f: Tensor, g: Tensor, score: Tensor) -> Tensor:
    return f - g**2 * score


def _normal_velocity(model: Model, mean: Tensor, std: Tensor) -> sde.Field:
    def velocity(x: Tensor, t: Tensor) -> Tensor:
        factor, variance = vp_moments(t)
        score = -(x - factor * mean) / (factor**2 * std**2 + variance)
        return model.ode_drift(sde.vp_drift(x, t, B0, B1), sde.vp_diffusion(t, B0, B1), score)

    return velocity


def _likelihood(model: Model, draw: Draw) -> Outcome:
    """For a normal law: the exact density by the ODE, and the exact map of deviations."""
    mean, std, x = draw.normal(1), draw.uniform(0.5, 1.5), draw.normal(3, 1)
    factor, variance = vp_moments(draw.tensor(1.0))
    end = torch.distributions.Normal(factor * mean, torch.sqrt(factor**2 * std**2 + variance))
    velocity = _normal_velocity(model, mean, std)
    found = model.ode_log_prob(velocity, x, lambda z: end.log_prob(z).sum(-1), 6)
    return close(found, torch.distributions.Normal(mean, std).log_prob(x).sum(-1), 1e-3)


def _minus_trace(velocity: sde.Field, x: Tensor, end_log_prob: Callable[[Tensor], Tensor], steps: int) -> Tensor:
    end, total = sde.ode_path(velocity, x, 0.0, 1.0, steps)
    return end_log_prob(end) - total


def _invertible(model: Model, draw: Draw) -> Outcome:
    mean, std, x = draw.normal(1), draw.uniform(0.5, 0.7), draw.normal(3, 1)
    velocity = _normal_velocity(model, mean, std)
    there, _ = model.ode_path(velocity, x, 0.0, 1.0, 5)
    back, _ = model.ode_path(velocity, there, 1.0, 0.0, 5)
    factor, variance = vp_moments(draw.tensor(1.0))
    exact = factor * mean + (x - mean) / std * torch.sqrt(factor**2 * std**2 + variance)
    return worst(close(back, x, 4e-3), close(there, exact, 2e-3))


def _back_in_time(velocity: sde.Field, x: Tensor, start: float, end: float, steps: int) -> tuple[Tensor, Tensor]:
    h, total = (end - start) / steps, torch.zeros_like(x[..., 0])
    for i in range(steps):  # Euler with the time of the wrong end
        x = x + h * velocity(x, torch.tensor(end - i * h, dtype=x.dtype, device=x.device))
    return x, total


PF_ODE = Specification(
    name="probability_flow_ode",
    family="diffusion",
    systems=(160,),
    title="Probability-flow ODE",
    statement="dx/dt = f − ½ g² ∇ log p_t",
    page="reference_models.diffusion.sde",
    functions={"ode_drift": sde.ode_drift, "ode_path": sde.ode_path, "ode_log_prob": sde.ode_log_prob},
    properties=(
        Property(
            "has the marginals of the SDE, by the continuity equation",
            _ode_marginals,
            Mutant("the whole score", {"ode_drift": _whole_score}),
        ),
        Property(
            "gives a normal law its exact density",
            _likelihood,
            Mutant("the divergence is subtracted", {"ode_log_prob": _minus_trace}),
        ),
        Property(
            "runs back to where it started, by the exact map",
            _invertible,
            Mutant("time runs from the wrong end", {"ode_path": _back_in_time}),
        ),
    ),
    source="Song et al. 2021, section 4.3",
    conventions=("Runge-Kutta of order 4, equal steps", "time 0 is data"),
)

SPECIFICATIONS = (PF_ODE,)
