"""The routes of contents and codes: sums as written; torch's laws."""

from __future__ import annotations

import sympy as sp

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import coding as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
SYMBOLS, WORDS = ("w_1", "w_2", "w_3"), ("k_1", "k_2", "k_3")

ROUTES = {
    "content_sum_eq": standing_on(torch_model(model.content_of_both, "p", "q"), pool=COINS),
    "content_rarer_ge": standing_on(torch_model(model.content_of_both, "p", "q"), pool=COINS),
    "certain_nonneg": standing_on(torch_model(model.content, "p"), pool=COINS),
    "entropy_grouping_eq": standing_on(torch_model(model.three_outcomes, "p", "q"), pool=COINS),
    "source_coding_ge": standing_on(torch_model(model.mean_length, *SYMBOLS, *WORDS, "u")),
    "wrong_code_eq": standing_on(torch_model(model.mean_length, *SYMBOLS, *WORDS)),
    "shannon_code_le": standing_on(torch_model(model.rounded_length, *SYMBOLS, "f_1", "f_2", "f_3"), pool=COINS),
}
