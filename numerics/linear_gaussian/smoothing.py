"""The routes of the smoother's step back: densities and integrals as written; torch's joint normal law."""

from __future__ import annotations

import sympy as sp

from derivations.linear_gaussian.smoothing import WHERE
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.linear_gaussian import processes as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2))
STEP = ("m", "P", "a", "Q", "w", "R")

ROUTES = {
    "rts_given_next_eq": standing_on(torch_model(model.log_given_next, "x", "y", "m", "P", "a", "Q"), 1e-8, MIDDLE),
    "rts_mean_eq": standing_on(torch_model(model.smoothed_mean, "m", "P", "a", "Q", "w"), 1e-9, MIDDLE),
    "rts_variance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in STEP), 8, pool=MIDDLE)),
        by_model(torch_model(model.smoothed_variance, "P", "a", "Q", "R"), 1e-9, MIDDLE, 10),
    ),
    "rts_variance_le": standing_on(
        torch_model(lambda p, a, q, d: model.smoothed_variance(p, a, q, a**2 * p + q - d), "P", "a", "Q", "d"),
        1e-9,
        MIDDLE,
    ),
}
