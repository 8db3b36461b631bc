"""The routes of normalisations: sequences for names, difference quotients, and autograd of torch's layers."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.expected import members, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import Left, by_cast, interpreted
from numerics.points import Point
from numerics.routes import Route
from numerics.slopes import slope
from reference_models.networks import units

SEQUENCES: tuple[Cast, ...] = tuple({"x": (GIVEN - 3) ** 2 / (2 + k) - GIVEN + sp.Rational(k, 4)} for k in range(1, 11))
"""Coordinates, of either sign."""
Layer = Callable[[Tensor, Tensor], Tensor]


def _coordinates(cast: Cast, place: Point) -> Tensor:
    return members(cast, "x", 1, sum(int(place[letter]) for letter in "kdm"))


def _slope_of(layer: Layer, further: bool) -> Left:
    """Of coordinate k, or of k + d, as coordinate k moves."""

    def left(cast: Cast, place: Point) -> float:
        x, by = _coordinates(cast, place), int(place["k"]) - 1
        of = by + int(place["d"]) if further else by

        def output(shift: Tensor) -> Tensor:
            moved = x + shift * torch.nn.functional.one_hot(torch.tensor(by), len(x))
            return layer(moved, scalar(place, "e"))[of]

        return float(slope(output)(scalar(place, "v")))

    return left


def _shifted(cast: Cast, place: Point) -> float:
    moved = units.layer_norm(_coordinates(cast, place) + scalar(place, "c"), scalar(place, "e"))
    return float(moved[int(place["k"]) - 1])


def _routes(left: Left) -> tuple[Route, Route]:
    return interpreted(SEQUENCES, SIZES), by_cast(left, SEQUENCES, 1e-10, SIZES)


ROUTES = {
    "layer_norm_own_eq": _routes(_slope_of(units.layer_norm, further=False)),
    "layer_norm_other_eq": _routes(_slope_of(units.layer_norm, further=True)),
    "layer_norm_shift_eq": _routes(_shifted),
    "rms_norm_own_eq": _routes(_slope_of(units.rms_norm, further=False)),
    "rms_norm_other_eq": _routes(_slope_of(units.rms_norm, further=True)),
}
