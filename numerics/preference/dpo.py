"""The routes of preferences: searches, sums and difference quotients as written, and torch's own losses."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.preference import dpo as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
SMALL = tuple(sp.Rational(1, n) for n in (3, 4, 5, 7, 10))
"""Two of these leave a third probability above zero."""
REWARDS, REFERENCE = ("r_1", "r_2", "r_3", "beta"), ("q_1", "q_2", "q_3")
ROUNDING = 1e-9


def _distance(*values: Tensor) -> Tensor:
    together = torch.stack(values)
    return model.distance(together[:3], together[3], together[4:7], together[7], together[8])


def _implicit(*values: Tensor) -> Tensor:
    together = torch.stack(values)
    return model.implicit_difference(together[:3], together[3], together[4:7])


ROUTES = {
    "bradley_terry_eq": standing_on(torch_model(model.preferred, "r_1", "r_2")),
    "bradley_terry_slope_eq": standing_on(torch_model(model.slope_of_loss, "r_1", "r_2")),
    "kl_optimum_two_eq": standing_on(torch_model(model.optimum, "q", "d"), ROUNDING, MIDDLE),
    "kl_objective_is_distance_eq": standing_on(
        torch_model(_distance, *REWARDS, *REFERENCE, "p_1", "p_2"), ROUNDING, (*SMALL, -SMALL[0])
    ),
    "dpo_reward_difference_eq": standing_on(torch_model(_implicit, *REWARDS, *REFERENCE), ROUNDING, MIDDLE),
    "dpo_slope_eq": standing_on(torch_model(model.dpo_slope, "beta", "q_1", "q_2", "p_1", "p_2"), ROUNDING, MIDDLE),
}
