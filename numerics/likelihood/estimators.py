"""The routes of the estimators: a search on the likelihood as written, and bisection on torch's slope.

The bias has expectations by quadrature on one side and by listing all samples on the other.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.points import CALM, NASTY, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.likelihood import estimators as model


def _of_two(m: Tensor, s: Tensor) -> Tensor:
    return model.expected_variance(m, s, torch.tensor(2))


COUNTS = (*CALM, *(r for r in NASTY if r.is_integer and 1 < r < 5))
"""For searches that start from a fixed range, and for samples that are listed one by one."""


BOTH = points((Variable("m", Real()), Variable("s", Positive())), 8, pool=CALM)


def _searched(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return standing_on(torch_model(value, *names), pool=COUNTS, count=8)


ROUTES = {
    "mle_bernoulli_eq": _searched(model.coin, "k", "f"),
    "mle_normal_mean_eq": _searched(model.normal_mean, "s", "x_1", "x_2", "x_3"),
    "mle_normal_var_eq": _searched(model.normal_variance, "n", "S"),
    "var_mle_mean_eq": _searched(model.expected_variance, "m", "s", "n"),
    "var_mle_of_two_eq": (as_written(BOTH), by_model(torch_model(_of_two, "m", "s"), 1e-10, CALM, 8)),
    "mle_exponential_eq": _searched(model.exponential_rate, "n", "T"),
    "mle_poisson_eq": _searched(model.poisson_rate, "n", "c"),
}
