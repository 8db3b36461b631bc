"""The routes of an autoencoder's objective: quadrature, sums and searches as written; torch's own divergences."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.points import CALM, NASTY, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.variational import autoencoder as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
ENCODER = ("x", "w", "m", "s", "v")
LAYERS = ("a_1", "a_0", "b_11", "b_10", "b_01", "b_00", "c_1", "c_0", "q", "r_1", "r_0")
POINTS = points(tuple(Variable(n, Positive() if n in "sv" else Real()) for n in ENCODER), 10, pool=CALM)


def _by_nodes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    """Gauss-Hermite quadrature of the left side as written, and the model."""
    return as_written(POINTS), by_model(torch_model(value, *ENCODER), 1e-9, CALM, 10)


ROUTES = {
    "vae_loss_eq": _by_nodes(model.negative_elbo),
    "beta_variance_eq": _by_nodes(model.scaled_loss),
    "decoder_variance_eq": standing_on(torch_model(model.best_variance, "e"), 1e-8, CALM, 8),
    "hierarchical_elbo_eq": standing_on(torch_model(model.two_layers, *LAYERS), pool=COINS),
    "hierarchical_elbo_le": standing_on(torch_model(model.two_layers, *LAYERS), pool=COINS),
    "aggregated_posterior_eq": standing_on(torch_model(model.mean_divergence, "q", "r", "c"), pool=COINS),
}
