"""Pins of the functions behind derivations: information, likelihoods, priors, bounds, and nodes of quadrature."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch.distributions import Bernoulli, Normal

from numerics.pins.contract import Pin, t
from reference_models.conjugacy import pareto as conjugacy_pareto
from reference_models.diffusion import telescoped as diffusion_telescoped
from reference_models.gaussian import blocks as gaussian_blocks
from reference_models.likelihood import families as likelihood_families
from reference_models.likelihood import models as likelihood_models
from reference_models.likelihood import predictors as likelihood_predictors
from reference_models.linear_gaussian import axes as linear_gaussian_axes
from reference_models.linear_gaussian import latent as linear_gaussian_latent
from reference_models.mixtures import responsibilities as mixtures_responsibilities
from reference_models.priors import conventions as priors_conventions
from reference_models.variational import bounds as variational_bounds
from reference_models.variational import gradients as variational_gradients
from reference_models.variational import hierarchy as variational_hierarchy

LOG2, HALF_LOG_2PI = math.log(2), math.log(2 * math.pi) / 2
QUARTER = -0.25 * math.log(0.25) - 0.75 * math.log(0.75)
"""Entropy of a coin of 1/4."""
THREE_EIGHTHS = -0.375 * math.log(0.375) - 0.625 * math.log(0.625)
WIDEST = 3.889724897869782 * 2**0.5
"""The largest of twelve Gauss-Hermite nodes, from Abramowitz and Stegun, table 25.10."""
ZERO, ONE = t(0.0), t(1.0)


def _numbers(*values: float) -> list[torch.Tensor]:
    return [t(v) for v in values]


def _slope(function: Callable[..., Any]) -> Pin:
    return Pin(function, lambda f: f(lambda x: x**3, t(2.0)), lambda: 12, "3 · 2²")


PINS: tuple[Pin, ...] = (
    *map(_slope, (variational_bounds.slope,)),
    Pin(
        variational_gradients.nodes,
        lambda f: (f()[0].min(), f()[0][0], (f()[1] * f()[0] ** 2).sum(), f()[1].sum()),
        lambda: (-WIDEST, -WIDEST, 1, 1),
        "the table's widest node first; variance and mass 1",
    ),
    Pin(gaussian_blocks.turned, lambda f: f(2), lambda: [[1, 0], [math.cos(3), 1]], "the third number of 1, 2, 3, 4"),
    Pin(conjugacy_pareto.line, lambda f: f()[0][0], lambda: -100, "it begins at −100"),
    Pin(
        likelihood_families.total,
        lambda f: f(Normal(ZERO, ONE), ONE),
        lambda: math.exp(0.5),
        "E e^u of a standard normal",
    ),
    Pin(
        likelihood_models.table_likelihood,
        lambda f: f(*_numbers(1, 2, 0, 1, 1, 2)),
        lambda: -6 * LOG2,
        "three at 1/4",
    ),
    Pin(likelihood_predictors.distances, lambda f: f(*_numbers(0, 1, 2, 0.5)), lambda: 3.5, "1.5 + 0.5 + 1.5"),
    Pin(likelihood_predictors.error_rate, lambda f: f(*_numbers(1, 0.25)), lambda: 7 / 12, "2/3 · 3/4 + 1/3 · 1/4"),
    Pin(
        linear_gaussian_axes.loss_of_three,
        lambda f: f(*_numbers(2, 0, 0, 0, 1, 1, 1)),
        lambda: 3 * LOG2 + 3,
        "C = 2 I: 3 log 2 + (3 + 2 + 1)/2",
    ),
    Pin(
        linear_gaussian_latent.log_normal,
        lambda f: f(*_numbers(1, 3, 2)),
        lambda: -0.5 - LOG2 - HALF_LOG_2PI,
        "one deviation below the mean",
    ),
    Pin(
        linear_gaussian_latent.loss,
        lambda f: f(2 * torch.eye(2, dtype=torch.float64), t([[1.0, 0.0], [0.0, 3.0]])),
        lambda: 2 * LOG2 + 2,
        "2 log 2 + 4/2",
    ),
    Pin(
        linear_gaussian_latent.loss_at_angle,
        lambda f: f(*_numbers(2, 0, 0.5, 1, 2)),
        lambda: 2 * LOG2 + 2,
        "without a loading: 2 log 2 + (3 + 1)/2",
    ),
    Pin(
        mixtures_responsibilities.falling,
        lambda f: f(*_numbers(2, 2, 0.5)),
        lambda: 0.5 - 2 * math.log(3),
        "−x + d tanh(d x/s²) at x = 2 log 3, d = 1, s = 2",
    ),
    Pin(priors_conventions.soft, lambda f: f(*_numbers(1, 3, 0.5)), lambda: 5.5, "4/2 + 3.5"),
    Pin(variational_bounds.conditional_variance, lambda f: f(*_numbers(2, 3, 4)), lambda: 2.56, "4 · 16/25"),
    Pin(
        variational_bounds.gained,
        lambda f: f(Bernoulli(t(0.5)), Bernoulli(t(0.25)), t(0.2), t(0.4)),
        lambda: LOG2,
        "0.4 over 0.2",
    ),
    Pin(
        variational_bounds.importance_bound,
        lambda f: f(2, *_numbers(0.25, 0.75, 0.5)),
        lambda: math.log(3 / 4) / 4,
        "weights of 1/2 and 3/2: log 1/2, twice log 1, log 3/2",
    ),
    *(
        Pin(bound, lambda f: f(Bernoulli(t(0.5)), Bernoulli(t(0.25)), t(1.0)), value, said)
        for bound, value, said in (
            (variational_bounds.first_bound, lambda: math.log(3 / 4) / 2, "log 1/2 and log 3/2"),
            (variational_bounds.second_bound, lambda: math.log(3 / 4) / 4, "log 1/2, twice log 1, log 3/2"),
            (
                variational_bounds.third_bound,
                lambda: math.log(3 / 4) / 8 + 3 * math.log(35 / 36) / 8,
                "log 1/2, thrice log 5/6 and log 7/6, log 3/2",
            ),
        )
    ),
    Pin(
        variational_bounds.bound_of_laws,
        lambda f: f(2, Bernoulli(t(0.5)), Bernoulli(t(0.25)), t(1.0)),
        lambda: math.log(3 / 4) / 4,
        "log 1/2, twice log 1, log 3/2",
    ),
    Pin(
        diffusion_telescoped.rows,
        lambda f: f(2, lambda value: Bernoulli(t((1 + value) / 4))),
        lambda: [[0.75, 0.25], [0.5, 0.5]],
        "coins of 1/4 and 1/2, tails first",
    ),
    Pin(variational_hierarchy.coin, lambda f: f(t(0.25)), lambda: [0.25, 0.75], "1 first"),
)
"""What routes of derivations ask."""
