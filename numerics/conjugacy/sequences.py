"""The routes of learning in sequence: rigorous quadrature of the integrals as written, and torch's own laws.

Shapes are one half or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import sympy as sp

from claims.domains import Positive, Variable
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.conjugacy import sequences as model

POOL = tuple(r for r in (*CALM, *(2 * r for r in CALM if r >= 1)) if r <= 0 or r >= sp.Rational(1, 3))
SPREADS = (Variable("t", Positive()), Variable("s", Positive()))
COUNTS = ("k", "f", "j", "g")

ROUTES = {
    "posterior_dirichlet_eq": standing_on(
        torch_model(model.dirichlet, "p", "w", "a_1", "a_2", "a_3", "n_1", "n_2", "n_3"), 1e-9, POOL
    ),
    "sequential_beta_eq": standing_on(torch_model(model.sequential_coin, "p", "a", "b", *COUNTS), 1e-7, POOL),
    "predictive_coin_eq": standing_on(torch_model(model.heads_next, "a", "b", "k", "f"), 1e-7, POOL),
    "predictive_poisson_eq": standing_on(torch_model(model.next_count, "x", "a", "b"), 1e-9, POOL),
    "sequential_normal_eq": standing_on(torch_model(model.at_once, "m", "m_0", "t", "y_1", "y_2", "s"), 1e-8, POOL),
    "predictive_variance_eq": (
        as_written(points(SPREADS, 9, pool=CALM)),
        by_model(torch_model(model.predictive_variance, "t", "s"), 1e-9, CALM, 9),
    ),
}
