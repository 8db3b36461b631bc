"""Noise schedules: row 154."""

from __future__ import annotations

import math
from collections.abc import Mapping
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
from numerics.specifications.outcomes import at_most, close, equal, true, worst
from reference_models.diffusion import chain


def _betas(model: Model, draw: Draw) -> Outcome:
    steps = draw.whole(5, 1000)
    found = []
    for bars in (model.bars_of(model.linear_schedule(steps)), model.cosine_bars(steps)):
        beta = model.schedule_of(bars)
        found += [
            true(((beta > 0) & (beta < 1)).all(), "β in (0, 1)"),
            at_most(model.snr(bars[1:])[1:], model.snr(bars[1:])[:-1]),
        ]
    return worst(*found)


def _with_std(bar: Tensor) -> Tensor:
    return (1 - bar) / bar


def _known_end(model: Model, draw: Draw) -> Outcome:
    bars = model.bars_of(model.linear_schedule(1000))
    log_end = sum(math.log1p(-(1e-4 + i * (0.02 - 1e-4) / 999)) for i in range(1000))
    return worst(close(torch.log(bars[-1]), log_end), equal(bars[-1], 4.04e-5, 5e-8, "published as 4.0e-5"))


def _scaled_linear(steps: int, first: float = 1e-4, last: float = 0.02) -> Tensor:
    return torch.linspace(first**0.5, last**0.5, steps, dtype=torch.float64) ** 2


def _cosine(model: Model, draw: Draw) -> Outcome:
    steps = draw.whole(10, 300)
    bars = model.cosine_bars(steps)
    again = model.bars_of(model.schedule_of(bars))
    middle = torch.cos(torch.tensor((0.5 + 0.008) / 1.008 * math.pi / 2)) ** 2
    half = model.cosine_bars(2 * steps)[steps] * math.cos(0.008 / 1.008 * math.pi / 2) ** 2
    return worst(close(again[:-1], bars[:-1]), equal(bars[0], 1.0), close(half, middle.double(), 1e-6))


def _unsquared(steps: int, s: float = 0.008) -> Tensor:
    return torch.sqrt(chain.cosine_bars(steps, s))


def _cosine_from_diffusers(inputs: Mapping[str, Any]) -> Answers:
    from diffusers import DDPMScheduler

    found = DDPMScheduler(num_train_timesteps=inputs["steps"], beta_schedule="squaredcos_cap_v2")
    return {"beta": found.betas.double().tolist()}


def _our_cosine(model: Model, inputs: Mapping[str, Any]) -> Answers:
    return {"beta": model.schedule_of(model.cosine_bars(inputs["steps"]))}


SCHEDULES = Specification(
    name="noise_schedules",
    family="diffusion",
    systems=(154,),
    title="Noise schedules, linear and cosine",
    statement="ᾱ_t = Π (1 − β_s), β linear; or ᾱ_t = cos²((t/T + s)/(1 + s) π/2) over its value at 0",
    page="reference_models.diffusion.chain",
    functions={
        name: getattr(chain, name) for name in ("linear_schedule", "cosine_bars", "schedule_of", "bars_of", "snr")
    },
    properties=(
        Property("β in (0, 1), the signal-to-noise ratio falls", _betas, Mutant("noise to signal", {"snr": _with_std})),
        Property(
            "ᾱ_1000 of the linear schedule is 4.0e-5",
            _known_end,
            Mutant("linear in √β", {"linear_schedule": _scaled_linear}),
        ),
        Property(
            "the cosine's β give its ᾱ back, and its middle value",
            _cosine,
            Mutant("the cosine isn't squared", {"cosine_bars": _unsquared}),
        ),
    ),
    source="Ho et al. 2020, section 4; Nichol and Dhariwal 2021, section 3.2",
    oracles=(
        Oracle(
            package="diffusers",
            inputs={"steps": 20},
            ask=_cosine_from_diffusers,
            tell=_our_cosine,
            tolerance=1e-6,
            conversion="squaredcos_cap_v2, whose β are in float32",
        ),
    ),
    conventions=("ᾱ_0 = 1", "β of the cosine is cut at 0.999"),
)

SPECIFICATIONS = (SCHEDULES,)
