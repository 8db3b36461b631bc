"""The routes of Laplace's approximation: integrals, quotients and limits as written; torch's sums and autograd."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.conjugacy import laplace as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2), sp.Rational(3))
ENTRIES = tuple(f"h_{k}" for k in range(1, 10))

ROUTES = {
    "laplace_parabola_eq": standing_on(torch_model(model.parabola_evidence, "y", "L", "h"), 1e-9, MIDDLE),
    "laplace_gamma_eq": standing_on(torch_model(model.rate_curvature, "r", "a", "b"), 1e-9, MIDDLE),
    "laplace_gamma_mode_eq": standing_on(torch_model(model.rate_mode, "a", "b"), 1e-9, MIDDLE),
    "laplace_beta_logit_eq": standing_on(torch_model(model.odds_curvature, "z", "a", "b"), 1e-9, MIDDLE),
    "bic_normal_eq": standing_on(torch_model(model.mean_evidence, "y", "n", "m", "t", "v"), 1e-8, MIDDLE),
    "bic_limit_eq": standing_on(torch_model(model.penalty_left, "y", "m", "t", "v"), 1e-7, MIDDLE),
    "bic_dimension_eq": standing_on(torch_model(model.scaled_determinant, "n", *ENTRIES), 1e-9, MIDDLE),
}
