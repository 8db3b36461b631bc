"""The routes of two variables: sums as written; torch's tables and their margins."""

from __future__ import annotations

import sympy as sp

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import joint as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
THREE = ("a", "b", "c")

ROUTES = {
    "entropy_chain_eq": standing_on(torch_model(model.joint_entropy, *THREE), pool=COINS),
    "mi_entropies_eq": standing_on(torch_model(model.information, *THREE), pool=COINS),
    "mi_conditional_eq": standing_on(torch_model(model.information, *THREE), pool=COINS),
    "mi_mean_kl_eq": standing_on(torch_model(model.information, *THREE), pool=COINS),
    "mi_nonneg": standing_on(torch_model(model.information, *THREE), pool=COINS),
    "conditioning_entropy_le": standing_on(torch_model(model.conditional_entropy, *THREE), pool=COINS),
    "kl_chain_eq": standing_on(torch_model(model.joint_kl, *THREE, "d", "e", "f"), pool=COINS),
    "data_processing_le": standing_on(torch_model(model.passed_kl, "p", "q", "g", "h"), pool=COINS),
    "mi_data_processing_le": standing_on(torch_model(model.passed_information, *THREE, "m", "g", "h"), pool=COINS),
    "mi_normal_eq": standing_on(torch_model(model.normal_information, "s", "r"), 1e-9, COINS),
}
