"""The routes of Gaussian processes: integrals and sums as written; torch's solver on covariance matrices."""

from __future__ import annotations

import math

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution, MultivariateNormal, Normal

from derivations.linear_gaussian.processes import WHERE
from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.linear_gaussian import processes as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2))
SPREAD = ("k", "c", "v", "s")
WHOLE = ("y", "m", "h", *SPREAD)
LINEAR = of_sequences(model.linear_process, *"xy", at=("b", "t", "s"))

ROWS: tuple[Cast, ...] = tuple({**cast, "z": GIVEN / 3 - sp.Rational(k, 4) + 3} for k, cast in enumerate(SAMPLES))
"""Data y, and the means z and variances w of f given the inducing values."""


def _log_prob(law: Distribution, at: Tensor) -> Tensor:
    """torch's own."""
    value: Tensor = law.log_prob(at)
    return value


def _expected_all(y: Tensor, z: Tensor, w: Tensor, s: Tensor) -> Tensor:
    """The mean over two points of each f, which is exact for a log density that is a square in it."""
    laws: tuple[Distribution, ...] = tuple(Normal(z + side * w.sqrt(), s) for side in (-1, 1))
    return torch.stack([_log_prob(law, y).sum() for law in laws]).mean()


def _before_it(log_det: Tensor, square: Tensor, d: Tensor, s: Tensor) -> Tensor:
    """torch's normal law of two coordinates with this determinant, at a point of this squared distance."""
    at = torch.stack([0 * square, square.sqrt()])
    law = MultivariateNormal(0 * at, torch.diag(torch.stack([torch.exp(log_det), 1 + 0 * square])))
    return _log_prob(law, at) + math.log(2 * math.pi) - d / (2 * s**2)


ROUTES = {
    "gp_mean_any_step_eq": standing_on(torch_model(model.predicted_mean, "y", "m", "h", "k", "c", "s"), 1e-9, MIDDLE),
    "gp_variance_any_step_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in WHOLE), 8, pool=MIDDLE)),
        by_model(torch_model(model.predicted_variance, *SPREAD), 1e-9, MIDDLE, 10),
    ),
    "gp_variance_le": standing_on(torch_model(model.predicted_variance, *SPREAD), 1e-9, MIDDLE),
    "gp_linear_kernel_any_eq": (interpreted(SAMPLES, SIZES), by_cast(LINEAR, SAMPLES, 1e-8, SIZES)),
    "sparse_expected_eq": standing_on(torch_model(model.expected_log_likelihood, "y", "u", "d", "s"), 1e-8, MIDDLE),
    "sparse_collapsed_eq": standing_on(torch_model(model.collapsed_bound, "y", "q", "d", "s"), 1e-8, MIDDLE),
    "sparse_bound_le": standing_on(torch_model(model.log_bound, "y", "q", "d", "s"), 1e-9, MIDDLE),
    "sparse_expected_any_eq": (
        interpreted(ROWS, SIZES),
        by_cast(of_sequences(_expected_all, *"yzw", at=("s",)), ROWS, 1e-9, SIZES),
    ),
    "sparse_bound_any_step_le": standing_on(torch_model(_before_it, "L", "B", "d", "s"), 1e-9, MIDDLE),
}
