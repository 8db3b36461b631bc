"""The routes of the entropies of families: sums and integrals as written; torch on a line or a plane.

Shapes are one half or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import sympy as sp

from claims.domains import Positive, Real, Variable
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.information import families as model

SHAPES = (*CALM, *(2 * r for r in CALM if r >= 1))
WIDE = tuple(r for r in SHAPES if r >= sp.Rational(1, 2))
NEAR = tuple(r for r in CALM if abs(r) <= sp.Rational(2, 3))
"""Spreads for Gauss-Hermite quadrature: the log that is averaged has singular points beside the line."""
DEGREES = (*(sp.Integer(k) for k in range(1, 9)), *(sp.Rational(k, 2) for k in (3, 5, 7)))
FAMILY = ("e", "t_1", "t_2", "t_3", "h_1", "h_2", "h_3")

ROUTES = {
    "entropy_dirichlet_eq": standing_on(torch_model(model.dirichlet, "a", "b", "c"), 1e-8, WIDE),
    "entropy_student_eq": standing_on(torch_model(model.student, "nu"), 1e-9, DEGREES),
    "entropy_logistic_normal_eq": (
        as_written(points((Variable("m", Real()), Variable("s", Positive())), 10, pool=NEAR)),
        by_model(torch_model(model.logistic_normal, "m", "s"), 1e-9, CALM, 10),
    ),
    "entropy_boltzmann_eq": standing_on(torch_model(model.boltzmann, "e_1", "e_2", "e_3", "T"), pool=SHAPES),
    "entropy_exponential_family_eq": standing_on(torch_model(model.exponential_family, *FAMILY), pool=SHAPES),
}
