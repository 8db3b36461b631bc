"""DDIM and distillation: rows 155 and 168."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
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
from numerics.specifications.outcomes import close, equal, gradient, worst
from reference_models.diffusion import implicit


def _times(draw: Draw) -> tuple[Tensor, Tensor]:
    later = draw.uniform(0.3, 0.95)
    return later * draw.uniform(0.2, 0.9), later


def _posterior_of_ddpm(model: Model, draw: Draw) -> Outcome:
    """At η = 1: slope in the noise and mean are those of Bayes' rule for q(x_s | x_t, x_0)."""
    (bar, later), x0, e = _times(draw), draw.normal(3), draw.normal(3)
    x = torch.sqrt(bar) * x0 + torch.sqrt(1 - bar) * e
    alpha, one, zero = bar / later, draw.tensor(1.0), torch.zeros_like(x)
    precision = alpha / (1 - alpha) + 1 / (1 - later)  # of x_s: the step's and the prior's
    mean = (torch.sqrt(alpha) * x / (1 - alpha) + torch.sqrt(later) * x0 / (1 - later)) / precision
    spread = gradient(lambda z: model.step(x, e, bar, later, one, z), zero)
    return worst(close(model.step(x, e, bar, later, one, zero), mean), close(spread**2, 1 / precision))


def _marginal(model: Model, draw: Draw) -> Outcome:
    """Whatever η: x_s given x_0 has mean √ᾱ_s x_0 and variance 1 − ᾱ_s."""
    (bar, later), x0, eta = _times(draw), draw.normal(), draw.uniform(0, 1)

    def run(noise: Tensor) -> Tensor:
        x = torch.sqrt(bar) * x0 + torch.sqrt(1 - bar) * noise[0]
        return model.step(x, noise[0], bar, later, eta, noise[1])

    zero = draw.tensor([0.0, 0.0])
    return worst(close(run(zero), torch.sqrt(later) * x0), close((gradient(run, zero) ** 2).sum(), 1 - later))


def _noise_not_made_room(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, noise: Tensor) -> Tensor:
    start = (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)
    variance = implicit.fresh_variance(bar, later, eta)
    return torch.sqrt(later) * start + torch.sqrt(1 - later) * eps + torch.sqrt(variance) * noise


def _eta_of_ddpm(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, noise: Tensor) -> Tensor:
    variance = eta**2 * (1 - bar / later)  # β_t for β̃_t
    start = (x - torch.sqrt(1 - bar) * eps) / torch.sqrt(bar)
    kept = torch.sqrt((1 - later - variance).clamp_min(0.0))
    return torch.sqrt(later) * start + kept * eps + torch.sqrt(variance) * noise


def _euler(model: Model, draw: Draw) -> Outcome:
    """η = 0: an Euler step of d(x/√ᾱ) = ε dσ with σ = √((1 − ᾱ)/ᾱ)."""
    (bar, later), x, e, zero = _times(draw), draw.normal(4), draw.normal(4), draw.tensor(0.0)
    sigma = [torch.sqrt((1 - a) / a) for a in (bar, later)]
    expected = x / torch.sqrt(bar) + (sigma[1] - sigma[0]) * e
    return close(model.step(x, e, bar, later, zero, draw.normal(4)) / torch.sqrt(later), expected)


def _old_scale(x: Tensor, eps: Tensor, bar: Tensor, later: Tensor, eta: Tensor, noise: Tensor) -> Tensor:
    return implicit.step(x, eps, bar, later, eta, noise) * torch.sqrt(bar / later)


def _normal_eps(mean: Tensor, std: Tensor) -> implicit.Network:
    return lambda x, bar: torch.sqrt(1 - bar) * (x - torch.sqrt(bar) * mean) / (bar * std**2 + 1 - bar)


def _point(model: Model, draw: Draw) -> Outcome:
    """Data that are one point: any number of steps leads to it."""
    point, steps = draw.normal(2), draw.whole(1, 5)
    bars = torch.sort(draw.uniform(0.02, 0.95, steps)).values
    return close(model.sample(_normal_eps(point, draw.tensor(0.0)), draw.normal(6, 2), bars), point.expand(6, 2), 1e-8)


