"""Exponential and Gamma: rows 7 and 9."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
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
from numerics.specifications.outcomes import equal, mean_is, true, worst
from reference_models.distributions import waiting

SOURCE = "Casella and Berger 2002, section 3.3"
PAGE = "reference_models.distributions.waiting"


def _nodes(draw: Draw, low: float, high: float, n: int = 120) -> tuple[Tensor, Tensor]:
    x, w = (draw.tensor(a) for a in np.polynomial.legendre.leggauss(n))
    return low + (high - low) * (x + 1) / 2, w * (high - low) / 2


def _exponential_moments(model: Model, draw: Draw) -> Outcome:
    rate = draw.uniform(0.3, 4)
    x, w = _nodes(draw, 0, 45 / float(rate))
    mass = w * torch.exp(model.log_prob(x, rate))
    return worst(equal(mass.sum(), 1.0), equal((mass * x).sum(), 1 / rate))


def _exponential_memory(model: Model, draw: Draw) -> Outcome:
    rate, s, t = draw.uniform(0.3, 4), draw.uniform(0.1, 2), draw.uniform(0.1, 2)
    tail = model.survival(s + t, rate)
    x, w = _nodes(draw, 0, float(s + t), 40)
    within = (w * torch.exp(model.log_prob(x, rate))).sum()
    return worst(equal(tail, model.survival(s, rate) * model.survival(t, rate)), equal(tail, 1 - within))


def _least_of_many(model: Model, draw: Draw) -> Outcome:
    rates, t = draw.uniform(0.3, 2, 3), draw.uniform(0.1, 2)
    return equal(model.survival(t, rates).prod(), torch.exp(-rates.sum() * t))


def _geometric_limit(model: Model, draw: Draw) -> Outcome:
    rate, n, t = draw.uniform(0.3, 3), 10_000_000, draw.uniform(0.1, 2)
    return equal(torch.exp(torch.floor(n * t) * torch.log1p(-rate / n)), model.survival(t, rate), 1e-5)


def _largest_entropy(model: Model, draw: Draw) -> Outcome:
    rate = draw.uniform(0.3, 4)
    x, w = _nodes(draw, 0, 45 / float(rate))
    own = torch.exp(-rate * x) * rate
    rival = x * torch.exp(-2 * rate * x) * (2 * rate) ** 2  # Gamma(2) of the same mean
    found = model.entropy(rate)
    return worst(
        equal(found, -(w * torch.xlogy(own, own)).sum(), 1e-9), true(found > -(w * torch.xlogy(rival, rival)).sum())
    )


def _exponential_draws(model: Model, draw: Draw) -> Outcome:
    rate = draw.uniform(0.3, 4, 2)
    x = model.sample(rate, 20_000, draw.generator())
    return worst(mean_is(x, 1 / rate), mean_is((x > 1 / rate).to(x), torch.exp(torch.tensor(-1.0))))


def _scale(x: Tensor, rate: Tensor) -> Tensor:
    return waiting.exponential_log_prob(x, 1 / rate)


def _unnormalised(x: Tensor, rate: Tensor) -> Tensor:
    return -rate * x


def _wearing(x: Tensor, rate: Tensor) -> Tensor:
    return torch.exp(-((rate * x) ** 2))


def _slow_scale(x: Tensor, rate: Tensor) -> Tensor:
    return torch.exp(-x / rate)


def _entropy_of_scale(rate: Tensor) -> Tensor:
    return 1 + torch.log(rate)


def _scaled_up(rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return waiting.exponential_sample(1 / rate, n, generator)


def _exponential_asked(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import expon

    law = expon(scale=1 / np.array(inputs["rate"]))
    return {
        "log_prob": law.logpdf(inputs["x"]).tolist(),
        "survival": law.sf(inputs["x"]).tolist(),
        "entropy": law.entropy().tolist(),
    }


def _exponential_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, rate = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "rate"))
    return {"log_prob": model.log_prob(x, rate), "survival": model.survival(x, rate), "entropy": model.entropy(rate)}


EXPONENTIAL = Specification(
    name="exponential",
    family="distributions",
    systems=(7,),
    title="Exponential",
    statement="p(x) = λ e^(−λx), x ≥ 0",
    page=PAGE,
    functions={
        "log_prob": waiting.exponential_log_prob,
        "survival": waiting.exponential_survival,
        "entropy": waiting.exponential_entropy,
        "sample": waiting.exponential_sample,
    },
    properties=(
        Property("mass 1, mean 1/λ", _exponential_moments, Mutant("λ is missing", {"log_prob": _unnormalised})),
        Property("P(X > s + t) = P(X > s) P(X > t)", _exponential_memory, Mutant("e^(−λ²x²)", {"survival": _wearing})),
        Property("the least of several adds their rates", _least_of_many, Mutant("a scale", {"survival": _slow_scale})),
        Property("the limit of Geometric(λ/n)/n", _geometric_limit, Mutant("e^(−λ²x²)", {"survival": _wearing})),
        Property(
            "the largest entropy on [0, ∞) of its mean",
            _largest_entropy,
            Mutant("that of a scale", {"entropy": _entropy_of_scale}),
        ),
        Property("draws have mean 1/λ", _exponential_draws, Mutant("λ is taken for a scale", {"sample": _scaled_up})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.0, 0.4, 3.0], "rate": [0.5, 2.0, 4.0]},
            ask=_exponential_asked,
            tell=_exponential_told,
            tolerance=1e-12,
            conversion="scipy's scale is 1/λ",
        ),
    ),
    conventions=("λ is a rate",),
)


def _gamma_moments(model: Model, draw: Draw) -> Outcome:
    k, rate = draw.tensor(draw.whole(1, 5)), draw.uniform(0.3, 4)
    x, w = _nodes(draw, 0, 60 / float(rate))
    mass = w * torch.exp(model.log_prob(x, k, rate))
    mean = (mass * x).sum()
    return worst(
        equal(mass.sum(), 1.0), equal(mean, k / rate), equal((mass * (x - mean) ** 2).sum(), k / rate**2, 1e-9)
    )


def _gamma_convolution(model: Model, draw: Draw) -> Outcome:
    k, rate, at = draw.whole(1, 4), draw.uniform(0.3, 3), draw.uniform(0.3, 4)
    x, w = _nodes(draw, 0, float(at), 40)
    last = rate * torch.exp(-rate * (at - x))
    with_one_more = (w * torch.exp(model.log_prob(x, draw.tensor(k), rate)) * last).sum()
    first = torch.exp(model.log_prob(at, draw.tensor(1), rate))
    return worst(
        equal(torch.exp(model.log_prob(at, draw.tensor(k + 1), rate)), with_one_more),
        equal(first, rate * torch.exp(-rate * at)),
    )


def _waits(model: Model, draw: Draw) -> Outcome:
    k, rate, t = draw.whole(1, 5), draw.uniform(0.3, 3), draw.uniform(0.2, 3)
    x, w = _nodes(draw, 0, float(t), 60)
    j = draw.tensor(range(k))
    fewer = torch.exp(-rate * t + j * torch.log(rate * t) - torch.lgamma(j + 1)).sum()  # Poisson(λt) < k
    return equal((w * torch.exp(model.log_prob(x, draw.tensor(k), rate))).sum(), 1 - fewer)


def _gamma_draws(model: Model, draw: Draw) -> Outcome:
    rate = draw.uniform(0.3, 4, 2)
    return mean_is(model.sample(3, rate, 20_000, draw.generator()), 3 / rate)


def _gamma_scale(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return waiting.gamma_log_prob(x, shape, 1 / rate)


def _one_rate(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return waiting.gamma_log_prob(x, shape, rate) + (1 - shape) * torch.log(rate)


def _higher_power(x: Tensor, shape: Tensor, rate: Tensor) -> Tensor:
    return waiting.gamma_log_prob(x, shape, rate) + torch.log(x)


def _one_less(shape: int, rate: Tensor, n: int, generator: torch.Generator) -> Tensor:
    return waiting.gamma_sample(shape - 1, rate, n, generator)


def _from_scipy(inputs: Mapping[str, Any]) -> Answers:
    from scipy.stats import gamma

    return {"log_prob": gamma.logpdf(inputs["x"], inputs["shape"], scale=1 / np.array(inputs["rate"])).tolist()}


def _ours(model: Model, inputs: Mapping[str, Any]) -> Answers:
    x, shape, rate = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "shape", "rate"))
    return {"log_prob": model.log_prob(x, shape, rate)}


def _arrivals(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Waits for the third arrival of a Poisson process: mean and spread, and their shares beside the density."""
    n, shape, rate, width = 40_000, 3, draw.tensor(2.0), 0.1
    waits = model.sample(shape, rate, n, draw.generator())
    progress(1.0)
    edges = torch.arange(0, 4.0, width, dtype=torch.float64)
    shares = torch.histc(waits.cpu(), len(edges), 0, 4.0) / (n * width)
    middle = edges + width / 2
    density = torch.exp(model.log_prob(middle.to(rate), draw.tensor(float(shape)), rate))
    return Result(
        (
            Figure("mean wait for the third arrival", float(waits.mean()), 1.5, 6.11 * (0.75 / n) ** 0.5),
            Figure("its variance", float(waits.var()), 0.75, 0.05),
        ),
        (Panel("third arrivals", "lines", {"draws": (middle, shares), "density": (middle, density)}),),
    )


