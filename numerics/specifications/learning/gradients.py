"""Score-function gradients (68), pathwise gradients (69), Gumbel-Softmax (70)."""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import (
    Figure,
    Model,
    Mutant,
    Outcome,
    Property,
    Result,
    Specification,
    Task,
)
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, close, equal, frequencies_are, gradient, true, worst
from reference_models.distributions import noise
from reference_models.learning import gradients

PAGE = "reference_models.learning.gradients"


def _hermite(draw: Draw, nodes: int = 60) -> tuple[Tensor, Tensor]:
    """Standard normal nodes and weights that sum to 1."""
    x, w = (draw.tensor(a) for a in np.polynomial.hermite_e.hermegauss(nodes))
    return x, w / w.sum()


def _unbiased(model: Model, draw: Draw) -> Outcome:
    logits, f, b = draw.normal(4), draw.normal(4), draw.normal()
    law = torch.softmax(logits, -1)
    rows = model.score_function(f, model.categorical_score(torch.arange(4, device=f.device), logits), b)
    return equal((law[:, None] * rows).sum(0), gradient(lambda t: (torch.softmax(t, -1) * f).sum(), logits))


def _zero_mean(model: Model, draw: Draw) -> Outcome:
    logits, mean, std = draw.normal(4), draw.normal(), draw.uniform(0.5, 2)
    one = (
        torch.softmax(logits, -1)[:, None] * model.categorical_score(torch.arange(4, device=mean.device), logits)
    ).sum(0)
    z, w = _hermite(draw)
    return worst(equal(one, 0.0), equal((w[:, None] * model.normal_score(mean + std * z, mean, std)).sum(0), 0.0))


def _baseline(model: Model, draw: Draw) -> Outcome:
    """E(f − b)²s² is least at b = E f s²/E s², and a constant f then has no variance at all."""
    logits, f = draw.normal(4), draw.normal(4)
    law, s = torch.softmax(logits, -1), model.categorical_score(torch.arange(4, device=f.device), logits)[:, :1]

    def spread(b: Tensor) -> Tensor:
        rows = model.score_function(f, s, b)[:, 0]
        return (law * rows**2).sum() - (law * rows).sum() ** 2

    best = (law * f * s[:, 0] ** 2).sum() / (law * s[:, 0] ** 2).sum()
    return worst(equal(gradient(spread, best), 0.0), equal(model.score_function(0 * f + 2, s, draw.tensor(2.0)), 0.0))


REINFORCE = Specification(
    name="score_function_gradient",
    family="learning",
    systems=(68,),
    title="Score-function gradient (REINFORCE)",
    statement="∇E f(x) = E[(f(x) − b) ∇log q(x)]",
    page=PAGE,
    functions={
        "categorical_score": gradients.categorical_score,
        "normal_score": gradients.normal_score,
        "score_function": gradients.score_function,
    },
    properties=(
        Property(
            "it is unbiased, whatever the baseline: all outcomes of a categorical",
            _unbiased,
            Mutant(
                "the baseline is subtracted after the product",
                {"score_function": lambda f, s, b: f[:, None] * s - b},
            ),
        ),
        Property(
            "the score has mean 0",
            _zero_mean,
            Mutant(
                "the slope by log std is taken for that by std",
                {"normal_score": lambda x, m, s: torch.stack([(x - m) / s, ((x - m) / s) ** 2 - s], -1)},
            ),
        ),
        Property(
            "the variance is least at the baseline E f s²/E s²",
            _baseline,
            Mutant("the baseline is added", {"score_function": lambda f, s, b: (f + b)[:, None] * s}),
        ),
    ),
    source="Williams 1992",
    conventions=("one row for each draw, not averaged",),
)


def _same_mean(model: Model, draw: Draw) -> Outcome:
    mean, std, c = draw.normal(), draw.uniform(0.5, 1.5), draw.normal(3)
    z, w = _hermite(draw)

    def f(x: Tensor) -> Tensor:
        return torch.sin(c[0] * x) + c[1] * x**2 + c[2] * x

    x = mean + std * z
    score = torch.stack([z / std, (z**2 - 1) / std], -1) * f(x)[:, None]
    return close((w[:, None] * model.pathwise(f, mean, std, z)).sum(0), (w[:, None] * score).sum(0), 1e-8)


