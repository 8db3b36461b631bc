"""The routes of the entropies: the integral or sum of −p log p as written, and of the models' log-densities at nodes.

Shapes are one third or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution, LogNormal

from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.nodes import entropy_at, half_line, lower_half, shares
from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.distributions import counts, heavy, intervals, waiting
from reference_models.divergences.kullback_leibler import entropy

SHAPES = (*CALM, *(2 * r for r in CALM if r >= 1))
COINS = (*(r for r in CALM if r > 0), *(sp.Rational(k, 11) for k in range(3, 11)))
"""Above 1/4, so that the terms of a geometric sum fall off in time."""
WIDE = tuple(r for r in SHAPES if r >= sp.Rational(1, 2))
"""For integrands with a log that has no bound at an end."""
CLASSES = ("w_1", "w_2", "w_3")
MOST_TRIALS = 4000


def _laplace(b: Tensor) -> Tensor:
    """Either half."""
    return 2 * entropy_at(lambda x: heavy.laplace_log_prob(x, b), *half_line(b))


def _geometric(p: Tensor) -> Tensor:
    trials = torch.arange(1.0, MOST_TRIALS, dtype=torch.float64)
    return entropy_at(lambda k: counts.geometric_log_prob(k, p), trials, torch.ones_like(trials))


def _gamma(shape: Tensor, rate: Tensor) -> Tensor:
    return entropy_at(lambda x: waiting.gamma_log_prob(x, shape, rate), *half_line(1 / rate))


def _beta(a: Tensor, b: Tensor) -> Tensor:
    """Below 1/2, and above it as the mirrored law below."""
    lower = lower_half()
    return entropy_at(lambda x: intervals.beta_log_prob(x, a, b), *lower) + entropy_at(
        lambda x: intervals.beta_log_prob(x, b, a), *lower
    )


def _lognormal(m: Tensor, s: Tensor) -> Tensor:
    """torch's own law, x = e^(m + su)."""
    step = 1 / 32
    x = torch.exp(m + s * torch.arange(-12.0, 12.0, step, dtype=torch.float64))
    law: Distribution = LogNormal(m, s, validate_args=False)

    def log_prob(at: Tensor) -> Tensor:
        value: Tensor = law.log_prob(at)
        return value

    return entropy_at(log_prob, x, x * s * step)


def _categorical(*weights: Tensor) -> Tensor:
    return entropy(shares(*weights))


def _of_weights(weights: Tensor) -> Tensor:
    return entropy(shares(*weights))


ROUTES = {
    "entropy_laplace_eq": standing_on(torch_model(_laplace, "b")),
    "entropy_geometric_eq": standing_on(torch_model(_geometric, "p"), pool=COINS),
    "entropy_gamma_eq": standing_on(torch_model(_gamma, "a", "r"), 1e-9, SHAPES),
    "entropy_beta_eq": standing_on(torch_model(_beta, "a", "b"), 1e-9, WIDE),
    "entropy_lognormal_eq": standing_on(torch_model(_lognormal, "m", "s"), 1e-9, SHAPES),
    "entropy_categorical_eq": standing_on(torch_model(_categorical, *CLASSES)),
    "entropy_categorical_le": standing_on(torch_model(_categorical, *CLASSES)),
    "entropy_categorical_ge": standing_on(torch_model(_categorical, *CLASSES)),
    "entropy_categorical_any_eq": (
        interpreted(SAMPLES, SIZES),
        by_cast(of_sequences(_of_weights, "w"), SAMPLES, 1e-9, SIZES),
    ),
}
