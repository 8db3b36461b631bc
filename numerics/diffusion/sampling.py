"""The routes of sampling: Gauss-Hermite sums for nested means, the rest as written, and torch by autograd."""

from __future__ import annotations

import sympy as sp
from torch import Tensor

from derivations.diffusion.sampling import WHERE
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import chain
from reference_models.diffusion import sampling as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SPREAD = ("x_0", "b", "c", "h")
ROUNDING = 1e-9


def _way_back_mean(x: Tensor, x0: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Of the model that ``errata run ddpm`` holds, whose bars are ᾱ_t = ab and ᾱ_{t−1} = b."""
    return chain.posterior(x, x0, a * b, b)[0]


ROUTES = {
    "ddim_variance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in SPREAD), 10, pool=MIDDLE)),
        by_model(torch_model(model.step_variance, *SPREAD), ROUNDING, MIDDLE, 10),
    ),
    "ddim_eta_one_eq": standing_on(torch_model(_way_back_mean, "x", "x_0", "a", "b"), ROUNDING),
    "ddim_eta_zero_eq": standing_on(torch_model(model.noiseless, "x", "e", "b", "c"), ROUNDING),
    "classifier_guidance_eq": standing_on(torch_model(model.guided_score, "x", "m", "s", "k", "w"), pool=MIDDLE),
    "guided_noise_eq": standing_on(torch_model(model.guided_noise, "x", "x_0", "c", "k", "w"), pool=MIDDLE),
    "guided_peak_eq": standing_on(torch_model(model.guided_peak, "m", "s", "y", "r", "w"), pool=MIDDLE),
    "classifier_free_score_eq": standing_on(
        torch_model(model.free_score, "x", "m", "s", "n", "r", "w"), ROUNDING, MIDDLE
    ),
    "classifier_free_conventions_eq": standing_on(torch_model(model.extrapolated, "u", "g", "w")),
}