def _steps(model: Model, draw: Draw) -> Outcome:
    """For 1[x > 0] each row is 0, although ∂P(x > 0)/∂mean is the density at 0; a smooth step has the right mean."""
    mean, std = draw.uniform(-1, 1), draw.uniform(0.7, 1.3)
    z, w = _hermite(draw, 120)
    hard = model.pathwise(lambda x: (1 + torch.sign(x)) / 2, mean, std, z)
    soft = (w * model.pathwise(lambda x: torch.sigmoid(x / 0.3), mean, std, z)[:, 0]).sum()
    grid = torch.linspace(-9, 9, 4001, dtype=torch.float64, device=mean.device)
    density = torch.exp(-(((grid - mean) / std) ** 2) / 2) / (std * sqrt(2 * pi))
    slope = (density * torch.sigmoid(grid / 0.3) * (1 - torch.sigmoid(grid / 0.3)) / 0.3).sum() * 18 / 4000
    return worst(equal(hard, 0.0), equal(soft, slope, 1e-5))


def _variances(model: Model, draw: Draw) -> Outcome:
    """Of x² the pathwise gradient by the mean varies less, of sin 12x the score-function one."""
    mean, std = draw.uniform(-1, 1), draw.uniform(0.8, 1.2)
    z, w = _hermite(draw, 120)
    spreads = []
    for f in (lambda x: x**2, lambda x: torch.sin(12 * x)):
        path, score = model.pathwise(f, mean, std, z)[:, 0], f(mean + std * z) * z / std
        spreads.append([(w * r**2).sum() - (w * r).sum() ** 2 for r in (path, score)])
    return worst(
        equal(spreads[0][0], 4 * std**2, 1e-8),
        at_most(spreads[0][0], spreads[0][1]),
        at_most(spreads[1][1], spreads[1][0]),
    )


def _spreads(model: Model, draw: Draw, progress: Callable[[float], None]) -> Result:
    """Means and variances of both gradients of E x² by the mean, from 200 000 draws."""
    mean, std, n = draw.uniform(0.5, 1), draw.uniform(0.8, 1.2), 200_000
    z = draw.normal(n)
    path = model.pathwise(lambda x: x**2, mean, std, z)[:, 0]
    progress(0.5)
    score = (mean + std * z) ** 2 * z / std
    # E (μ + σz)⁴ z² = μ⁴ + 18μ²σ² + 15σ⁴, and the mean is 2μ
    exact = (mean**4 + 18 * mean**2 * std**2 + 15 * std**4) / std**2 - 4 * mean**2
    progress(1.0)
    return Result(
        (
            Figure("mean of the pathwise gradient", float(path.mean()), float(2 * mean), 0.04),
            Figure("mean of the score-function gradient", float(score.mean()), float(2 * mean), 0.1),
            Figure("variance, pathwise", float(path.var()), float(4 * std**2), 0.1),
            Figure("variance, score-function", float(score.var()), float(exact), 0.2 * float(exact)),
        ),
    )


PATHWISE = Specification(
    name="pathwise_gradient",
    family="learning",
    systems=(69,),
    title="Pathwise (reparameterised) gradient",
    statement="∇E f(x) = E ∇f(μ + σε)",
    page=PAGE,
    functions={"pathwise": gradients.pathwise},
    properties=(
        Property(
            "its mean is the score-function gradient's: Gauss-Hermite",
            _same_mean,
            Mutant("σ² multiplies the noise", {"pathwise": lambda f, m, s, e: gradients.pathwise(f, m, s**2, e)}),
        ),
        Property(
            "it misses a step function, and finds a smooth step's slope",
            _steps,
            Mutant(
                "the sample is detached: the naive gradient is 0",
                {"pathwise": lambda f, m, s, e: 0 * gradients.pathwise(f, m, s, e)},
            ),
        ),
        Property(
            "it varies less than the score-function gradient for x², more for sin 12x",
            _variances,
            Mutant(
                "the path is divided by σ",
                {"pathwise": lambda f, m, s, e: gradients.pathwise(f, m, s, e) / s**2},
            ),
        ),
    ),
    source="Kingma and Welling 2014, section 2.4",
    task=Task("200 000 draws for the gradient of E x²", _spreads),
    conventions=("std, not variance",),
)


def _exact_draws(model: Model, draw: Draw) -> Outcome:
    logits = draw.tensor([-1.0, 0.0, 1.0, 2.0]) + 0.3 * draw.normal(4)
    return frequencies_are(model.gumbel_max(logits, draw.uniform(1e-15, 1, 40_000, 4)), torch.softmax(logits, -1))


