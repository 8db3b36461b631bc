"""The routes of errors of weights: means by definition, in balls; torch's solvers on designs that are made."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM, Point
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import designs as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(3), sp.Rational(2))


def _routes(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(SAMPLES, SIZES), by_cast(of_sequences(value, *names, at=at), SAMPLES, 1e-9, SIZES)


def _shortest(cast: Cast, place: Point) -> float:
    def members(name: str, most: str) -> Tensor:
        counted = range(1, int(place[most]) + 1)
        return torch.tensor([float(cast[name].xreplace({GIVEN: sp.Integer(j)})) for j in counted], dtype=torch.float64)

    noise = torch.tensor(float(place["s"]), dtype=torch.float64)
    return float(model.shortest(members("w", "n"), members("y", "k"), noise))


ROUTES = {
    "ols_weights_any_eq": _routes(model.least_squares, "w", "s"),
    "ridge_weights_any_eq": _routes(model.ridge, "wx", "l", "s"),
    "minimum_norm_weights_any_eq": (interpreted(SAMPLES, SIZES), by_cast(_shortest, SAMPLES, 1e-9, SIZES)),
    "ols_beside_another_any_eq": _routes(model.beside_another, "xy"),
    "ols_random_inputs_eq": standing_on(torch_model(model.least_squares_of_random, "d", "k", "s"), 1e-9, MIDDLE),
    "minimum_norm_random_inputs_eq": standing_on(
        torch_model(model.shortest_of_random, "n", "k", "b", "s"), 1e-9, MIDDLE
    ),
}
