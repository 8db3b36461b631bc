"""The routes of the posteriors: rigorous quadrature of the integral as written, and torch on a grid.

Shapes are one third or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.conjugacy import posteriors as model

ROUNDING = 1e-9
COIN, COUNT, MEAN = ("a", "b", "k", "f"), ("a", "b", "c", "n"), ("m_0", "t", "y", "s")
POOL = (*CALM, *(2 * r for r in CALM if r >= 1))

ROUTES = {
    "posterior_beta_eq": standing_on(torch_model(model.coin_density, "p", *COIN), ROUNDING, POOL),
    "beta_posterior_mean_eq": standing_on(torch_model(model.coin_mean, *COIN), ROUNDING, POOL),
    "posterior_gamma_eq": standing_on(torch_model(model.count_density, "r", *COUNT), ROUNDING, POOL),
    "gamma_posterior_mean_eq": standing_on(torch_model(model.count_mean, *COUNT), ROUNDING, POOL),
    "posterior_normal_eq": standing_on(torch_model(model.mean_density, "m", *MEAN), ROUNDING, POOL),
    "predictive_normal_eq": standing_on(torch_model(model.predictive_density, *MEAN), ROUNDING, POOL),
    "normal_posterior_mean_eq": standing_on(torch_model(model.mean_mean, *MEAN), ROUNDING, POOL),
}
