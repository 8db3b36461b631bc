"""The routes of Jensen-Shannon and Bregman divergences: sums and difference quotients as written; torch's autograd."""

from __future__ import annotations

import sympy as sp

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import jensen_shannon as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FOUR = ("x_1", "x_2", "y_1", "y_2")

ROUTES = {
    "js_entropy_eq": standing_on(torch_model(model.js, "p", "q"), pool=COINS),
    "js_nonneg": standing_on(torch_model(model.js, "p", "q"), pool=COINS),
    "js_le": standing_on(torch_model(model.js, "p", "q"), pool=COINS),
    "bregman_negentropy_eq": standing_on(torch_model(model.bregman_negentropy, *FOUR)),
    "bregman_negentropy_nonneg": standing_on(torch_model(model.bregman_negentropy, *FOUR)),
    "bregman_square_eq": standing_on(torch_model(model.bregman_square, "x", "y")),
}
