"""The routes of rates of large deviations: divergences and searches as written; torch's divergences, and Newton."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.likelihood import tails as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(3), sp.Rational(2))
COINS = tuple(sp.Rational(k, 11) for k in range(1, 11))
APART = tuple(sp.Rational(k, 3) for k in (1, 2, 4, 5, 7, 8, 10))
"""Means of counts no two of which are equal at a point: where they are, every term of the divergence is zero."""

ROUTES = {
    "chernoff_normal_rate_eq": standing_on(torch_model(model.normal_rate, "a", "m", "s"), 1e-9, MIDDLE),
    "chernoff_coin_exponent_eq": standing_on(torch_model(model.coin_exponent, "p", "q"), 1e-8, COINS),
    "chernoff_coin_rate_eq": standing_on(torch_model(model.coin_rate, "p", "q"), 1e-9, COINS),
    "chernoff_count_exponent_eq": standing_on(torch_model(model.count_exponent, "a", "r"), 1e-8, MIDDLE),
    "chernoff_count_rate_eq": standing_on(torch_model(model.count_rate, "a", "r"), 1e-9, APART),
}
