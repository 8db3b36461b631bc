"""The routes of sums over a sample: sequences of numbers in the place of names, at several n, and torch's samples."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM, NASTY
from numerics.routes import Route
from reference_models.likelihood import samples as model

SIZES = (*CALM, *(r for r in NASTY if r.is_integer and 1 <= r < 7))
"""Values at which a sample has few members."""


def _cast(k: int) -> Cast:
    return {
        "x": GIVEN**2 / k - 2 * GIVEN + sp.Rational(k, 3),
        "y": (GIVEN - k) ** 2 / 5 + (-1) ** GIVEN * sp.Rational(2, k),
        "w": sp.Rational(1, k) + (GIVEN - 2) ** 2 / 3,
        "k": (GIVEN - 2) ** 2 + k % 3,
    }


SAMPLES: tuple[Cast, ...] = tuple(_cast(k) for k in range(1, 11))
"""Formulas for the members of each sequence: x and y of either sign, w positive, k counts."""


def _routes(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    left = of_sequences(value, *names, at=at)
    return interpreted(SAMPLES, SIZES), by_cast(left, SAMPLES, 1e-9, SIZES)


ROUTES = {
    "deviations_sum_eq": _routes(model.deviations, "x", "c"),
    "squares_about_mean_eq": _routes(model.squares_about_mean, "x"),
    "squares_about_point_eq": _routes(model.squares_about, "x", "c"),
    "products_about_means_eq": _routes(model.products_about_means, "xy"),
    "mean_argmin_eq": _routes(model.nearest, "x"),
    "regression_intercept_slope_eq": _routes(model.intercept_slope, "xy", "a", "b"),
    "regression_weight_slope_eq": _routes(model.weight_slope, "xy", "a", "b"),
    "residuals_sum_eq": _routes(model.residuals, "xy", "a", "b"),
    "nll_line_any_eq": _routes(model.nll_of_line, "xy", "a", "b", "v"),
    "mle_normal_mean_any_eq": _routes(model.likeliest_mean, "x", "v"),
    "score_normal_var_any_eq": _routes(model.variance_score, "x", "m", "v"),
    "mle_exponential_any_eq": _routes(model.likeliest_rate, "w"),
    "score_poisson_any_eq": _routes(model.count_score, "k", "r"),
    "score_bernoulli_any_eq": _routes(model.coin_score, "x", "p"),
}
