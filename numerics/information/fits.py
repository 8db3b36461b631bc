"""The routes of the fits: integrals and searches as written; torch's losses, mixtures and slopes."""

from __future__ import annotations

import sympy as sp

from numerics.named_laws import PAIRS, by_cast, interpreted, of_laws
from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import fits as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FEW = (*CALM, *(sp.Integer(k) for k in (2, 3, 4)))
MODES = ("w", "c_1", "c_2", "s")

ROUTES = {
    "cross_entropy_eq": (interpreted(PAIRS), by_cast(of_laws(model.cross_entropy, "p", "q"), PAIRS, 1e-8)),
    "mle_forward_kl_eq": standing_on(torch_model(model.mean_nll, "q", "k", "f"), pool=COINS),
    "mle_forward_kl_argmin_eq": standing_on(torch_model(model.nearest_coin, "k", "f"), 1e-9, FEW, 8),
    "map_forward_kl_eq": standing_on(torch_model(model.mean_posterior_nll, "q", "k", "f", "a", "b"), 1e-10, FEW),
    "one_hot_cross_entropy_eq": standing_on(torch_model(model.smoothed_loss, "e", "q_1", "q_2", "q_3"), pool=COINS),
    "forward_kl_loss_eq": standing_on(torch_model(model.forward_loss, *MODES, "m", "v"), 1e-9, FEW),
    "forward_kl_var_eq": standing_on(torch_model(model.forward_variance, *MODES), 1e-9, FEW),
    "two_modes_eq": standing_on(torch_model(model.two_modes, "z", "m", "c"), 1e-10, FEW),
}
