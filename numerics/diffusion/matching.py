"""The routes of flow matching: difference quotients as written, and torch."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.diffusion import matching as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9

ROUTES = {
    "flow_matching_gradient_eq": standing_on(
        torch_model(model.loss_slope, "x", "w", "u", "d_1", "d_2", "q"), ROUNDING, MIDDLE
    ),
    "rectified_continuity_eq": standing_on(torch_model(model.carried, "x", "t", "m", "s"), ROUNDING, MIDDLE),
}
