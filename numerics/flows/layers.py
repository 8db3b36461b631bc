"""The routes of the layers: difference quotients and sums over permutations as written, and torch's Jacobians."""

from __future__ import annotations

import sympy as sp

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.flows import layers as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
NETWORK = ("k_1", "k_2", "k_3")
ROUNDING = 1e-9

ROUTES = {
    "coupling_volume_eq": standing_on(torch_model(model.coupling_log_volume, "x_1", "x_2", *NETWORK), ROUNDING, MIDDLE),
    "coupling_inverse_volume_eq": standing_on(
        torch_model(model.inverse_log_volume, "x_1", "y", *NETWORK), ROUNDING, MIDDLE
    ),
    "autoregressive_volume_eq": standing_on(
        torch_model(model.autoregressive_log_volume, "x_1", "x_2", "x_3", *NETWORK), ROUNDING, MIDDLE
    ),
    "pixelwise_volume_eq": standing_on(torch_model(model.convolution_volume, "a", "b", "c", "d"), ROUNDING),
    "lu_volume_eq": standing_on(torch_model(model.factored_log_volume, "l", "u_11", "u_12", "u_22"), ROUNDING, MIDDLE),
    "spline_slope_eq": standing_on(torch_model(model.spline_slope, "xi", "s", "d_0", "d_1"), ROUNDING),
}
