"""The routes of Fisher information: sums, integrals and a search as written, and torch's second slopes."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.likelihood import fisher as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
COINS = tuple(sp.Rational(k, 11) for k in range(1, 11))
ROUNDING = 1e-8

ROUTES = {
    "fisher_poisson_eq": standing_on(torch_model(model.of_poisson, "lambda"), ROUNDING, MIDDLE),
    "fisher_bernoulli_eq": standing_on(torch_model(model.of_bernoulli, "p"), ROUNDING, COINS),
    "fisher_exponential_eq": standing_on(torch_model(model.of_exponential, "lambda"), ROUNDING, MIDDLE),
    "fisher_normal_mean_eq": standing_on(torch_model(model.of_normal_mean, "m", "s"), ROUNDING, MIDDLE),
    "fisher_normal_std_eq": standing_on(torch_model(model.of_normal_std, "m", "s"), ROUNDING, MIDDLE),
    "chernoff_normal_eq": standing_on(torch_model(model.best_exponent, "a", "s"), ROUNDING, MIDDLE),
}
