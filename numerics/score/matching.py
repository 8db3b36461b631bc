"""The routes of score matching: Gauss-Hermite sums for nested means, the rest as written, and torch by autograd."""

from __future__ import annotations

import sympy as sp

from derivations.score.matching import WHERE, WHERE_STEP
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.score import matching as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9
QUADRATIC, LINE, STEP = ("m", "s", "k_0", "k_1", "k_2"), ("m", "s", "r", "k_0", "k_1"), ("s", "h")


ROUTES = {
    "hyvarinen_normal_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in QUADRATIC), 10, pool=MIDDLE)),
        by_model(torch_model(model.explicit_less_implicit, *QUADRATIC), ROUNDING, MIDDLE, 10),
    ),
    "hyvarinen_integrand_eq": standing_on(torch_model(model.flux_slope, "x", "a", "b", "d", "e"), pool=MIDDLE),
    "denoising_normal_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in LINE), 10, pool=MIDDLE)),
        by_model(torch_model(model.denoising_less_explicit, *LINE), ROUNDING, MIDDLE, 10),
    ),
    "denoising_two_points_eq": standing_on(torch_model(model.spread_of_scores, "j_1", "j_2", "g_1", "g_2")),
    "langevin_stationary_eq": standing_on(torch_model(model.drift_takes, "x", "a", "b"), pool=MIDDLE),
    "ula_variance_eq": (
        as_written(points(tuple(v for v in WHERE_STEP if v.name in STEP), 10, pool=MIDDLE)),
        by_model(torch_model(model.variance_after, *STEP), ROUNDING, MIDDLE, 10),
    ),
    "annealed_step_eq": standing_on(torch_model(model.drift_over_noise, "s", "eps", "t"), ROUNDING, MIDDLE),
}
