"""The routes of decay: Gauss-Hermite sums and difference quotients as written; torch's coefficients of each noise."""

from __future__ import annotations

import sympy as sp

from derivations.gaussian.decay import DERIVATIONS
from numerics.points import CALM, free_variables, points
from numerics.routes import Route, as_written
from numerics.written import Model, by_model, standing_on, torch_model
from reference_models.gaussian import decay as model

SHARES = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
CLAIMS = {d.claim.name: d.claim for d in DERIVATIONS}


def _by_nodes(name: str, value: Model) -> tuple[Route, Route]:
    """Gauss-Hermite sums of nested means, and the torch model."""
    claim = CLAIMS[name]
    return as_written(points(free_variables(claim.left, claim.where), 10, pool=SHARES)), by_model(
        value, 1e-9, SHARES, 10
    )


ROUTES = {
    "ar_one_variance_eq": _by_nodes("ar_one_variance_eq", torch_model(model.variance_after_step, "a", "s")),
    "ar_one_correlation_eq": _by_nodes("ar_one_correlation_eq", torch_model(model.correlation, "a", "c")),
    "ou_covariance_eq": _by_nodes("ou_covariance_eq", torch_model(model.covariance_with_start, "k", "t", "v")),
    "ou_two_stretches_eq": _by_nodes("ou_two_stretches_eq", torch_model(model.two_stretches, "k", "t", "h", "s")),
    "ou_variance_slope_eq": standing_on(torch_model(model.variance_slope, "k", "t", "s", "v"), 1e-9, SHARES),
    "vp_signal_eq": _by_nodes("vp_signal_eq", torch_model(model.signal, "x_0", "a_1", "a_2", "a_3")),
}
