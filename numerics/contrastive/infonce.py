"""The routes of contrastive losses: sums and difference quotients as written, and torch's cross-entropy."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.contrastive import infonce as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
SCORES = ("s_1", "s_2", "s_3", "T")
DRAWS = ("j_1", "j_2", "j_3", "b_1", "b_2", "b_3")


def _drawn_first(*values: Tensor) -> Tensor:
    together = torch.stack(values)
    return model.drawn_first(together[:3], together[3:])


ROUTES = {
    "infonce_is_cross_entropy_eq": standing_on(torch_model(model.loss, *SCORES), pool=MIDDLE),
    "infonce_slope_positive_eq": standing_on(torch_model(model.slope_positive, *SCORES), pool=MIDDLE),
    "infonce_slope_negative_eq": standing_on(torch_model(model.slope_negative, *SCORES), pool=MIDDLE),
    "infonce_optimum_eq": standing_on(torch_model(_drawn_first, *DRAWS)),
    "infonce_gap_eq": standing_on(torch_model(model.gap, "r_1", "r_2", "r_3")),
    "infonce_bound_le": standing_on(torch_model(model.expected_bound, "a", "b")),
    "infonce_ceiling_le": standing_on(torch_model(model.bound, "r_1", "r_2", "r_3")),
    "clip_loss_eq": standing_on(torch_model(model.clip_loss, "s_11", "s_12", "s_21", "s_22")),
}
