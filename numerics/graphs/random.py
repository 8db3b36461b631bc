"""The routes of random graphs: sums, limits and determinants as written; torch by all sets of edges and recursions."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.graphs import random as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Integer(3))
DEGREES = (*MIDDLE, *map(sp.Integer, (2, 4, 5)))
ROUNDING = 1e-9

ROUTES = {
    "degree_generating_eq": standing_on(torch_model(model.generating, "p", "z")),
    "degree_variance_eq": standing_on(
        torch_model(model.degree_variance, "p"), pool=(*MIDDLE, sp.Rational(1, 100), sp.Rational(99, 100))
    ),
    "poisson_limit_eq": standing_on(torch_model(model.poisson_generating, "lam", "z"), ROUNDING, MIDDLE),
    "poisson_ratio_eq": standing_on(torch_model(model.poisson_ratio, "lam", "k"), ROUNDING, DEGREES),
    "block_spectrum_eq": standing_on(torch_model(model.characteristic, "n", "p", "q", "x"), ROUNDING, MIDDLE),
    "block_posterior_eq": standing_on(torch_model(model.log_odds_given_edge, "w", "p", "q"), ROUNDING, MIDDLE),
    "attachment_recursion_eq": standing_on(torch_model(model.share_after, "k", "m"), ROUNDING, MIDDLE),
    "attachment_tail_eq": standing_on(torch_model(model.share, "k", "m"), ROUNDING, MIDDLE),
    "attachment_exponent_eq": standing_on(torch_model(model.exponent, "m"), ROUNDING, DEGREES),
    "attachment_growth_eq": standing_on(torch_model(model.growth, "m", "t", "s"), ROUNDING, MIDDLE),
}
