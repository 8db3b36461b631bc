"""The routes of preferences: searches, sums and difference quotients as written, and the models of ``errata run``."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import CALM
from numerics.routes import Route
from numerics.slopes import slope
from numerics.written import standing_on, torch_model
from reference_models.learning import preferences

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


def _best_of_two(q: Tensor, d: Tensor) -> Tensor:
    """The probability of answer 1 under the best policy; the rewards of two answers are d and 0, over β."""
    return preferences.best_policy(torch.stack([q, 1 - q]), torch.stack([d, 0 * d]), torch.ones_like(d))[0]


def _value(policy: Distribution, reference: Distribution, best: Distribution, beta: Tensor, mass: Tensor) -> Tensor:
    """E r − β KL(policy ‖ reference), the reward being that of the optimum and of its partition function."""
    p, q, t = (torch.exp(law.log_prob(reference.enumerate_support())) for law in (policy, reference, best))
    return preferences.regularised_value(p, q, beta * torch.log(mass * t / q), beta)


def _of_optimum(r: Tensor, beta: Tensor, q: Tensor, mass: Tensor) -> Tensor:
    """The implicit reward of the optimum, q e^(r/β)/Z."""
    return preferences.implicit_reward(torch.log(q) + r / beta - torch.log(mass), torch.log(q), beta)


def _reward(r: Tensor, beta: Tensor, q: Tensor, mass: Tensor) -> Tensor:
    return _of_optimum(r, beta, q, mass) + beta * torch.log(mass)


def _difference(r1: Tensor, r2: Tensor, beta: Tensor, q1: Tensor, q2: Tensor, mass: Tensor) -> Tensor:
    return _of_optimum(r1, beta, q1, mass) - _of_optimum(r2, beta, q2, mass)


def _preference(r1: Tensor, r2: Tensor, beta: Tensor, q1: Tensor, q2: Tensor, mass: Tensor) -> Tensor:
    return preferences.win_prob(_of_optimum(r1, beta, q1, mass), _of_optimum(r2, beta, q2, mass))


def _dpo_loss(beta: Tensor, q1: Tensor, q2: Tensor, p1: Tensor, p2: Tensor) -> Tensor:
    return preferences.dpo_loss(torch.log(p1), torch.log(p2), torch.log(q1), torch.log(q2), beta)


def _of_laws() -> tuple[Route, Route]:
    return interpreted(MANY, CALM), by_cast(of_laws(_value, "p", "q", "t", at=("beta", "Z")), FEW, ROUNDING, CALM)


ROUTES = {
    "bradley_terry_eq": standing_on(torch_model(preferences.win_prob, "r_1", "r_2")),
    "bradley_terry_slope_eq": standing_on(torch_model(slope(preferences.reward_loss), "r_1", "r_2")),
    "kl_optimum_two_eq": standing_on(torch_model(_best_of_two, "q", "d"), ROUNDING, MIDDLE),
    "kl_objective_is_distance_eq": _of_laws(),
    "kl_objective_le": _of_laws(),
    "dpo_reward_eq": standing_on(torch_model(_reward, "r_1", "beta", "q_1", "Z"), ROUNDING, MIDDLE),
    "dpo_reward_difference_eq": standing_on(torch_model(_difference, *TWO), ROUNDING, MIDDLE),
    "dpo_preference_eq": standing_on(torch_model(_preference, *TWO), ROUNDING, MIDDLE),
    "dpo_slope_eq": standing_on(torch_model(slope(_dpo_loss, 3), "beta", "q_1", "q_2", "p_1", "p_2"), ROUNDING, MIDDLE),
}
