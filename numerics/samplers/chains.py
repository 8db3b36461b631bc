"""The routes of chains and weights: minima, sums, determinants and quadrature as written; torch's matrices."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.samplers import chains as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
CHAIN, PHASE = ("p_1", "p_2", "q_12", "q_21"), ("x", "v", "h", "k", "c")
PATH = ("f_01", "f_02", "f_11", "f_12", "f_21", "f_22", "k")
ROUNDING = 1e-9


def _annealed(*values: Tensor) -> Tensor:
    return model.annealed_weight(torch.stack(values[:6]).reshape(3, 2), values[6])


ROUTES = {
    "metropolis_balance_eq": standing_on(torch_model(model.flow_back, *CHAIN)),
    "metropolis_invariance_eq": standing_on(torch_model(model.kept_by_metropolis, *CHAIN)),
    "gibbs_invariance_eq": standing_on(torch_model(model.kept_by_gibbs, "j_11", "j_21")),
    "leapfrog_volume_eq": standing_on(torch_model(model.volume, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_position_reverses_eq": standing_on(torch_model(model.position_again, *PHASE), ROUNDING, MIDDLE),
    "leapfrog_momentum_reverses_eq": standing_on(torch_model(model.momentum_again, *PHASE), ROUNDING, MIDDLE),
    "importance_mean_eq": standing_on(torch_model(model.weighted_mean, "p", "q", "f_0", "f_1")),
    "importance_square_shift_eq": standing_on(torch_model(model.squared_weight_shift, "m"), ROUNDING, MIDDLE),
    "importance_square_scale_eq": standing_on(torch_model(model.squared_weight_scale, "g"), ROUNDING, MIDDLE),
    "annealed_weight_eq": standing_on(torch_model(_annealed, *PATH), ROUNDING, MIDDLE),
}
