"""The routes of velocities: laws of few values in the place of names, and torch's tables of places and paths."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.expected import given, polynomial, scalar, weighed
from numerics.named_laws import HALF, THIRD, Left, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.routes import Route
from numerics.slopes import slope
from reference_models.diffusion import velocities as model

_FIFTH = sp.Rational(1, 5)
LAWS: tuple[Cast, ...] = tuple(
    {"q": Binomial(n, q), "r": Binomial(m, r), "g": GIVEN / 2 - q, "z": (GIVEN - 1) ** 2 / 3 + HALF}
    for n, m, q, r in (
        (1, 1, THIRD, (1 + GIVEN) * _FIFTH), (1, 2, HALF, (4 - GIVEN) * _FIFTH), (1, 3, _FIFTH, (1 + GIVEN) * _FIFTH),
        (2, 1, HALF, (1 + GIVEN) * _FIFTH), (2, 2, THIRD, (4 - GIVEN) * _FIFTH), (2, 2, HALF, HALF),
        (2, 3, 4 * _FIFTH, (1 + GIVEN) * _FIFTH), (3, 1, HALF, (4 - GIVEN) * _FIFTH),
        (3, 2, THIRD, (1 + GIVEN) * _FIFTH),
    )
)  # fmt: skip
"""The law of places, that of the velocities (or ends) of paths through one, the model, and how a parameter moves it."""
ALONE: tuple[Cast, ...] = tuple(
    {"r": Binomial(n, p)} for n in (1, 2, 3) for p in (THIRD + GIVEN / 12, HALF + GIVEN / 8, 3 * _FIFTH - GIVEN / 10)
)
"""The law of the ends of paths through one place."""


def _tables(cast: Cast) -> tuple[Tensor, Tensor, Tensor]:
    """Places (places,), the velocities of paths, and their joint masses, both (places, paths)."""
    places, masses = weighed(cast["q"])
    paths = [weighed(given(cast, "r", x)) for x in places]
    joint = torch.stack([m * p for m, (_, p) in zip(masses, paths, strict=True)])
    return places, torch.stack([y for y, _ in paths]), joint


def _loss(cast: Cast, place: Point) -> float:
    places, velocities, joint = _tables(cast)
    return float(model.conditional_loss(polynomial(cast, "g")(places), velocities, joint))


def _loss_slope(cast: Cast, place: Point) -> float:
    places, velocities, joint = _tables(cast)
    start, drift = polynomial(cast, "g")(places), polynomial(cast, "z")(places)
    return float(slope(lambda v: model.conditional_loss(start + v * drift, velocities, joint))(scalar(place, "v")))


def _straight(cast: Cast, place: Point) -> float:
    ends, masses = weighed(given(cast, "r", scalar(place, "x")))
    velocities = model.straight_velocity(scalar(place, "x"), ends, scalar(place, "t"))
    return float(model.marginal_velocity(velocities[None], masses[None])[0])


def _cost(cast: Cast, place: Point) -> float:
    _, velocities, joint = _tables(cast)
    return float(joint.sum(1) @ model.marginal_velocity(velocities, joint) ** 2)


def _routes(left: Left, casts: tuple[Cast, ...] = LAWS) -> tuple[Route, Route]:
    return interpreted(casts, CALM), by_cast(left, casts, 1e-10, CALM)


ROUTES = {
    "flow_matching_gap_eq": _routes(_loss),
    "flow_matching_any_gradient_eq": _routes(_loss_slope),
    "rectified_velocity_eq": _routes(_straight, ALONE),
    "velocity_of_score_eq": _routes(_straight, ALONE),
    "rectified_cost_le": _routes(_cost),
}
