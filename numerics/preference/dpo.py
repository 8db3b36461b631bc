"""The routes of preferences: searches, sums and difference quotients as written, and torch's own losses."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.learning import preferences
from reference_models.preference import dpo as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
TWO = ("r_1", "r_2", "beta", "q_1", "q_2", "Z")
ROUNDING = 1e-9

FEW: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "q": Binomial(n, q), "t": Binomial(n, t)}
    for n, p, q, t in (
        (1, THIRD, HALF, sp.Rational(1, 5)), (1, HALF, THIRD, HALF), (1, HALF, sp.Rational(9, 10), THIRD),
        (2, THIRD, HALF, THIRD), (2, HALF, THIRD, sp.Rational(3, 4)), (2, sp.Rational(1, 10), HALF, THIRD),
        (3, HALF, sp.Rational(51, 100), HALF), (3, THIRD, HALF, HALF), (4, HALF, THIRD, THIRD),
    )
)  # fmt: skip
"""Policy, reference and optimum over a few answers."""

MANY: tuple[Cast, ...] = (
    *FEW[:6],
    {"p": Normal(0, 1), "q": Normal(1, 2), "t": Normal(HALF, HALF)},
    {"p": Normal(-1, 3), "q": Normal(0, 4), "t": Normal(HALF, 1)},
    {"p": Beta(2, 2), "q": Uniform(0, 1), "t": Beta(3, 3)},
)
"""The same, and over a continuum."""


def _dpo_slope(beta: Tensor, q1: Tensor, q2: Tensor, p1: Tensor, p2: Tensor) -> Tensor:
    """The slope in p₁ of the loss that ``errata run dpo`` holds, by autograd."""
    at = p1.detach().clone().requires_grad_()
    loss = preferences.dpo_loss(torch.log(at), torch.log(p2), torch.log(q1), torch.log(q2), beta)
    return torch.autograd.grad(loss, at)[0]


def _of_laws() -> tuple[Route, Route]:
    return interpreted(MANY, CALM), by_cast(
        of_laws(model.distance, "p", "q", "t", at=("beta", "Z")), FEW, ROUNDING, CALM
    )


ROUTES = {
    "bradley_terry_eq": standing_on(torch_model(model.preferred, "r_1", "r_2")),
    "bradley_terry_slope_eq": standing_on(torch_model(model.slope_of_loss, "r_1", "r_2")),
    "kl_optimum_two_eq": standing_on(torch_model(model.optimum, "q", "d"), ROUNDING, MIDDLE),
    "kl_objective_is_distance_eq": _of_laws(),
    "kl_objective_le": _of_laws(),
    "dpo_reward_eq": standing_on(torch_model(model.implicit_reward, "r_1", "beta", "q_1", "Z"), ROUNDING, MIDDLE),
    "dpo_reward_difference_eq": standing_on(torch_model(model.implicit_difference, *TWO), ROUNDING, MIDDLE),
    "dpo_preference_eq": standing_on(torch_model(model.implicit_preference, *TWO), ROUNDING, MIDDLE),
    "dpo_slope_eq": standing_on(torch_model(_dpo_slope, "beta", "q_1", "q_2", "p_1", "p_2"), ROUNDING, MIDDLE),
}
