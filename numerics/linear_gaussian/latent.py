"""The routes of linear-Gaussian latents: Gauss-Hermite sums and searches as written, and torch."""

from __future__ import annotations

import sympy as sp

from derivations.linear_gaussian.latent import WHERE
from numerics.points import CALM, points
from numerics.routes import Route, as_written
from numerics.written import Model, by_model, standing_on, torch_model
from reference_models.linear_gaussian import latent as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
BOTH, ONE = ("w_1", "w_2", "s_1", "s_2"), ("w_1", "s_1")
ROUNDING = 1e-9


def _by_nodes(value: Model, names: tuple[str, ...]) -> tuple[Route, Route]:
    """Gauss-Hermite sums of nested means, and the torch model."""
    at = points(tuple(v for v in WHERE if v.name in names), 8, pool=MIDDLE)
    return as_written(at), by_model(value, ROUNDING, MIDDLE, 10)


ROUTES = {
    "factor_covariance_eq": _by_nodes(torch_model(model.shared, *BOTH), BOTH),
    "factor_variance_eq": _by_nodes(torch_model(model.own, *ONE), ONE),
    "factor_posterior_mean_eq": standing_on(torch_model(model.latent_mean, "x_1", "x_2", *BOTH), ROUNDING, MIDDLE),
    "ppca_determinant_eq": standing_on(torch_model(model.log_determinant, "w_1", "w_2", "s"), ROUNDING, MIDDLE),
    "ppca_noise_eq": standing_on(torch_model(model.best_noise, "l_2", "l_3"), ROUNDING, MIDDLE),
    "ppca_axis_variance_eq": standing_on(torch_model(model.best_axis, "l_1"), ROUNDING, MIDDLE),
    "ppca_axis_ge": standing_on(torch_model(model.loss_at_angle, "v", "g", "k", "l", "d"), ROUNDING, MIDDLE),
    "ppca_shrinkage_eq": standing_on(torch_model(model.reconstructed, "y", "g", "s"), ROUNDING, MIDDLE),
}
