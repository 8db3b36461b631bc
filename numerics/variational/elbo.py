"""The routes of the evidence lower bound: sums and searches as written; torch's enumeration."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM, NASTY
from numerics.written import standing_on, torch_model
from reference_models.variational import elbo as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FOUR = ("c", "a", "b", "q")

ROUTES = {
    "elbo_entropy_eq": standing_on(torch_model(model.elbo, *FOUR), pool=COINS),
    "elbo_reconstruction_eq": standing_on(torch_model(model.elbo, *FOUR), pool=COINS),
    "elbo_gap_eq": standing_on(torch_model(model.gap, *FOUR), pool=COINS),
    "elbo_le_log_evidence": standing_on(torch_model(model.elbo, *FOUR), pool=COINS),
    "elbo_le_of_jensen": standing_on(torch_model(model.elbo, *FOUR), pool=COINS),
    "elbo_argmax_eq": standing_on(torch_model(model.best_q, "c", "a", "b"), 1e-7, CALM, 8),
    "elbo_argmax_theta_eq": standing_on(torch_model(model.best_prior, "a", "b", "q"), 1e-7, CALM, 8),
    "gap_argmin_theta_eq": standing_on(torch_model(model.prior_of_least_gap, "a", "b", "q"), 1e-7, CALM, 8),
    "free_energy_eq": standing_on(torch_model(model.free_energy, "E", "q"), pool=COINS),
}