def _stops_early(eps: implicit.Network, x: Tensor, bars: Tensor) -> Tensor:
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    for bar, later in pairwise(bars):
        x = implicit.step(x, eps(x, bar), bar, later, zero, x)
    return x


def _from_diffusers(inputs: Mapping[str, Any]) -> Answers:
    from diffusers import DDIMScheduler

    found = DDIMScheduler(num_train_timesteps=1000, clip_sample=False)
    bars = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)
    found.alphas_cumprod, found.final_alpha_cumprod = bars, torch.tensor(1.0, dtype=torch.float64)
    found.set_timesteps(10)
    x, eps, noise = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "eps", "noise"))
    answers = {}
    for t in inputs["t"]:
        for eta in inputs["eta"]:
            answers[f"t {t} eta {eta}"] = found.step(eps, t, x, eta=eta, variance_noise=noise).prev_sample.tolist()
    return answers


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    bars = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)
    x, eps, noise = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "eps", "noise"))
    answers = {}
    for t in inputs["t"]:
        later = bars[t - 100] if t >= 100 else torch.ones((), dtype=torch.float64)
        for eta in inputs["eta"]:
            answers[f"t {t} eta {eta}"] = model.step(
                x, eps, bars[t], later, torch.tensor(eta, dtype=torch.float64), noise
            )
    return answers


