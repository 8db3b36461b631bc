"""Conditional models by their heads, and losses with their best predictors: rows 199 and 203."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.specifications.contract import Answers, Model, Mutant, Oracle, Outcome, Property, Specification
from numerics.specifications.draws import Draw
from numerics.specifications.outcomes import at_most, equal, true, worst
from reference_models.structured import heads

PAGE = "reference_models.structured.heads"


def _grid(draw: Draw, reach: float = 40.0, n: int = 8001) -> tuple[Tensor, float]:
    return torch.linspace(-reach, reach, n, dtype=torch.float64, device=draw.device)[:, None], 2 * reach / (n - 1)


def _normal_mass(model: Model, draw: Draw) -> Outcome:
    (y, dy), mean, s = _grid(draw), draw.normal(1), draw.uniform(0.5, 3)
    p = torch.exp(-model.normal(y, mean, s)) * dy
    pair = draw.normal(2)
    split = model.normal(pair[:1], mean, s) + model.normal(pair[1:], mean, s)
    return worst(
        equal(p.sum(), 1.0),
        equal(p @ (y[:, 0] - mean) ** 2, s**2, 1e-9),
        equal(model.normal(pair, mean.expand(2), s), split),
    )


def _unequal_mass(model: Model, draw: Draw) -> Outcome:
    (y, dy), mean, log_var = _grid(draw), draw.normal(2), draw.uniform(-1, 2, 2)
    p = torch.exp(-model.heteroscedastic(y, mean[:1], log_var[:1])) * dy
    x = draw.normal(5, 2)
    apart = sum(model.normal(x[:, i : i + 1], mean[i : i + 1], torch.exp(log_var[i] / 2)) for i in range(2))
    return worst(equal(p.sum(), 1.0), equal(model.heteroscedastic(x, mean, log_var), apart))


def _laplace_mass(model: Model, draw: Draw) -> Outcome:
    t, w = (draw.tensor(a) for a in np.polynomial.laguerre.laggauss(20))
    mean, b, x = draw.normal(2), draw.uniform(0.5, 2), draw.normal(4, 2)
    side = torch.exp(-model.laplace((mean[0] + b * t)[:, None], mean[:1], b) + t) * b
    apart = sum(model.laplace(x[:, i : i + 1], mean[i : i + 1], b) for i in range(2))
    return worst(equal(2 * (side @ w), 1.0), equal(model.laplace(x, mean, b), apart))


def _bit_mass(model: Model, draw: Draw) -> Outcome:
    logit = 3 * draw.normal(2)
    y = torch.cartesian_prod(draw.tensor([0, 1]), draw.tensor([0, 1]))
    p = 1 / (1 + torch.exp(-logit))
    return worst(
        equal(torch.exp(-model.bernoulli(y, logit)).sum(), 1.0),
        equal(model.bernoulli(y, logit), -torch.log(torch.where(y == 1, p, 1 - p)).sum(-1)),
    )


def _category_mass(model: Model, draw: Draw) -> Outcome:
    logits = 3 * draw.normal(4)
    k = torch.arange(4, device=draw.device)
    nll = model.categorical(k, logits.expand(4, 4))
    weights = torch.exp(logits)
    return worst(equal(torch.exp(-nll).sum(), 1.0), equal(nll, -torch.log(weights / weights.sum())))


def _averaged_input(model: Model, draw: Draw) -> Outcome:
    means, s, weights, y = draw.normal(3), draw.uniform(0.5, 2), draw.simplex(3), draw.normal(6)
    given = torch.exp(-((y[:, None] - means) ** 2) / (2 * s**2)) / torch.sqrt(2 * math.pi * s**2)
    return equal(torch.exp(-model.marginal(y, means, s, weights)), given @ weights)


def _std_not_squared(y: Tensor, mean: Tensor, s: Tensor) -> Tensor:
    return heads.normal_nll(y, mean, torch.sqrt(s))


def _half_penalty(y: Tensor, mean: Tensor, log_var: Tensor) -> Tensor:
    return heads.heteroscedastic_nll(y, mean, log_var) - log_var.sum(-1) / 4


def _one_constant(y: Tensor, mean: Tensor, b: Tensor) -> Tensor:
    return (y - mean).abs().sum(-1) / b + torch.log(2 * b)


def _positive_part(y: Tensor, logit: Tensor) -> Tensor:
    return (logit.clamp_min(0) - y * logit).sum(-1)


def _largest(y: Tensor, logits: Tensor) -> Tensor:
    return logits.max(-1).values - logits.gather(-1, y[..., None])[..., 0]


def _mean_input(y: Tensor, means: Tensor, s: Tensor, weights: Tensor) -> Tensor:
    return heads.normal_nll(y[..., None], (weights @ means)[None], s)


def _heads_asked(inputs: Mapping[str, Any]) -> Answers:
    from torch.distributions import Laplace, Normal

    y, mean, log_var = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("y", "mean", "log_var"))
    s = torch.tensor(inputs["s"], dtype=torch.float64)
    return {
        "normal": (-Normal(mean, s).log_prob(y).sum(-1)).tolist(),
        "heteroscedastic": (-Normal(mean, torch.exp(log_var / 2)).log_prob(y).sum(-1)).tolist(),
        "laplace": (-Laplace(mean, s).log_prob(y).sum(-1)).tolist(),
        "bernoulli": torch.nn.functional.binary_cross_entropy_with_logits(mean, (y > 0.4).to(y), reduction="none")
        .sum(-1)
        .tolist(),
    }


def _heads_told(model: Model, inputs: Mapping[str, Any]) -> Answers:
    y, mean, log_var = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("y", "mean", "log_var"))
    s = torch.tensor(inputs["s"], dtype=torch.float64)
    return {
        "normal": model.normal(y, mean, s),
        "heteroscedastic": model.heteroscedastic(y, mean, log_var),
        "laplace": model.laplace(y, mean, s),
        "bernoulli": model.bernoulli((y > 0.4).to(y), mean),
    }


CONDITIONAL = Specification(
    name="conditional_model",
    family="structured",
    systems=(199,),
    title="Conditional probabilistic model and its heads",
    statement="ψ = f_θ(u), y ~ p(· | ψ): −log p is squared, absolute or cross-entropy loss with its constants",
    page=PAGE,
    functions={
        "normal": heads.normal_nll,
        "heteroscedastic": heads.heteroscedastic_nll,
        "laplace": heads.laplace_nll,
        "bernoulli": heads.bernoulli_nll,
        "categorical": heads.categorical_nll,
        "marginal": heads.marginal_nll,
    },
    properties=(
        Property(
            "normal: mass 1, variance σ²", _normal_mass, Mutant("σ is taken for σ²", {"normal": _std_not_squared})
        ),
        Property(
            "a variance each: mass 1", _unequal_mass, Mutant("a quarter of log σ²", {"heteroscedastic": _half_penalty})
        ),
        Property(
            "Laplace: mass 1, outputs independent", _laplace_mass, Mutant("log 2b once", {"laplace": _one_constant})
        ),
        Property(
            "Bernoulli: masses of bits", _bit_mass, Mutant("max(l, 0) for log(1 + e^l)", {"bernoulli": _positive_part})
        ),
        Property("Categorical: masses", _category_mass, Mutant("max for log-sum-exp", {"categorical": _largest})),
        Property(
            "without u, a mixture", _averaged_input, Mutant("the law at the mean of f", {"marginal": _mean_input})
        ),
    ),
    source="Bishop 2006, section 4.3",
    oracles=(
        Oracle(
            package="torch",
            inputs={
                "y": [[0.5, -1.0], [2.0, 0.3]],
                "mean": [[0.0, 0.0], [1.5, 1.0]],
                "log_var": [[0.2, -0.5], [1.0, 0.0]],
                "s": 0.7,
            },
            ask=_heads_asked,
            tell=_heads_told,
            tolerance=1e-12,
            conversion="torch takes standard deviations and scales; logits are the means, bits y > 0.4",
        ),
    ),
    conventions=("sums over outputs", "nats"),
)


def _values(draw: Draw) -> tuple[Tensor, Tensor, Tensor]:
    """Values, their masses, and points to compare with."""
    return draw.normal(7), draw.simplex(7), torch.linspace(-4, 4, 801, dtype=torch.float64, device=draw.device)


def _mean_best(model: Model, draw: Draw) -> Outcome:
    y, p, tried = _values(draw)
    found = model.squared(y, p)
    return worst(
        at_most(p @ (y - found) ** 2, ((y - tried[:, None]) ** 2 @ p).min()), equal(found, (p * y).sum(), 1e-12)
    )


def _median_best(model: Model, draw: Draw) -> Outcome:
    y, p, tried = _values(draw)
    p = 0.4 * p + 0.6 * (y == y.max())  # far from symmetric
    found = model.absolute(y, p)
    return worst(
        at_most(p @ (y - found).abs(), ((y - tried[:, None]).abs() @ p).min()),
        at_most(p @ (y - found).abs(), ((y - y[:, None]).abs() @ p).min()),
    )


def _truth_best(model: Model, draw: Draw) -> Outcome:
    joint, other = draw.simplex(12).reshape(4, 3), draw.simplex(4, 3)
    found = model.log(joint)
    return worst(
        at_most(-(joint * torch.log(found)).sum(), -(joint * torch.log(other)).sum()),
        equal(found.sum(-1), 1.0),
        equal(found * joint.sum(1, keepdim=True), joint),
    )


def _which_are_likelihoods(model: Model, draw: Draw) -> Outcome:
    centre, s = draw.uniform(-3, 3, 4), draw.uniform(0.5, 2)
    x = torch.linspace(-60, 60, 24_001, dtype=torch.float64, device=draw.device)
    dx = x[1] - x[0]

    def masses(loss: Tensor) -> Tensor:
        return torch.exp(-loss).sum(-1) * dx

    squared, mean = (x - centre[:, None]) ** 2, centre[:, None, None]
    nll = model.normal(x[None, :, None], mean, s)
    relative = squared / (1 + centre[:, None] ** 2)  # its constant depends on the prediction
    return worst(
        equal(masses(squared), math.sqrt(math.pi), 1e-8),
        equal(masses(nll), 1.0, 1e-8),
        true(masses(relative).std() > 1e-3),
        true(masses(squared.clamp_max(4.0)) > 2.0),  # a bounded loss has no finite mass: this is 120 e⁻⁴ and more
    )


def _median_for_mean(y: Tensor, p: Tensor) -> Tensor:
    return heads.absolute_predictor(y, p)


def _mean_for_median(y: Tensor, p: Tensor) -> Tensor:
    return p @ y


def _unweighted_median(y: Tensor, p: Tensor) -> Tensor:
    return y.median()


def _bare_square(y: Tensor, mean: Tensor, s: Tensor) -> Tensor:
    return ((y - mean) ** 2).sum(-1) / (2 * s**2) + y.shape[-1] / 2 * math.log(2 * math.pi)


def _argmax(joint: Tensor) -> Tensor:
    given = heads.log_predictor(joint) ** 1.5
    return given / given.sum(-1, keepdim=True)


LOSSES = Specification(
    name="losses",
    family="structured",
    systems=(203,),
    title="Losses and their best predictors",
    statement="(y − f)²: E[y | u]; |y − f|: the median; −log p̂(y): p(y | u)",
    page=PAGE,
    functions={
        "squared": heads.squared_predictor,
        "absolute": heads.absolute_predictor,
        "log": heads.log_predictor,
        "normal": heads.normal_nll,
    },
    properties=(
        Property("squared loss: the mean", _mean_best, Mutant("the median", {"squared": _median_for_mean})),
        Property("absolute loss: a median", _median_best, Mutant("the mean", {"absolute": _mean_for_median})),
        Property(
            "absolute loss: a median by mass",
            _median_best,
            Mutant("masses are ignored", {"absolute": _unweighted_median}),
        ),
        Property("log loss: p(y | x)", _truth_best, Mutant("sharpened", {"log": _argmax})),
        Property(
            "a likelihood only with a constant mass",
            _which_are_likelihoods,
            Mutant("2σ² isn't in the constant", {"normal": _bare_square}),
        ),
    ),
    source="Bishop 2006, section 1.5.5",
)

SPECIFICATIONS = (CONDITIONAL, LOSSES)
