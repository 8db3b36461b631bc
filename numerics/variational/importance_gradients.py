"""The routes of importance-weighted gradients: sequences in the place of names, difference quotients, and autograd."""

from __future__ import annotations

import sympy as sp

from numerics.casts import GIVEN, Cast
from numerics.expected import members, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, by_cast, interpreted
from numerics.points import Point
from numerics.slopes import slope
from reference_models.inference.weights import iwae_bound

SEQUENCES: tuple[Cast, ...] = tuple(
    {"z": (GIVEN - 3) ** 2 / (3 + k) - sp.Rational(k, 4), "x": GIVEN / k - HALF} for k in range(1, 11)
)
"""Log weights, and how they move."""


def _bound_slope(cast: Cast, place: Point) -> float:
    start, drift = (members(cast, name, 1, int(place["n"])) for name in "zx")
    return float(slope(lambda v: iwae_bound(start + v * drift))(scalar(place, "v")))


ROUTES = {
    "iwae_gradient_any_eq": (interpreted(SEQUENCES, SIZES), by_cast(_bound_slope, SEQUENCES, 1e-10, SIZES)),
}
