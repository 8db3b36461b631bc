"""The routes of transformed draws: quotients, determinants and quadrature as written; torch's Jacobians and laws."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.samplers import transforms as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
SCORES, WEIGHTS = ("a_1", "a_2", "a_3"), ("w_1", "w_2", "w_3")
ROUNDING = 1e-9

ROUTES = {
    "inverse_cdf_exponential_eq": standing_on(torch_model(model.exponential_density, "x", "r"), ROUNDING, MIDDLE),
    "inverse_cdf_logistic_eq": standing_on(torch_model(model.logistic_density, "y"), ROUNDING),
    "box_muller_eq": standing_on(torch_model(model.pair_density, "u", "v"), ROUNDING, MIDDLE),
    "gumbel_density_eq": standing_on(torch_model(model.gumbel_density, "g", "a_1"), ROUNDING, MIDDLE),
    "gumbel_max_eq": standing_on(torch_model(model.first_is_greatest, *SCORES), ROUNDING, MIDDLE, 8),
    "exponential_race_eq": standing_on(torch_model(model.first_is_soonest, *WEIGHTS), ROUNDING, MIDDLE),
    "temperature_entropy_slope_eq": standing_on(torch_model(model.entropy_slope, "b", *SCORES), ROUNDING, MIDDLE),
    "top_k_kl_eq": standing_on(torch_model(model.truncated_divergence, *WEIGHTS), ROUNDING, MIDDLE),
    "top_p_tv_eq": standing_on(torch_model(model.truncated_distance, *WEIGHTS), ROUNDING, MIDDLE),
}
