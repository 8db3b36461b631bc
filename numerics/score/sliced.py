"""The routes of sliced score matching: laws of few values for names, and torch's products at every direction."""

from __future__ import annotations

import sympy as sp
import torch

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.expected import polynomial, scalar, weighed
from numerics.named_laws import HALF, THIRD, by_cast, interpreted
from numerics.points import CALM, Point
from reference_models.learning.score_matching import sliced

LAWS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "g": (GIVEN + THIRD) ** 2 / 2 - p, "a": GIVEN - HALF, "y": 1 - GIVEN / 3}
    for n, p in (
        (1, THIRD), (1, HALF), (2, THIRD), (2, HALF), (2, sp.Rational(4, 5)), (3, THIRD), (3, HALF),
        (4, HALF), (5, THIRD),
    )
)  # fmt: skip
"""The law of the coordinates before, and what they make of the three parts."""


def _objective(cast: Cast, place: Point) -> float:
    """With v = ±1, either sign as often: its first two moments are those of N(0, 1). The rest is one coordinate, 1."""
    outcomes, masses = weighed(cast["p"])
    before, coupled, along = (polynomial(cast, name)(outcomes) for name in "gay")
    total = torch.zeros((), dtype=torch.float64)
    for mass, g, a, b in zip(masses, before, coupled, along, strict=True):
        jacobian = torch.stack([torch.stack([g, a]), torch.stack([0 * a, scalar(place, "h")])])
        score = torch.stack([b, scalar(place, "s")])
        for sign in (1.0, -1.0):
            total = total + mass * sliced(jacobian, score, torch.tensor([1.0, sign], dtype=torch.float64)) / 2
    return float(total)


ROUTES = {"sliced_score_step_eq": (interpreted(LAWS, CALM), by_cast(_objective, LAWS, 1e-10, CALM))}
