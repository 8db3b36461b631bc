"""The routes of slopes for any number of classes: sequences in the place of names, difference quotients, autograd."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SIZES
from numerics.named_laws import Left, by_cast, interpreted
from numerics.points import Point
from numerics.routes import Route
from reference_models.likelihood import any_classes as model

SEQUENCES: tuple[Cast, ...] = tuple(
    {"z": (GIVEN - 3) ** 2 / (4 + k) - sp.Rational(k, 4), "y": GIVEN / 3 - sp.Rational(k, 5)} for k in range(1, 11)
)
"""Logits and targets, of either sign."""


def _members(cast: Cast, name: str, place: Point) -> Tensor:
    count = sum(int(place[letter]) for letter in "kdm")
    values = [float(cast[name].xreplace({GIVEN: sp.Integer(n)})) for n in range(1, count + 1)]
    return torch.tensor(values, dtype=torch.float64)


def _shifted(cast: Cast, place: Point) -> Tensor:
    logits = _members(cast, "z", place)
    logits[int(place["k"]) - 1] += float(place["v"])
    return logits


def _loss_slope(cast: Cast, place: Point) -> float:
    return float(model.loss_slope(_shifted(cast, place), _members(cast, "y", place), int(place["k"])))


def _slope_of(other: Callable[[Point], int]) -> Left:
    return lambda cast, place: float(
        model.probability_slope(_shifted(cast, place), int(place["k"]) + other(place), int(place["k"]))
    )


def _routes(left: Left) -> tuple[Route, Route]:
    return interpreted(SEQUENCES, SIZES), by_cast(left, SEQUENCES, 1e-10, SIZES)


ROUTES = {
    "softmax_any_own_eq": _routes(_slope_of(lambda place: 0)),
    "softmax_any_other_eq": _routes(_slope_of(lambda place: int(place["d"]))),
    "ce_any_slope_eq": _routes(_loss_slope),
}
