"""The routes of blocks of normal vectors: sums and integrals as written; torch's solver and torch's own laws."""

from __future__ import annotations

import sympy as sp

from derivations.gaussian.blocks import WHERE_FORMS
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.gaussian import blocks as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(3), sp.Rational(1, 5), sp.Rational(2))
ROUNDING = 1e-8
FORMS = ("a", "b", *(f"h_{i}" for i in range(1, 7)))
FACTOR = ("h_1", "h_3", "h_6", "h_2", "h_4", "h_5")

ROUTES = {
    "bordered_solution_eq": standing_on(torch_model(model.last_row, "b", "p", "q", "s"), ROUNDING, MIDDLE),
    "conditional_cov_any_step_eq": standing_on(
        torch_model(model.left_over, "c", "r", "w", "f", "b", "p", "s"), ROUNDING, MIDDLE
    ),
    "conditional_mean_any_step_eq": standing_on(
        torch_model(model.mean, "m", "r", "w", "f", "b", "p", "s"), ROUNDING, MIDDLE
    ),
    "squared_distance_any_step_eq": standing_on(torch_model(model.distance, "g", "b", "p", "s"), ROUNDING, MIDDLE),
    "normal_density_any_step_eq": standing_on(
        torch_model(model.log_density, "n", "D", "g", "b", "p", "s"), ROUNDING, MIDDLE
    ),
    "conditional_normal_of_three_eq": standing_on(
        torch_model(model.conditional_of_three, "x_1", "x_2", "x_3", *FACTOR), ROUNDING, MIDDLE
    ),
    "linear_map_any_step_eq": (
        as_written(points(tuple(v for v in WHERE_FORMS if v.name in FORMS), 8, pool=MIDDLE)),
        by_model(torch_model(model.mapped, *FORMS), ROUNDING, MIDDLE, 10),
    ),
    "affine_generating_any_eq": standing_on(torch_model(model.generated, "c", "m", "s"), ROUNDING, MIDDLE),
}
