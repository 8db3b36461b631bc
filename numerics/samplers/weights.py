"""The routes of weights: sums and quadrature as written; torch's sums, grids and chains."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.samplers import weights as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
PATH = ("f_01", "f_02", "f_11", "f_12", "f_21", "f_22", "k")
ROUNDING = 1e-9


def _annealed(*values: Tensor) -> Tensor:
    return model.annealed_weight(torch.stack(values[:6]).reshape(3, 2), values[6])


ROUTES = {
    "importance_mean_eq": standing_on(torch_model(model.weighted_mean, "p", "q", "f_0", "f_1")),
    "importance_square_shift_eq": standing_on(torch_model(model.squared_weight_shift, "m"), ROUNDING, MIDDLE),
    "importance_square_scale_eq": standing_on(torch_model(model.squared_weight_scale, "g"), ROUNDING, MIDDLE),
    "annealed_weight_eq": standing_on(torch_model(_annealed, *PATH), ROUNDING, MIDDLE),
}
