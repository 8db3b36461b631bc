"""The routes of continuous time: limits next to their place, difference quotients, and torch."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.diffusion import continuous as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
PROCESS = ("v_0", "beta", "t")
ROUNDING = 1e-9

ROUTES = {
    "vp_limit_eq": standing_on(torch_model(model.kept, "beta", "t"), ROUNDING, MIDDLE),
    "ve_limit_eq": standing_on(torch_model(model.noise_speed, "s_0", "k", "t"), ROUNDING, MIDDLE),
    "fokker_planck_eq": standing_on(torch_model(model.density_speed, "x", *PROCESS), pool=MIDDLE),
    "probability_flow_path_eq": standing_on(torch_model(model.flow_speed, "x_0", *PROCESS), pool=MIDDLE),
    "reverse_sde_variance_eq": standing_on(torch_model(model.variance_speed, *PROCESS), pool=MIDDLE),
    "tweedie_normal_eq": standing_on(torch_model(model.denoised_normal, "x", "m", "s", "k", "v"), ROUNDING, MIDDLE),
    "tweedie_two_points_eq": standing_on(
        torch_model(model.denoised_two, "x", "u_1", "u_2", "q", "k", "v"), ROUNDING, MIDDLE
    ),
}
