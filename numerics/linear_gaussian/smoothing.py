"""The routes of the smoother's step back: densities and integrals as written; torch's joint normal law."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.linear_gaussian.smoothing import WHERE, WHERE_ANY
from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.linear_gaussian import processes as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(2))
STEP = ("m", "P", "a", "Q", "w", "R")

ROWS: tuple[Cast, ...] = tuple({**cast, "z": GIVEN / 3 - sp.Rational(k, 4) + 3} for k, cast in enumerate(SAMPLES))
"""A row of the gain x, what was expected y, and the means z and the variances w of the next state."""


def _corrected(x: Tensor, y: Tensor, z: Tensor, w: Tensor, m: Tensor) -> Tensor:
    """The mean over two points of each coordinate of the next state, which is exact for what is linear in it."""
    return torch.stack([m + x @ (z + side * w.sqrt() - y) for side in (-1, 1)]).mean()


def _in_direction(q: Tensor, r: Tensor) -> Tensor:
    """The mean square over two points of what the state has of its own and two of what the next brings."""
    sides = torch.tensor([-1.0, 1.0], dtype=torch.float64)
    return ((sides * q.sqrt())[:, None] + (sides * r.sqrt())[None, :]).square().mean()


ROUTES = {
    "rts_given_next_eq": standing_on(torch_model(model.log_given_next, "x", "y", "m", "P", "a", "Q"), 1e-8, MIDDLE),
    "rts_mean_eq": standing_on(torch_model(model.smoothed_mean, "m", "P", "a", "Q", "w"), 1e-9, MIDDLE),
    "rts_variance_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in STEP), 8, pool=MIDDLE)),
        by_model(torch_model(model.smoothed_variance, "P", "a", "Q", "R"), 1e-9, MIDDLE, 10),
    ),
    "rts_variance_le": standing_on(
        torch_model(lambda p, a, q, d: model.smoothed_variance(p, a, q, a**2 * p + q - d), "P", "a", "Q", "d"),
        1e-9,
        MIDDLE,
    ),
    "rts_mean_any_eq": (
        interpreted(ROWS, SIZES),
        by_cast(of_sequences(_corrected, *"xyzw", at=("m",)), ROWS, 1e-9, SIZES),
    ),
    "rts_variance_any_eq": (
        as_written(points(tuple(v for v in WHERE_ANY if v.name in ("m", "w", "a", "q", "c", "r")), 8, pool=MIDDLE)),
        by_model(torch_model(_in_direction, "q", "r"), 1e-9, MIDDLE, 10),
    ),
}
