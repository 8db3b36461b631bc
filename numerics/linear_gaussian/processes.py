"""The routes of Gaussian processes: integrals and sums as written; torch's solver on covariance matrices."""

from __future__ import annotations

import sympy as sp

from derivations.linear_gaussian.processes import WHERE
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.linear_gaussian import processes as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2))
SPREAD = ("k", "c", "v", "s")
WHOLE = ("y", "m", "h", *SPREAD)
LINEAR = of_sequences(model.linear_process, *"xy", at=("b", "t", "s"))

ROUTES = {
    "gp_mean_any_step_eq": standing_on(torch_model(model.predicted_mean, "y", "m", "h", "k", "c", "s"), 1e-9, MIDDLE),
    "gp_variance_any_step_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in WHOLE), 8, pool=MIDDLE)),
        by_model(torch_model(model.predicted_variance, *SPREAD), 1e-9, MIDDLE, 10),
    ),
    "gp_variance_le": standing_on(torch_model(model.predicted_variance, *SPREAD), 1e-9, MIDDLE),
    "gp_linear_kernel_any_eq": (interpreted(SAMPLES, SIZES), by_cast(LINEAR, SAMPLES, 1e-8, SIZES)),
    "sparse_expected_eq": standing_on(torch_model(model.expected_log_likelihood, "y", "u", "d", "s"), 1e-8, MIDDLE),
    "sparse_collapsed_eq": standing_on(torch_model(model.collapsed_bound, "y", "q", "d", "s"), 1e-8, MIDDLE),
    "sparse_bound_le": standing_on(torch_model(model.log_bound, "y", "q", "d", "s"), 1e-9, MIDDLE),
}