def _steps_and_law(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Deterministic sampling of N(1, 1/2²) with its exact noise: the deviation nears 1/2 as steps grow."""
    mean, std, counts = draw.tensor(1.0), draw.tensor(0.5), [1, 2, 5, 10, 20, 50, 100, 200]
    eps, found = _normal_eps(mean, std), []
    for i, count in enumerate(counts):
        # equal steps of the angle whose cosine is √ᾱ: from 1e-4 of signal to nearly all
        bars = torch.cos(torch.linspace(1.5607, 0.0, count + 1, dtype=torch.float64, device=draw.device)[:-1]) ** 2
        x = draw.tensor([[1.0], [-1.0]]) * torch.sqrt(1 - bars[0] + bars[0] * std**2) + torch.sqrt(bars[0]) * mean
        end = model.sample(eps, x, bars)
        found.append(float((end[0] - end[1]) / 2))  # the map is linear: ±1 deviation in, ±1 deviation out
        progress((i + 1) / len(counts))
    return Result(
        figures=(
            Figure("deviation after one step (all start at the mean)", found[0], predicted=0.0, allowed=0.02),
            Figure("deviation after 200 steps", found[-1], predicted=0.5, allowed=0.01),
            Figure("error of 100 steps over that of 200", abs(found[-2] - 0.5) / abs(found[-1] - 0.5), 2.0, 0.2),
        ),
        panels=(Panel("deviation against steps", "lines", {"DDIM": (counts, found), "data": (counts, [0.5] * 8)}),),
    )


DDIM = Specification(
    name="ddim",
    family="diffusion",
    systems=(155,),
    title="DDIM",
    statement="x_s = √ᾱ_s x̂_0 + √(1 − ᾱ_s − σ²) ε + σ z, σ = η σ_DDPM",
    page="reference_models.diffusion.implicit",
    functions={"fresh_variance": implicit.fresh_variance, "step": implicit.step, "sample": implicit.sample},
    properties=(
        Property(
            "η = 1 is the way back of DDPM", _posterior_of_ddpm, Mutant("β_t for its variance", {"step": _eta_of_ddpm})
        ),
        Property(
            "every η keeps the law of x_s given x_0",
            _marginal,
            Mutant("no room is made for the fresh noise", {"step": _noise_not_made_room}),
        ),
        Property(
            "η = 0 is an Euler step of the ODE in x/√ᾱ",
            _euler,
            Mutant("the scale of time t is kept", {"step": _old_scale}),
        ),
        Property(
            "exact for data that are one point, in any number of steps",
            _point,
            Mutant("the step to ᾱ = 1 is left out", {"sample": _stops_early}),
        ),
    ),
    source="Song, Meng and Ermon 2020, section 4",
    oracles=(
        Oracle(
            package="diffusers",
            inputs={
                "x": [0.3, -1.2, 0.8],
                "eps": [1.1, 0.4, -0.9],
                "noise": [0.2, -0.5, 0.7],
                "t": [0, 100, 500, 900],
                "eta": [0.0, 0.4, 1.0],
            },
            ask=_from_diffusers,
            tell=_ours,
            tolerance=1e-9,
            conversion="t from 0 with leading spacing of 10 steps; no clipping; the schedule replaced by float64",
        ),
    ),
    task=Task("a normal law with its exact noise", _steps_and_law),
    conventions=("η scales a standard deviation", "the last step goes to ᾱ = 1"),
)


def _two_in_one(model: Model, draw: Draw) -> Outcome:
    bars = torch.sort(draw.uniform(0.05, 0.95, 3)).values
    x, eps, zero = draw.normal(5, 2), _normal_eps(draw.normal(2), draw.uniform(0.3, 2)), draw.tensor(0.0)
    start = model.student_start(x, eps, *bars)
    noise = (x - torch.sqrt(bars[0]) * start) / torch.sqrt(1 - bars[0])
    once = implicit.step(x, noise, bars[0], bars[2], zero, x)
    halfway = implicit.step(x, eps(x, bars[0]), bars[0], bars[1], zero, x)
    return close(once, implicit.step(halfway, eps(halfway, bars[1]), bars[1], bars[2], zero, x), 1e-7)


def _teachers_second(x: Tensor, eps: implicit.Network, bar: Tensor, middle: Tensor, later: Tensor) -> Tensor:
    zero = torch.zeros((), dtype=x.dtype, device=x.device)
    halfway = implicit.step(x, eps(x, bar), bar, middle, zero, x)
    return (halfway - torch.sqrt(1 - middle) * eps(halfway, middle)) / torch.sqrt(middle)


def _exact_map(mean: Tensor, std: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """Where the ODE of N(mean, std²) leads from (x, ᾱ): deviations from the mean keep their number of deviations."""
    return lambda x, bar: mean + std * (x - torch.sqrt(bar) * mean) / torch.sqrt(bar * std**2 + 1 - bar)


def _consistent(model: Model, draw: Draw) -> Outcome:
    """The exact map of a normal law is consistent up to the square of the step; a map that is off is not."""
    mean, std, x, bar = draw.normal(2), draw.uniform(0.4, 0.8), draw.normal(6, 2), draw.uniform(0.2, 0.7)
    f, eps = _exact_map(mean, std), _normal_eps(mean, std)
    gaps = [torch.sqrt(model.consistency_gap(f, x, eps, bar, bar + h)) for h in (1e-3, 1e-4)]
    edge = f(x, draw.tensor(1.0))
    return worst(equal(gaps[1] / 1e-4, 0.0, 2e-2), equal(edge, x, 1e-9, "the identity at ᾱ = 1"))


def _without_the_step(
    f: Callable[[Tensor, Tensor], Tensor], x: Tensor, eps: implicit.Network, bar: Tensor, later: Tensor
) -> Tensor:
    return ((f(x, bar) - f(x, later)) ** 2).sum(-1)


DISTILLATION = Specification(
    name="distillation",
    family="diffusion",
    systems=(168,),
    title="Progressive distillation and consistency models",
    statement="one student step equals two teacher steps; f(x_t, t) = f(x_s, s) along the ODE",
    page="reference_models.diffusion.implicit",
    functions={"student_start": implicit.student_start, "consistency_gap": implicit.consistency_gap},
    properties=(
        Property(
            "one step with the target lands where two do",
            _two_in_one,
            Mutant("the x̂_0 of the teacher's second step", {"student_start": _teachers_second}),
        ),
        Property(
            "the exact map of a normal law is consistent",
            _consistent,
            Mutant("x is not moved along the ODE", {"consistency_gap": _without_the_step}),
        ),
    ),
    source="Salimans and Ho 2022, section 3; Song et al. 2023, section 3",
)

SPECIFICATIONS = (DDIM, DISTILLATION)
