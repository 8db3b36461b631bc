"""The routes of the hierarchical ELBO's forms: sums as written; torch's tables of both latents."""

from __future__ import annotations

import sympy as sp

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.variational import hierarchy as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
LAYERS = ("a", "b_1", "b_0", "c_1", "c_0", "q", "r_1", "r_0")

ROUTES = {
    "hierarchical_gap_eq": standing_on(torch_model(model.gap, *LAYERS), pool=COINS),
    "hierarchical_entropy_eq": standing_on(torch_model(model.bottom_up, *LAYERS), pool=COINS),
    "hierarchical_joint_kl_eq": standing_on(torch_model(model.bottom_up, *LAYERS), pool=COINS),
    "hierarchical_top_down_eq": standing_on(torch_model(model.top_down, *LAYERS), pool=COINS),
}
