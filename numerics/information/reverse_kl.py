"""The routes of reverse KL on two modes: quadrature and difference quotients as written; torch's mixture and autograd.

Modes lie near each other where quadrature is asked: log cosh has poles beside the line.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.points import CALM, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.information import reverse_kl as model

NEAR = tuple(r for r in CALM if abs(r) <= sp.Rational(2, 3))
BOTH = points((Variable("m", Real()), Variable("c", Positive())), 10, pool=NEAR)
APART = points((Variable("c", Positive()),), 10, pool=(*NEAR, *(sp.Rational(k, 12) for k in range(1, 9))))
"""Distances of the modes, all near."""


def _by_nodes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return as_written(BOTH), by_model(torch_model(value, "m", "c"), 1e-9, CALM, 10)


ROUTES = {
    "reverse_kl_two_modes_eq": _by_nodes(model.with_log_cosh),
    "log_cosh_slope_eq": standing_on(torch_model(model.log_cosh_slope, "z", "m", "c"), 1e-9, CALM),
    "tanh_slope_eq": standing_on(torch_model(model.tanh_slope, "z", "m", "c"), 1e-9, CALM),
    "reverse_kl_curvature_ge": _by_nodes(model.curvature),
    "sech_squared_eq": standing_on(torch_model(model.sech_squared, "z", "c"), 1e-9, CALM),
    "reverse_kl_middle_le": (
        as_written(APART),
        by_model(torch_model(model.middle_curvature, "c"), 1e-9, CALM, 10),
    ),
}
