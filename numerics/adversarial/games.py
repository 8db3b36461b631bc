"""The routes of the adversarial game: searches, sums and quotients as written; torch by bisection and autograd."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.adversarial import games as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
ROUNDING = 1e-9

ROUTES = {
    "optimal_discriminator_eq": standing_on(torch_model(model.best_discriminator, "p", "q"), ROUNDING, MIDDLE),
    "game_value_eq": standing_on(torch_model(model.game_value, "p", "q"), ROUNDING, MIDDLE),
    "saturating_slope_eq": standing_on(torch_model(model.saturating_slope, "a")),
    "non_saturating_slope_eq": standing_on(torch_model(model.non_saturating_slope, "a")),
}