GAMMA = Specification(
    name="gamma",
    family="distributions",
    systems=(9,),
    title="Gamma",
    statement="p(x) = λ^k x^(k − 1) e^(−λx) / Γ(k)",
    page=PAGE,
    functions={"log_prob": waiting.gamma_log_prob, "sample": waiting.gamma_sample},
    properties=(
        Property(
            "mass 1, mean k/λ, variance k/λ²",
            _gamma_moments,
            Mutant("λ is taken for a scale", {"log_prob": _gamma_scale}),
        ),
        Property(
            "k = 1 is Exponential, one more arrival a convolution",
            _gamma_convolution,
            Mutant("λ for λ^k", {"log_prob": _one_rate}),
        ),
        Property("P(X ≤ t) = P(Poisson(λt) ≥ k)", _waits, Mutant("the power of x is k", {"log_prob": _higher_power})),
        Property("draws have mean k/λ", _gamma_draws, Mutant("one arrival is lost", {"sample": _one_less})),
    ),
    source=SOURCE,
    oracles=(
        Oracle(
            package="scipy",
            inputs={"x": [0.3, 1.0, 5.0, -1.0], "shape": [0.5, 1.0, 7.5, 2.0], "rate": [2.0, 0.25, 1.5, 1.0]},
            ask=_from_scipy,
            tell=_ours,
            tolerance=1e-13,
            conversion="scipy's scale is 1/λ",
        ),
    ),
    task=Task("40,000 waits for the third arrival of a Poisson process of rate 2", _arrivals),
    conventions=("λ is a rate, k a shape",),
)

SPECIFICATIONS = (EXPONENTIAL, GAMMA)
