"""The routes of the entropies: the integral or sum of −p log p as written; torch on a line.

Shapes are one third or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.information import entropies as model

SHAPES = (*CALM, *(2 * r for r in CALM if r >= 1))
COINS = (*(r for r in CALM if r > 0), *(sp.Rational(k, 11) for k in range(3, 11)))
"""Above 1/4, so that the terms of a geometric sum fall off in time."""
WIDE = tuple(r for r in SHAPES if r >= sp.Rational(1, 2))
"""For integrands with a log that has no bound at an end."""
CLASSES = ("w_1", "w_2", "w_3")

ROUTES = {
    "entropy_laplace_eq": standing_on(torch_model(model.laplace, "b")),
    "entropy_geometric_eq": standing_on(torch_model(model.geometric, "p"), pool=COINS),
    "entropy_gamma_eq": standing_on(torch_model(model.gamma, "a", "r"), 1e-9, SHAPES),
    "entropy_beta_eq": standing_on(torch_model(model.beta, "a", "b"), 1e-9, WIDE),
    "entropy_lognormal_eq": standing_on(torch_model(model.lognormal, "m", "s"), 1e-9, SHAPES),
    "entropy_categorical_eq": standing_on(torch_model(model.categorical, *CLASSES)),
    "entropy_categorical_le": standing_on(torch_model(model.categorical, *CLASSES)),
    "entropy_categorical_ge": standing_on(torch_model(model.categorical, *CLASSES)),
}
