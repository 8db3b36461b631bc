"""The routes of chains: minima, sums and determinants as written; torch's matrices."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.samplers import chains as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
CHAIN, PHASE = ("p_1", "p_2", "q_12", "q_21"), ("x", "v", "h", "k", "c")
ROUNDING = 1e-9


ROUTES = {
    "metropolis_balance_eq": standing_on(torch_model(model.flow_back, *CHAIN)),
    "metropolis_invariance_eq": standing_on(torch_model(model.kept_by_metropolis, *CHAIN)),
    "gibbs_invariance_eq": standing_on(torch_model(model.kept_by_gibbs, "j_11", "j_21")),
    "leapfrog_volume_eq": standing_on(torch_model(model.volume, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_position_reverses_eq": standing_on(torch_model(model.position_again, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_momentum_reverses_eq": standing_on(torch_model(model.momentum_again, *PHASE), ROUNDING, MIDDLE),
}
