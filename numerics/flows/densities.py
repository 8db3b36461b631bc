"""The routes of changing variables: quotients, limits and sums as written; torch's transforms and Jacobians."""

from __future__ import annotations

import sympy as sp

from derivations.flows.densities import WHERE
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.flows import densities as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
MATRIX = ("a", "b", "c", "d")
ROUNDING = 1e-9

ROUTES = {
    "density_of_image_eq": standing_on(torch_model(model.image_density, "y", "m", "s"), pool=MIDDLE),
    "log_density_either_way_eq": standing_on(
        torch_model(model.image_log_density, "y", "a", "b", "m", "s"), ROUNDING, MIDDLE
    ),
    "polar_volume_eq": standing_on(torch_model(model.polar_volume, "r", "phi"), pool=MIDDLE),
    "density_of_affine_image_eq": standing_on(
        torch_model(model.affine_density, "x_1", "x_2", "a", "b", "d"), ROUNDING, MIDDLE
    ),
    "composition_volume_eq": standing_on(
        torch_model(model.composed_log_volume, "x_1", "x_2", "k_1", "k_2"), pool=MIDDLE
    ),
    "trace_formula_eq": standing_on(torch_model(model.unit_time_log_volume, *MATRIX), ROUNDING, MIDDLE),
    "hutchinson_mean_eq": standing_on(torch_model(model.probe_mean, *MATRIX)),
    "hutchinson_variance_sign_eq": standing_on(torch_model(model.probe_variance, *MATRIX)),
    "hutchinson_variance_normal_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in MATRIX), 10, pool=MIDDLE)),
        by_model(torch_model(model.normal_probe_variance, *MATRIX), ROUNDING, MIDDLE, 10),
    ),
}
