"""The routes of what stays normal: integrals as written; torch's quadrature and its own laws."""

from __future__ import annotations

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.gaussian import closure as model

POOL = (*CALM, *(2 * r for r in CALM if r >= 1))
TWO, LOWER = ("m", "s", "n", "t"), ("a", "c", "d")

ROUTES = {
    "sum_normal_eq": standing_on(torch_model(model.summed, "y", "m", "s", "t"), 1e-9, POOL),
    "affine_normal_eq": standing_on(torch_model(model.affine, "y", "a", "b", "m", "s"), 1e-9, POOL),
    "marginal_normal_eq": standing_on(torch_model(model.marginal, "x", "m", *LOWER), 1e-9, POOL),
    "conditional_normal_eq": standing_on(torch_model(model.conditional, "x", "y", "m", "n", *LOWER), 1e-9, POOL),
    "product_normal_eq": standing_on(torch_model(model.product, "x", *TWO), 1e-9, POOL),
    "complete_square_eq": standing_on(torch_model(model.quadratic, "x", "a", "b", "c")),
    "decay_normal_eq": standing_on(torch_model(model.fallen, "m", "s", "k"), 1e-9, POOL),
    "generating_normal_eq": standing_on(torch_model(model.generating, "u", "m", "s"), 1e-9, POOL),
}
