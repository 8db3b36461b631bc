"""The routes of preferences: searches, sums and difference quotients as written, and torch's own losses."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.learning import preferences
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


def _dpo_slope(beta: Tensor, q1: Tensor, q2: Tensor, p1: Tensor, p2: Tensor) -> Tensor:
    """The slope in p₁ of the loss that ``errata run dpo`` holds, by autograd."""
    at = p1.detach().clone().requires_grad_()
    loss = preferences.dpo_loss(torch.log(at), torch.log(p2), torch.log(q1), torch.log(q2), beta)
    return torch.autograd.grad(loss, at)[0]


ROUTES = {
    "bradley_terry_eq": standing_on(torch_model(model.preferred, "r_1", "r_2")),
    "bradley_terry_slope_eq": standing_on(torch_model(model.slope_of_loss, "r_1", "r_2")),
    "kl_optimum_two_eq": standing_on(torch_model(model.optimum, "q", "d"), ROUNDING, MIDDLE),
    "kl_objective_is_distance_eq": standing_on(
        torch_model(_distance, *REWARDS, *REFERENCE, "p_1", "p_2"), ROUNDING, (*SMALL, -SMALL[0])
    ),
    "dpo_reward_difference_eq": standing_on(torch_model(_implicit, *REWARDS, *REFERENCE), ROUNDING, MIDDLE),
    "dpo_slope_eq": standing_on(torch_model(_dpo_slope, "beta", "q_1", "q_2", "p_1", "p_2"), ROUNDING, MIDDLE),
}
