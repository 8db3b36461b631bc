"""The routes of advantages: sequences and laws of few values for names, and torch's recursions and tables."""

from __future__ import annotations

import sympy as sp
import torch

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.expected import given, mean, members, polynomial, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, THIRD, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.written import standing_on, torch_model
from reference_models.learning.token_preferences import advantages

SEQUENCES: tuple[Cast, ...] = tuple(
    {
        "R": (GIVEN - 2) ** 2 / k - HALF,
        "V": 1 - GIVEN / 2 + sp.Rational(k, 7),
        "D": (GIVEN - k) ** 2 / 9 - THIRD,
    }
    for k in range(1, 11)
)
"""Rewards, values and TD residuals."""

_FIFTH = sp.Rational(1, 5)
LAWS: tuple[Cast, ...] = tuple(
    {
        "p": Binomial(n, p),
        "q": Binomial(m, q),
        "R": (GIVEN + THIRD) ** 2 - sp.Rational(n, 2),
        "V": GIVEN / 2 - p,
        "W": (GIVEN - 1) ** 2 / 3 + q / 7,
    }
    for n, m, p, q in (
        (1, 1, THIRD, HALF), (1, 1, HALF, (1 + GIVEN) * _FIFTH), (1, 2, 4 * _FIFTH, (4 - GIVEN) * _FIFTH),
        (2, 1, THIRD, (1 + GIVEN) * _FIFTH), (2, 2, HALF, HALF), (2, 2, _FIFTH, (1 + GIVEN) * _FIFTH),
        (2, 3, HALF, (4 - GIVEN) * _FIFTH), (3, 1, THIRD, (1 + GIVEN) * _FIFTH), (3, 2, HALF, (4 - GIVEN) * _FIFTH),
    )
)  # fmt: skip
"""The laws of an action and of the next state, rewards, and two values of states."""
WORTHS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "V": (GIVEN - 1) ** 2 / 3 + p, "W": GIVEN / 2 - p / k}
    for k, n, p in (
        (1, 1, THIRD), (2, 5, HALF), (3, 2, THIRD), (8, 4, THIRD), (4, 2, HALF), (5, 3, THIRD), (6, 3, HALF),
        (7, 4, HALF),
    )
)  # fmt: skip
"""The law of the next state, and two values of it."""


def _residuals(cast: Cast, place: Point) -> float:
    """The advantage at λ = 1, backwards; the value after the last step is a reward that comes with it."""
    n, discount = int(place["n"]), scalar(place, "g")
    rewards, values = members(cast, "R", 0, n - 1), members(cast, "V", 0, n)
    rewards[-1] += discount * values[-1]
    return float(advantages(rewards, values[:-1], discount, torch.ones_like(discount))[0])


def _gae(cast: Cast, place: Point) -> float:
    residuals = members(cast, "D", 0, int(place["n"]))
    return float(advantages(residuals, torch.zeros_like(residuals), scalar(place, "g"), scalar(place, "l"))[0])


def _gain(cast: Cast, place: Point) -> float:
    """E_a[r + γ E W] less the old value of the state."""
    later = polynomial(cast, "W")
    worth = mean(
        cast["p"],
        lambda actions: (
            polynomial(cast, "R")(actions)
            + scalar(place, "g") * torch.stack([mean(given(cast, "q", action), later) for action in actions])
        ),
    )
    return float(worth - scalar(place, "c"))


def _evaluated(cast: Cast, place: Point) -> float:
    return float(scalar(place, "g") * (mean(cast["p"], polynomial(cast, "V")) - mean(cast["p"], polynomial(cast, "W"))))


def _greater(before: torch.Tensor, y: torch.Tensor, d: torch.Tensor, h: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
    return torch.stack([before + d - h, y + d - k]).max()


ROUTES = {
    "n_step_advantage_eq": (interpreted(SEQUENCES, SIZES), by_cast(_residuals, SEQUENCES, 1e-10, SIZES)),
    "gae_any_eq": (interpreted(SEQUENCES, SIZES), by_cast(_gae, SEQUENCES, 1e-10, SIZES)),
    "performance_difference_step_eq": (interpreted(LAWS, CALM), by_cast(_gain, LAWS, 1e-10, CALM)),
    "bellman_mean_le": (interpreted(WORTHS, CALM), by_cast(_evaluated, WORTHS, 1e-10, CALM)),
    "bellman_max_step_le": standing_on(torch_model(_greater, "N", "y", "d", "h", "k")),
}
