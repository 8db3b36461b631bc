"""The routes of sums along a sequence: sequences of numbers in the place of names, at several n, and torch's loops."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SIZES
from numerics.named_laws import Left, by_cast, interpreted, of_sequences
from numerics.points import Point
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import series as model

SEQUENCES: tuple[Cast, ...] = tuple(
    {
        "x": GIVEN**2 / k - 2 * GIVEN + sp.Rational(k, 3),
        "g": (GIVEN - k) ** 2 / 5 - sp.Rational(k, 2),
        "z": (GIVEN - 3) ** 2 / (2 + k) - sp.Rational(k, 4),
    }
    for k in range(1, 11)
)
"""Formulas for the members of each sequence, of either sign."""


def _routes(left: Left) -> tuple[Route, Route]:
    return interpreted(SEQUENCES, SIZES), by_cast(left, SEQUENCES, 1e-10, SIZES)


def _alone(value: Callable[..., Tensor], *names: str) -> Left:
    """A model that knows no sequence, only letters."""
    return lambda cast, place: float(value(*(torch.tensor(float(place[n]), dtype=torch.float64) for n in names)))


def _of_class(cast: Cast, place: Point) -> float:
    """The model of the logits, and of the one of the class that is asked for."""
    classes = (*range(1, int(place["n"]) + 1), int(place["k"]))
    logits = [float(cast["z"].xreplace({GIVEN: sp.Integer(j)})) for j in classes]
    *all_of_them, true = torch.tensor(logits, dtype=torch.float64)
    return float(model.cross_entropy(torch.stack(all_of_them), true))


ROUTES = {
    "telescope_eq": _routes(of_sequences(model.differences, "x", more=1)),
    "telescope_fractions_eq": _routes(_alone(model.fractions, "n")),
    "geometric_sum_eq": _routes(_alone(model.geometric, "n", "r")),
    "moving_average_step_eq": _routes(of_sequences(model.moving_average, "g", at=("d",), more=1)),
    "return_step_eq": _routes(of_sequences(model.discounted, "x", at=("d",), more=1)),
    "logsumexp_any_eq": _routes(of_sequences(model.log_partition, "z")),
    "ce_any_eq": _routes(_of_class),
    "ce_true_slope_eq": standing_on(torch_model(lambda u, v, rest: model.logit_slopes(u, v, rest)[0], "u", "v", "R")),
    "ce_other_slope_eq": standing_on(torch_model(lambda u, v, rest: model.logit_slopes(u, v, rest)[1], "u", "v", "R")),
}
