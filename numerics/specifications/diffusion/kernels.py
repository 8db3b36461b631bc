"""The diffusions that preserve and that explode variance, and their kernels: rows 158 and 159."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.diffusion import sde

B0, B1 = 0.1, 5.0
Density = Callable[[Tensor, Tensor], Tensor]


def _vp_moments(model: Model, draw: Draw) -> Outcome:
    """d factor/dt = −½β factor and d variance/dt = β (1 − variance)."""
    t = draw.uniform(0.0, 1.0, 5)
    beta = model.vp_diffusion(t, B0, B1) ** 2
    factor, variance = model.vp_kernel(t, B0, B1)
    down = gradient(lambda s: model.vp_kernel(s, B0, B1)[0], t)
    up = gradient(lambda s: model.vp_kernel(s, B0, B1)[1], t)
    return worst(close(down, model.vp_drift(factor, t, B0, B1)), close(up, beta * (1 - variance)))


def _std_kernel(t: Tensor, b0: float, b1: float) -> tuple[Tensor, Tensor]:
    factor, variance = sde.vp_kernel(t, b0, b1)
    return factor, torch.sqrt(variance)


def _vp_limits(model: Model, draw: Draw) -> Outcome:
    t = draw.uniform(0, 1, 4)
    factor, variance = model.vp_kernel(t, B0, B1)
    end = model.vp_kernel(draw.tensor(1.0), 0.1, 40.0)
    return worst(
        close(factor**2 + variance, 1.0), equal(end[1], 1.0, 1e-8), equal(model.vp_kernel(0 * t, B0, B1)[1], 0.0)
    )


def _slow_area(t: Tensor, b0: float, b1: float) -> tuple[Tensor, Tensor]:
    area = b0 * t + (b1 - b0) * t**2 / 2
    return torch.exp(-area), -torch.expm1(-area)


def _ddpm_limit(model: Model, draw: Draw) -> Outcome:
    """β_i = β(i/N)/N: Π (1 − β_i) nears the factor squared, with an error that falls as 1/N."""
    errors = []
    for n in (1000, 4000):
        i = torch.arange(1, n + 1, dtype=torch.float64, device=draw.device) / n
        product = torch.log1p(-(model.vp_diffusion(i, B0, B1) ** 2) / n).sum()
        errors.append(float(product - 2 * torch.log(model.vp_kernel(draw.tensor(1.0), B0, B1)[0])))
    return worst(equal(errors[1], 0.0, 5e-3), equal(errors[0] / errors[1], 4.0, 0.1))


VP = Specification(
    name="vp_sde",
    family="diffusion",
    systems=(158,),
    title="VP SDE",
    statement="dx = −½β(t) x dt + √β(t) dw",
    page="reference_models.diffusion.sde",
    functions={"vp_drift": sde.vp_drift, "vp_diffusion": sde.vp_diffusion, "vp_kernel": sde.vp_kernel},
    properties=(
        Property(
            "the kernel's moments solve their equations",
            _vp_moments,
            Mutant("a standard deviation for the variance", {"vp_kernel": _std_kernel}),
        ),
        Property(
            "factor² + variance = 1, and the variance tends to 1",
            _vp_limits,
            Mutant("the factor falls twice as fast", {"vp_kernel": _slow_area}),
        ),
        Property(
            "the limit of DDPM as steps grow",
            _ddpm_limit,
            Mutant("the factor falls twice as fast", {"vp_kernel": _slow_area}),
        ),
    ),
    source="Song et al. 2021, section 3.4 and appendix B",
    conventions=("kernels give a variance", "β is linear in time"),
)


def _ve_moments(model: Model, draw: Draw) -> Outcome:
    t = draw.uniform(0, 1, 5)
    variance = model.ve_kernel(t, 0.1, 8.0)[1]
    rate = gradient(lambda s: model.ve_kernel(s, 0.1, 8.0)[1], t)
    start = draw.uniform(0.2, 2)
    total = start**2 + variance - (start**2 + (0.1 * 80.0**t) ** 2 - 0.1**2)
    return worst(close(rate, model.ve_diffusion(t, 0.1, 8.0) ** 2), equal(total, 0.0))


def _from_zero(t: Tensor, s0: float, s1: float) -> tuple[Tensor, Tensor]:
    variance = (s0 * (s1 / s0) ** t) ** 2
    return torch.ones_like(variance), variance


def _no_root_of_two(t: Tensor, s0: float, s1: float) -> Tensor:
    return sde.ve_diffusion(t, s0, s1) / math.sqrt(2)


def _ncsn_limit(model: Model, draw: Draw) -> Outcome:
    """Steps x_i = x_{i−1} + √(σ_i² − σ_{i−1}²) ξ add up to the kernel, and each nears g² dt."""
    n = 500
    sigma = 0.1 * (80.0) ** (torch.arange(n + 1, dtype=torch.float64, device=draw.device) / n)
    steps = sigma[1:] ** 2 - sigma[:-1] ** 2
    middle = (torch.arange(n, dtype=torch.float64, device=draw.device) + 0.5) / n
    expected = model.ve_diffusion(middle, 0.1, 8.0) ** 2 / n
    return worst(close(steps.sum(), model.ve_kernel(draw.tensor(1.0), 0.1, 8.0)[1]), equal(steps / expected, 1.0, 1e-4))


def _numbers(inputs: Mapping[str, Any], *names: str) -> list[Tensor]:
    return [torch.tensor(inputs[name], dtype=torch.float64) for name in names]


def _by_diffusers(inputs: Mapping[str, Any]) -> Answers:
    from diffusers import ScoreSdeVeScheduler

    n, (s0, s1) = inputs["steps"], inputs["sigma"]
    found = ScoreSdeVeScheduler(num_train_timesteps=n, sigma_min=s0, sigma_max=s1, sampling_eps=1e-5)
    found.set_timesteps(n)
    found.set_sigmas(n)
    x, score = (torch.tensor(inputs[name], dtype=torch.float32) for name in ("x", "score"))
    steps = [found.step_pred(score, i / (n - 1) + 1e-4, x).prev_sample_mean.tolist() for i in range(1, n)]
    return {"sigma": found.discrete_sigmas.tolist(), "means": steps}


def _our_steps(model: Model, inputs: Mapping[str, Any]) -> Answers:
    n, (s0, s1) = inputs["steps"], inputs["sigma"]
    x, score = _numbers(inputs, "x", "score")
    times = torch.linspace(0, 1, n, dtype=torch.float64)
    variance = model.ve_kernel(times, s0, s1)[1]
    added = torch.diff(variance)  # σ_i² − σ_{i−1}², of one step
    return {"sigma": torch.sqrt(variance + s0**2), "means": x + added[:, None, None] * score}


VARIANCE_EXPLODING = Oracle(
    package="diffusers",
    inputs={"steps": 8, "sigma": [0.01, 50.0], "x": [[1.0, -2.0], [0.5, 3.0]], "score": [[0.3, -0.1], [-0.7, 0.2]]},
    ask=_by_diffusers,
    tell=_our_steps,
    tolerance=1e-5,
    conversion="σ of step i is σ(i/(n − 1)); a step adds σ_i² − σ_{i−1}²; diffusers computes in float32",
)

VE = Specification(
    name="ve_sde",
    family="diffusion",
    systems=(159,),
    title="VE SDE",
    statement="dx = √(dσ²/dt) dw, variance σ_0² + σ²(t) − σ²(0)",
    page="reference_models.diffusion.sde",
    functions={"ve_diffusion": sde.ve_diffusion, "ve_kernel": sde.ve_kernel},
    properties=(
        Property(
            "the variance is σ²(t) − σ²(0), its rate g²",
            _ve_moments,
            Mutant("σ²(0) is not taken off", {"ve_kernel": _from_zero}),
        ),
        Property(
            "the limit of noise at discrete levels",
            _ncsn_limit,
            Mutant("√2 is lost in g", {"ve_diffusion": _no_root_of_two}),
        ),
    ),
    source="Song et al. 2021, section 3.4 and appendix B",
    oracles=(VARIANCE_EXPLODING,),
    conventions=("σ is geometric in time", "kernels give a variance"),
)

SPECIFICATIONS = (VP, VE)
