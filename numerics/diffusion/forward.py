"""The routes of the forward process: the chain as written in rigorous quadrature, and torch by grids and autograd."""

from __future__ import annotations

import sympy as sp

from claims.domains import OpenUnit, Real, Variable
from numerics.points import CALM, NASTY, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import forward as model

CHAIN = ("x", "x_0", "a", "b")
KEPT = ("x_0", "e", "c")
MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SPREAD = points((Variable("x_0", Real()), Variable("a", OpenUnit()), Variable("b", OpenUnit())), 10, pool=MIDDLE)
VARIANCE = torch_model(model.spread, "x_0", "a", "b")
ROUNDING = 1e-9

ROUTES = {
    "jump_step_eq": standing_on(torch_model(model.composed, *CHAIN), ROUNDING, MIDDLE),
    "jump_variance_eq": (
        as_written(SPREAD),
        by_model(torch_model(model.spread, "x_0", "a", "b"), ROUNDING, MIDDLE, 10),
    ),
    "log_posterior_eq": standing_on(torch_model(model.log_posterior, "x", "u", "x_0", "a", "b"), ROUNDING, MIDDLE),
    "score_of_jump_eq": standing_on(torch_model(model.score, "x", "x_0", "c"), pool=NASTY),
    "velocity_of_start_eq": standing_on(torch_model(model.velocity, *KEPT), ROUNDING),
    "start_of_velocity_eq": standing_on(torch_model(model.start, *KEPT), ROUNDING),
    "noise_of_velocity_eq": standing_on(torch_model(model.noise, *KEPT), ROUNDING),
    "posterior_mean_of_noise_eq": standing_on(torch_model(model.posterior_mean, "x", "e", "a", "b"), ROUNDING),
}
