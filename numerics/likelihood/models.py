"""The routes of likelihoods of whole models: difference quotients and sums as written; torch's laws and autograd."""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.likelihood import models as model

BOTH = ("y_1", "y_2", "m_1", "m_2")
ROWS = ("x_11", "x_12", "x_21", "x_22", "x_31", "x_32")

ROUTES = {
    "nll_isotropic_eq": standing_on(torch_model(model.nll_isotropic, *BOTH, "s_1")),
    "nll_heteroscedastic_eq": standing_on(torch_model(model.nll_normal, *BOTH, "s_1", "s_2")),
    "ols_normal_equations_eq": standing_on(torch_model(model.residual_slope, "w_1", "w_2", "y_1", "y_2", "y_3", *ROWS)),
    "mle_categorical_le": standing_on(torch_model(model.table_likelihood, "k_1", "k_2", "k_3", "w_1", "w_2", "w_3")),
    "lagrange_categorical_eq": standing_on(torch_model(model.lagrangian_slope, "p", "k", "l")),
    "exponential_family_mean_eq": standing_on(
        torch_model(model.log_normaliser_slope, "e", "t_1", "t_2", "t_3", "h_1", "h_2", "h_3"), 1e-9, CALM
    ),
    "glm_poisson_slope_eq": standing_on(torch_model(model.poisson_slope, "w", "x", "y"), 1e-9, CALM),
}
