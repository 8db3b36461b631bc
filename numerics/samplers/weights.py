"""The routes of weights: sums and quadrature as written; torch's sums, grids and chains."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.information.jensen_shannon import FINITE
from numerics.named_laws import by_cast, interpreted, torch_law
from numerics.nodes import masses
from numerics.points import CALM, Point
from numerics.written import standing_on, torch_model
from reference_models.samplers import weights as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
PATH = ("f_01", "f_02", "f_11", "f_12", "f_21", "f_22", "k")
ROUNDING = 1e-9


def _annealed(*values: Tensor) -> Tensor:
    return model.annealed_weight(torch.stack(values[:6]).reshape(3, 2), values[6])


WEIGHED: tuple[Cast, ...] = tuple({**cast, "g": GIVEN**2 / (k + 2) - GIVEN + 1} for k, cast in enumerate(FINITE))
"""Targets and proposals of few values, and a function of them."""


def _weighed(cast: Cast, power: int) -> tuple[Tensor, Tensor]:
    """The masses of the proposal, and weight times function there."""
    p, q = (masses(torch_law(cast[name])) for name in "pq")
    values = [float(cast["g"].xreplace({GIVEN: sp.Integer(k)})) for k in range(len(p))]
    return q, (p / q * torch.tensor(values, dtype=torch.float64)) ** power


def _mean(cast: Cast, place: Point) -> float:
    masses_of, values = _weighed(cast, 1)
    return float(masses_of @ values)


def _variance(cast: Cast, place: Point) -> float:
    masses_of, squares = _weighed(cast, 2)
    return float(masses_of @ squares) - _mean(cast, place) ** 2


ROUTES = {
    "importance_mean_eq": standing_on(torch_model(model.weighted_mean, "p", "q", "f_0", "f_1")),
    "importance_square_shift_eq": standing_on(torch_model(model.squared_weight_shift, "m"), ROUNDING, MIDDLE),
    "importance_square_scale_eq": standing_on(torch_model(model.squared_weight_scale, "g"), ROUNDING, MIDDLE),
    "annealed_weight_eq": standing_on(torch_model(_annealed, *PATH), ROUNDING, MIDDLE),
    "importance_any_eq": (interpreted(WEIGHED), by_cast(_mean, WEIGHED, 1e-9)),
    "importance_variance_any_eq": (interpreted(WEIGHED), by_cast(_variance, WEIGHED, 1e-9)),
}
