"""The routes of the objective: Gauss-Hermite sums for nested means, the rest as written, and torch by autograd."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.diffusion.objective import WHERE, WHERE_STEPS
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import objective as model

MIDDLE = (*CALM, sp.Rational(9, 10), sp.Rational(1, 5))
SHARES = ("a_1", "a_2", "a_3")
NOISE = ("a", "b", "e", "g", "x", "s")
PATH = ("p_1", "p_2", "p_3", "p_T", "j_1", "j_2", "j_3", "r_2", "r_3")
ROUNDING = 1e-9


def _elbo(*values: Tensor) -> Tensor:
    together = torch.stack(values)
    return model.elbo(together[:3], together[3], together[4:7], together[7:])


ROUTES = {
    "jump_of_three_variance_eq": (
        as_written(points(WHERE_STEPS[3:], 10, pool=MIDDLE)),
        by_model(torch_model(model.added_variance, *SHARES), ROUNDING, MIDDLE, 10),
    ),
    "posterior_variance_eq": standing_on(torch_model(model.posterior_variance, "a", "b")),
    "kl_term_noise_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in NOISE), 10, pool=MIDDLE)),
        by_model(torch_model(model.kl_by_noise, *NOISE), ROUNDING, MIDDLE, 10),
    ),
    "kl_term_start_eq": standing_on(torch_model(model.kl_by_start, "a", "b", "x", "x_0", "y"), ROUNDING, MIDDLE),
    "simple_loss_drops_eq": standing_on(torch_model(model.weight, "a", "b"), ROUNDING, MIDDLE),
    "velocity_loss_eq": standing_on(torch_model(model.velocity_error, "x", "e", "g", "c"), ROUNDING, MIDDLE),
    "start_of_score_eq": standing_on(torch_model(model.start_by_score, "x", "x_0", "c"), ROUNDING),
    "noise_of_score_eq": standing_on(torch_model(model.noise_by_score, "x", "x_0", "c"), ROUNDING),
    "elbo_telescoped_eq": standing_on(torch_model(_elbo, *PATH)),
}
