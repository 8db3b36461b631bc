"""The routes of filtering: Gauss-Hermite sums and searches as written; models of filters and of chains."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.linear_gaussian.filtering import WHERE, WHERE_HMM
from numerics.casts import GIVEN, Cast
from numerics.expected import members
from numerics.gaussian.closure import row, square
from numerics.likelihood.samples import SIZES
from numerics.named_laws import Left, by_cast, interpreted
from numerics.points import CALM, Point, points
from numerics.routes import Route, as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.structured import filters, markov

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
STEP = ("m", "P", "a", "Q")
PATH = tuple(v.name for v in WHERE_HMM)
ROUNDING = 1e-9


def _predicted_variance(m: Tensor, P: Tensor, a: Tensor, Q: Tensor) -> Tensor:
    return filters.predict(row(m), square(1, P), square(1, a), square(1, Q))[1].reshape(())


def _gain(P: Tensor, R: Tensor) -> Tensor:
    """The state itself is seen."""
    return filters.gain(square(1, P), torch.ones_like(square(1, P)), square(1, R)).reshape(())


def _updated(m: Tensor, P: Tensor, R: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    cov = square(1, P)
    mean, after = filters.update(row(m), cov, row(y), torch.ones_like(cov), square(1, R))
    return mean[0], after[0, 0]


def _updated_mean(m: Tensor, P: Tensor, R: Tensor, y: Tensor) -> Tensor:
    return _updated(m, P, R, y)[0]


def _updated_variance(P: Tensor, R: Tensor) -> Tensor:
    return _updated(0 * P, P, R, 0 * R)[1]


def _likelihood(*values: Tensor) -> Tensor:
    """Of three observations, each of its own kind: the start, the turns, and a row for each observation."""
    together = torch.stack(values)
    start, turns, seen = together[:2], together[2:6].reshape(2, 2), together[6:].reshape(3, 2)
    return torch.exp(markov.log_evidence(torch.arange(3), start, turns, seen.mT))


STATES: tuple[Cast, ...] = tuple(
    {
        name: (GIVEN - 1 - shift) ** 2 / (k + 2) + sp.Rational(k, 3 + shift)
        for shift, name in enumerate(("a", "w", "o", "P", "W", "u", "v"))
    }
    for k in range(1, 11)
)
"""Positive members of each sequence; those of W are the entries of a matrix, column by column."""


def _turns(cast: Cast, states: int) -> Tensor:
    """Rows from, columns to: (n, n)."""
    return members(cast, "W", 1 + states, states**2 + states).reshape(states, states).mT


def _of_three(cast: Cast, place: Point) -> float:
    states = int(place["n"])
    start, *seen = (members(cast, name, 1, states) for name in "Puvo")
    return float(torch.exp(markov.log_evidence(torch.arange(3), start, _turns(cast, states), torch.stack(seen, 1))))


def _met(cast: Cast, place: Point) -> float:
    """Two observations: nothing is seen before the step; after it, what is seen there and later."""
    states = int(place["n"])
    before, after, seen = (members(cast, name, 1, states) for name in "awo")
    emission = torch.stack([torch.ones_like(seen), seen * after], 1)
    return float(torch.exp(markov.log_evidence(torch.arange(2), before, _turns(cast, states), emission)))


def _of_states(left: Left) -> tuple[Route, Route]:
    return interpreted(STATES, SIZES), by_cast(left, STATES, ROUNDING, SIZES)


ROUTES = {
    "kalman_predict_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in STEP), 10, pool=MIDDLE)),
        by_model(torch_model(_predicted_variance, *STEP), ROUNDING, MIDDLE, 10),
    ),
    "kalman_gain_eq": standing_on(torch_model(_gain, "P", "R"), ROUNDING, MIDDLE),
    "kalman_update_mean_eq": standing_on(torch_model(_updated_mean, "m", "P", "R", "y"), ROUNDING, MIDDLE),
    "kalman_update_variance_eq": standing_on(torch_model(_updated_variance, "P", "R"), ROUNDING, MIDDLE),
    "hmm_forward_eq": standing_on(torch_model(_likelihood, *PATH), ROUNDING, MIDDLE),
    "hmm_smoothing_eq": standing_on(torch_model(_likelihood, *PATH), ROUNDING, MIDDLE),
    "hmm_forward_any_eq": _of_states(_of_three),
    "hmm_smoothing_any_eq": _of_states(_of_three),
    "hmm_meeting_any_step_eq": _of_states(_met),
}
