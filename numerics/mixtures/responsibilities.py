"""The routes of mixtures: quadrature, quotients and limits as written, and torch's own mixture law."""

from __future__ import annotations

import sympy as sp

from derivations.mixtures.responsibilities import WHERE
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.mixtures import responsibilities as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
MIXTURE = ("w", "m_1", "m_2", "s_1", "s_2")
ROUNDING = 1e-9

ROUTES = {
    "total_variance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in MIXTURE), 10, pool=MIDDLE)),
        by_model(torch_model(model.variance, *MIXTURE), ROUNDING, MIDDLE, 10),
    ),
    "responsibility_eq": standing_on(torch_model(model.responsibility, "x", *MIXTURE), ROUNDING, MIDDLE),
    "responsibility_linear_eq": standing_on(
        torch_model(model.responsibility_alike, "x", "w", "m_1", "m_2", "s"), ROUNDING, MIDDLE
    ),
    "mixture_slope_eq": standing_on(torch_model(model.slope_of_mean, "x", *MIXTURE), ROUNDING, MIDDLE),
    "em_mean_eq": standing_on(torch_model(model.weighted_peak, "x_1", "x_2", "r_1", "r_2", "s"), ROUNDING, MIDDLE),
    "mixture_score_eq": standing_on(torch_model(model.even_score, "x", "d", "s"), ROUNDING, MIDDLE),
    "one_mode_le": standing_on(torch_model(model.falling, "t", "s", "kappa"), ROUNDING, MIDDLE),
    "mixture_bend_eq": standing_on(torch_model(model.middle_bend, "d", "s"), ROUNDING, MIDDLE),
}
