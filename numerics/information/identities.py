"""The routes of the information quantities: sums and integrals as written; torch's tables and quadrature."""

from __future__ import annotations

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import identities as model

THREE = ("p_1", "p_2", "p_3", "q_1", "q_2", "q_3")
ELEVENTHS = tuple(r / 11 for r in NASTY if r.is_integer and r > 0)
"""For laws of one probability, of which the common pool holds few."""

ROUTES = {
    "entropy_bernoulli_eq": standing_on(torch_model(model.entropy_coin, "p"), pool=(*NASTY, *ELEVENTHS)),
    "entropy_exponential_eq": standing_on(torch_model(model.entropy_exponential, "r")),
    "entropy_normal_eq": standing_on(torch_model(model.entropy_normal, "s")),
    "entropy_uniform_eq": standing_on(torch_model(model.entropy_uniform, "w")),
    "kl_bernoulli_eq": standing_on(torch_model(model.kl_coins, "p", "q")),
    "cross_entropy_bernoulli_eq": standing_on(torch_model(model.cross_entropy_coins, "p", "q")),
    "cross_entropy_categorical_eq": standing_on(torch_model(model.cross_entropy_tables, *THREE)),
    "log_evidence_two_eq": standing_on(torch_model(model.log_evidence, "j_1", "j_2")),
}
