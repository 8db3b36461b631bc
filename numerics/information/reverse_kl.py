"""The routes of reverse KL on two modes: quadrature and difference quotients as written; torch's mixture and autograd.

Modes lie near each other where Gauss-Hermite quadrature is asked: log cosh has poles beside the line.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from flint import arb
from torch import Tensor

from claims.claim import Claim
from claims.domains import Positive, Real, Variable
from claims.evidence import Evidence
from numerics.points import CALM, Point, at, points
from numerics.quadrature import estimated
from numerics.routes import Route, Trial, compared
from numerics.written import by_model, standing_on, torch_model
from reference_models.information import reverse_kl as model

NEAR = tuple(r for r in CALM if abs(r) <= sp.Rational(2, 3))
BOTH = points((Variable("m", Real()), Variable("c", Positive())), 10, pool=NEAR)


def _with_more_nodes(claim: Claim) -> Evidence:
    """Gauss-Hermite quadrature of the left side with twice the usual nodes."""

    def derived(point: Point, attempt: int) -> arb:
        return estimated(at(claim.left, point, claim.where), 1 + attempt)

    return compared(claim, Trial("as written", BOTH, derived, 7, "the left side by Gauss-Hermite quadrature"))


def _by_nodes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return Route("as written", _with_more_nodes), by_model(torch_model(value, "m", "c"), 1e-9, CALM, 10)


ROUTES = {
    "reverse_kl_two_modes_eq": _by_nodes(model.with_log_cosh),
    "log_cosh_slope_eq": standing_on(torch_model(model.log_cosh_slope, "z", "m", "c"), 1e-9, CALM),
    "tanh_slope_eq": standing_on(torch_model(model.tanh_slope, "z", "m", "c"), 1e-9, CALM),
    "reverse_kl_curvature_ge": _by_nodes(model.curvature),
}
