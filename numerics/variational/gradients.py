"""The routes of gradients of expectations: quadrature and difference quotients as written; torch's autograd."""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.variational import gradients as model

FOUR, COIN = ("m", "s", "a", "b"), ("t", "u", "v", "w")

ROUTES = {
    "reparameterised_eq": standing_on(torch_model(model.mean, *FOUR), 1e-9, CALM),
    "pathwise_gradient_eq": standing_on(torch_model(model.mean_slope, *FOUR), 1e-9, CALM),
    "score_gradient_eq": standing_on(torch_model(model.score_slope, *FOUR), 1e-9, CALM),
    "baseline_eq": standing_on(torch_model(model.weighted_slope, *FOUR, "c"), 1e-9, CALM),
    "score_gradient_coin_eq": standing_on(torch_model(model.coin_slope, *COIN), 1e-9, CALM),
    "naive_gradient_eq": standing_on(torch_model(model.missed, *COIN), 1e-9, CALM),
}
