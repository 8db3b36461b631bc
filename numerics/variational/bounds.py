"""The routes of the bounds: sums and searches as written; torch's enumeration."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.variational import bounds as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
DRAWS = ("j_1", "j_0", "q")

ROUTES = {
    "iwae_one_le_two": standing_on(torch_model(model.one_draw, *DRAWS), pool=COINS),
    "iwae_two_le_three": standing_on(torch_model(model.two_draws, *DRAWS), pool=COINS),
    "iwae_le_log_evidence": standing_on(torch_model(model.two_draws, *DRAWS), pool=COINS),
    "em_ascent_ge": standing_on(torch_model(model.gained, "j_1", "j_0", "k_1", "k_0"), pool=COINS),
    "mean_field_update_eq": standing_on(torch_model(model.best_factor, "s", "l_1", "l_0"), 1e-7, CALM, 8),
    "mean_field_var_eq": standing_on(torch_model(model.narrow_variance, "a", "c", "d"), 1e-7, CALM, 8),
    "mean_field_var_le": standing_on(torch_model(model.conditional_variance, "a", "c", "d"), 1e-9),
}
