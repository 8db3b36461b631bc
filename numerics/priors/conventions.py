"""The routes of the conventions of λ: searches and slopes as written; torch's losses, autograd and SGD."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.priors import conventions as model

SUMS = ("Y", "C", "X")
POOL = (*CALM, *(sp.Integer(k) for k in (2, 3, 4)))


def _searched(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return standing_on(torch_model(value, *names), 1e-8, POOL, 8)


ROUTES = {
    "ridge_half_eq": _searched(model.half, *SUMS, "lam"),
    "ridge_mean_eq": _searched(model.mean, *SUMS, "N", "lam"),
    "ridge_half_mean_eq": _searched(model.half_mean, *SUMS, "N", "lam"),
    "map_ridge_eq": _searched(model.most_probable, *SUMS, "s", "t"),
    "lasso_sklearn_eq": standing_on(torch_model(model.lasso, "w", *SUMS, "lam")),
    "elastic_net_sklearn_eq": standing_on(torch_model(model.elastic_net, "w", *SUMS, "a", "b"), pool=POOL),
    "weight_decay_eq": standing_on(torch_model(model.decayed, "w", "g", "h", "lam")),
    "student_slope_eq": standing_on(torch_model(model.student_slope, "w", "n")),
    "student_penalty_le": standing_on(torch_model(model.student_penalty, "w", "n")),
    "lasso_zero_ge": standing_on(torch_model(model.soft, "v", "z", "d")),
    "map_flat_prior_eq": _searched(model.flat, *SUMS, "c"),
}
