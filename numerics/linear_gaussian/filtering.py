"""The routes of filtering: Gauss-Hermite sums and searches as written; torch by Newton steps and by all paths."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.linear_gaussian.filtering import WHERE, WHERE_HMM
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.linear_gaussian import filtering as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
STEP = ("m", "P", "a", "Q")
PATH = tuple(v.name for v in WHERE_HMM)
ROUNDING = 1e-9


def _likelihood(*values: Tensor) -> Tensor:
    together = torch.stack(values)
    return model.likelihood(together[:2], together[2:6].reshape(2, 2), together[6:].reshape(3, 2))


ROUTES = {
    "kalman_predict_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in STEP), 10, pool=MIDDLE)),
        by_model(torch_model(model.predicted_variance, *STEP), ROUNDING, MIDDLE, 10),
    ),
    "kalman_gain_eq": standing_on(torch_model(model.best_gain, "P", "R"), ROUNDING, MIDDLE),
    "kalman_update_mean_eq": standing_on(torch_model(model.updated_mean, "m", "P", "R", "y"), ROUNDING, MIDDLE),
    "kalman_update_variance_eq": standing_on(torch_model(model.updated_variance, "P", "R"), ROUNDING, MIDDLE),
    "hmm_forward_eq": standing_on(torch_model(_likelihood, *PATH), ROUNDING, MIDDLE),
    "hmm_smoothing_eq": standing_on(torch_model(_likelihood, *PATH), ROUNDING, MIDDLE),
}
