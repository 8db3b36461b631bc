"""The routes of the entropies of counts: the sums of −p log p as written; torch's laws, listed."""

from __future__ import annotations

import sympy as sp

from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.information import counts as model

TOSSES = (*(sp.Integer(k) for k in range(1, 9)), *(sp.Rational(k, 11) for k in (1, 3, 5, 6, 8, 10)))
COINS = (*(sp.Rational(k, 11) for k in range(4, 11)), *(sp.Rational(k, 2) for k in (1, 3, 4, 5)))
"""Above 1/3, so that the terms of a geometric tail fall off in time; without 1, for which there is one way each."""
FEW = tuple(r for r in NASTY if r <= 4)

ROUTES = {
    "entropy_binomial_eq": standing_on(torch_model(model.binomial, "n", "p"), pool=TOSSES),
    "entropy_negative_binomial_eq": standing_on(torch_model(model.negative_binomial, "m", "p"), 1e-9, COINS),
    "entropy_poisson_eq": standing_on(torch_model(model.poisson, "r"), 1e-9, FEW),
    "entropy_discrete_uniform_eq": standing_on(torch_model(model.uniform, "n"), pool=TOSSES),
    "entropy_multinomial_of_two_eq": standing_on(torch_model(model.multinomial_of_two, "w_1", "w_2", "w_3")),
}
