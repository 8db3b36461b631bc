"""The routes of policies: the left sides as written, and torch's recursions."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.preference import policies as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9
STATES = ("V_1", "u_1", "u_2", "g", "a", "b")

ROUTES = {
    "gae_eq": standing_on(
        torch_model(model.gae, "r_0", "r_1", "r_2", "V_0", "V_1", "V_2", "V_3", "g", "l"), ROUNDING, MIDDLE
    ),
    "performance_difference_eq": standing_on(torch_model(model.gain, *STATES), ROUNDING, MIDDLE),
    "policy_gradient_eq": standing_on(
        torch_model(model.slope, "r_1", "r_2", "r_3", "z_1", "z_2", "z_3"), ROUNDING, MIDDLE
    ),
}