def _cold(model: Model, draw: Draw) -> Outcome:
    logits, u = draw.normal(4), draw.uniform(1e-9, 1, 50, 4)
    noisy = logits - torch.log(-torch.log(u))
    top = noisy.topk(2).values
    hard = torch.nn.functional.one_hot(noisy.argmax(-1), 4).to(u.dtype)
    soft = model.gumbel_softmax(logits, u, 1e-3)
    odds = torch.log(model.gumbel_softmax(logits, u, 0.7))
    apart = odds[:, 0] - odds[:, 1] - (noisy[:, 0] - noisy[:, 1]) / 0.7
    return worst(
        equal(torch.where((top[:, :1] - top[:, 1:] > 0.05), soft - hard, 0.0), 0.0, 1e-9), equal(apart, 0.0, 1e-8)
    )


def _straight(model: Model, draw: Draw) -> Outcome:
    logits, u, c = draw.normal(4), draw.uniform(1e-9, 1, 6, 4), draw.normal(4)
    forward = model.straight_through(logits, u, 0.5)
    noisy = logits - torch.log(-torch.log(u))
    hard = torch.nn.functional.one_hot(noisy.argmax(-1), 4).to(u.dtype)
    back = gradient(lambda t: (model.straight_through(t, u, 0.5) * c).sum(), logits)
    soft = gradient(lambda t: (torch.softmax((t - torch.log(-torch.log(u))) / 0.5, -1) * c).sum(), logits)
    return worst(equal(forward, hard), equal(back, soft))


def _biased(model: Model, draw: Draw) -> Outcome:
    """Two outcomes, f = x₁²: the straight-through gradient's mean is not the slope of E f, but has its own closed form.

    With x = logits₁ − logits₂ and logistic noise, backward is 2 hard₁ times the relaxed sample's slope.
    """
    gap = draw.uniform(-0.5, 0.3)
    u = (torch.arange(20_000, dtype=torch.float64, device=gap.device) + 0.5) / 20_000
    # G₁ − G₂ is logistic: the pair (u, e^(−1)) puts all of it in the first
    pair = torch.stack([torch.exp(-torch.exp(-torch.logit(u))), torch.full_like(u, float(np.exp(-1.0)))], -1)
    logits = torch.stack([gap, torch.zeros_like(gap)])
    found = gradient(lambda t: (model.straight_through(t, pair, 1.0)[:, 0] ** 2).mean(), logits)[0]
    p = torch.sigmoid(gap + torch.logit(u))
    return worst(
        equal(found, (2 * p * (1 - p) * (p > 0.5)).mean(), 1e-9),
        true((found - torch.sigmoid(gap) * torch.sigmoid(-gap)).abs() > 0.01, "biased"),
    )


GUMBEL = Specification(
    name="gumbel_softmax",
    family="learning",
    systems=(70,),
    title="Gumbel-max, Gumbel-Softmax, straight-through",
    statement="y = softmax((log π + G)/τ), G = −log(−log u)",
    page=PAGE,
    functions={
        "gumbel_max": noise.gumbel_argmax,
        "gumbel_softmax": gradients.gumbel_softmax,
        "straight_through": gradients.straight_through,
    },
    properties=(
        Property(
            "Gumbel-max draws from the categorical",
            _exact_draws,
            Mutant(
                "the noise is +log(−log u)",
                {"gumbel_max": lambda t, u: (t + torch.log(-torch.log(u))).argmax(-1)},
            ),
        ),
        Property(
            "one-hot at τ → 0; log-odds are those of the noisy logits over τ",
            _cold,
            Mutant(
                "the noise isn't divided by τ",
                {"gumbel_softmax": lambda t, u, tau: torch.softmax(t / tau - torch.log(-torch.log(u)), -1)},
            ),
        ),
        Property(
            "straight-through: one-hot forward, the relaxed gradient backward",
            _straight,
            Mutant("the relaxed sample forward too", {"straight_through": gradients.gumbel_softmax}),
        ),
        Property(
            "the straight-through gradient is biased, by what a quadrature over the noise says",
            _biased,
            Mutant("the relaxed sample forward too", {"straight_through": gradients.gumbel_softmax}),
        ),
    ),
    source="Jang et al. 2017, section 2",
    conventions=("τ divides logits and noise together",),
)

SPECIFICATIONS = (REINFORCE, PATHWISE, GUMBEL)
