"""The routes of distances: sums and quadrature as written; torch by lists of critics and grids."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.adversarial import distances as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
APART = tuple(r for r in NASTY if r != 0)
"""Without zero, where the sign of a difference is not ±1."""
ROUNDING = 1e-9

ROUTES = {
    "wasserstein_dual_eq": standing_on(torch_model(model.best_critic, "c_1", "c_2", "w_1", "w_2"), pool=APART),
    "wasserstein_dual_le": standing_on(
        torch_model(model.critics_gap, "f", "c_1", "c_2", "w_1", "w_2", "h_1", "h_2"), pool=APART
    ),
    "wasserstein_step_le": standing_on(torch_model(model.one_more_point, "B", "c", "d", "f", "w", "h"), pool=APART),
    "wasserstein_step_eq": standing_on(torch_model(model.steepest_point, "B", "c", "d", "f", "w"), pool=APART),
    "mmd_coins_eq": standing_on(
        torch_model(model.squared_distance_of_coins, "p", "q", "k_00", "k_01", "k_11"), pool=MIDDLE
    ),
    "mmd_kernel_mean_eq": standing_on(torch_model(model.kernel_mean, "m", "s", "ell"), ROUNDING, MIDDLE),
}
