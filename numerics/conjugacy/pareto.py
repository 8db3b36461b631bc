"""The routes of Pareto posteriors: rigorous quadrature of the integral as written, and torch on a grid."""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.conjugacy import pareto as model

ROUNDING = 1e-9
POOL = (*CALM, *(2 * r for r in CALM if r >= 1))

ROUTES = {
    "posterior_pareto_eq": standing_on(torch_model(model.end_density, "t", "m", "a", "n"), ROUNDING, POOL),
    "predictive_pareto_eq": standing_on(torch_model(model.next_density, "m", "a", "n"), ROUNDING, POOL),
    "posterior_pareto_shape_eq": standing_on(torch_model(model.shape_density, "s", "a", "b", "n", "T"), ROUNDING, POOL),
    "mle_pareto_shape_eq": standing_on(torch_model(model.best_shape, "n", "T"), ROUNDING, POOL),
}
