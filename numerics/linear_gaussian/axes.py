"""The routes of the axis of probabilistic PCA: sums over permutations as written, and torch's matrices."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.linear_gaussian import axes as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(2), sp.Rational(3), sp.Rational(1, 5))
ROUNDING = 1e-9

ROUTES = {
    "ppca_axis_of_three_ge": standing_on(
        torch_model(model.loss_of_three, "v", "w_1", "w_2", "w_3", "l", "e", "f"), ROUNDING, MIDDLE
    ),
    "ppca_determinant_any_step_eq": standing_on(torch_model(model.determinant, "v", "n", "g", "w"), ROUNDING, MIDDLE),
    "ppca_inverse_any_eq": standing_on(torch_model(model.restored, "v", "w", "h", "y", "a"), ROUNDING, MIDDLE),
    "ppca_axis_any_ge": standing_on(torch_model(model.loss_along, "v", "n", "g", "T", "l", "e", "k"), ROUNDING, MIDDLE),
}
