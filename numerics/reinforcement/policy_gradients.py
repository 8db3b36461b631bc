"""The routes of policy gradients: sequences and laws for names, difference quotients, autograd and scores."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial
from claims.notation import Normal
from numerics.casts import GIVEN, Cast
from numerics.expected import members, polynomial, scalar, weighed
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, THIRD, Left, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.routes import Route
from reference_models.learning.gradients import categorical_score, score_function
from reference_models.reinforcement import policy_gradients as model

SEQUENCES: tuple[Cast, ...] = tuple(
    {
        "z": (GIVEN - 3) ** 2 / (4 + k) - sp.Rational(k, 4),
        "Q": GIVEN / 3 - sp.Rational(k, 5),
        "R": (GIVEN - 2) ** 2 / k,
        "V": 1 - GIVEN / 2 + sp.Rational(k, 7),
        "D": (GIVEN - k) / 4,
        "P": 1 / (1 + (GIVEN - k) ** 2),
        "x": GIVEN / 2 - sp.Rational(k, 3),
        "y": (1 + (-1) ** (GIVEN * k)) / 2,
    }
    for k in range(1, 11)
)
"""Logits, values, rewards, worths, slopes, dynamics, what is seen and what is done."""

FORMULAS: Mapping[str, sp.Expr] = {"Q": GIVEN**2 / 2 - GIVEN + THIRD, "x": GIVEN - HALF}
LAWS: tuple[Cast, ...] = tuple(
    {"p": law, **FORMULAS}
    for law in (
        *(Binomial(n, p) for n in (1, 2, 4) for p in (THIRD, HALF, sp.Rational(4, 5))),
        Normal(0, 1), Normal(-HALF, 2),
    )
)  # fmt: skip
"""Laws of an action, its value, and its score; the first nine of few values."""


def _logits(cast: Cast, place: Point) -> tuple[Tensor, Tensor, int]:
    """The logits, those after the shift, and the place that is shifted."""
    by = int(place["k"])
    logits = members(cast, "z", 1, by + int(place["m"]))
    shift = torch.zeros_like(logits)
    shift[by - 1] = float(place["v"])
    return logits, logits + shift, by


def _by_score(cast: Cast, place: Point, baseline: float) -> float:
    """The mean of (Q − b) ∇ log π over actions."""
    _, moved, by = _logits(cast, place)
    worth = members(cast, "Q", 1, len(moved))
    rows = score_function(worth, categorical_score(torch.arange(len(moved)), moved), torch.tensor(baseline).double())
    return float((torch.softmax(moved, 0) @ rows)[by - 1])


def _step(cast: Cast, place: Point) -> float:
    logits, _, by = _logits(cast, place)
    rewards, worth, drift = (members(cast, name, 1, len(logits)) for name in "RVD")
    discount = scalar(place, "g")
    return float(model.worth_slope(logits, rewards + discount * worth, discount * drift, scalar(place, "v"), by))


def _tilted(cast: Cast, place: Point) -> float:
    outcomes, masses = weighed(cast["p"])
    return float(model.tilted_slope(outcomes, torch.log(masses), polynomial(cast, "Q")(outcomes), scalar(place, "e")))


def _spread(cast: Cast, place: Point) -> float:
    outcomes, masses = weighed(cast["p"])
    score, worth = polynomial(cast, "x")(outcomes)[:, None], polynomial(cast, "Q")(outcomes)
    terms = score_function(worth, score, scalar(place, "b"))[:, 0]
    return float((masses @ score[:, 0] ** 2) * (masses @ terms**2))


def _path(cast: Cast, place: Point) -> float:
    seen, done, dynamics = (members(cast, name, 1, int(place["n"])) for name in "xyP")
    return float(model.path_slope(seen, done, dynamics, scalar(place, "e")))


def _of_actions(left: Left) -> tuple[Route, Route]:
    return interpreted(SEQUENCES, SIZES), by_cast(left, SEQUENCES, 1e-10, SIZES)


def _of_laws(left: Left, laws: tuple[Cast, ...] = LAWS) -> tuple[Route, Route]:
    return interpreted(laws, CALM), by_cast(left, laws, 1e-9, CALM)


ROUTES = {
    "policy_gradient_any_eq": _of_actions(lambda cast, place: _by_score(cast, place, 0.0)),
    "baseline_any_eq": _of_actions(lambda cast, place: _by_score(cast, place, float(place["b"]))),
    "policy_gradient_step_eq": _of_actions(_step),
    "reinforce_eq": _of_laws(_tilted, LAWS[:9]),
    "optimal_baseline_eq": _of_laws(_spread),
    "path_score_eq": _of_actions(_path),
}
