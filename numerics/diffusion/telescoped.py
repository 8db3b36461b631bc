"""The routes of the telescoped bound: sequences at several T, laws of few values for names, torch's tables."""

from __future__ import annotations

import sympy as sp
import torch

from claims.laws import Binomial
from numerics.casts import GIVEN, Cast
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_sequences, torch_law
from numerics.points import CALM, Point
from reference_models.diffusion import telescoped as model

FIFTH = sp.Rational(1, 5)
RISING, FALLING, BENT = (1 + GIVEN) * FIFTH, (4 - GIVEN) * FIFTH, HALF + (GIVEN - 1) ** 2 / 10

SEQUENCES: tuple[Cast, ...] = tuple(
    {
        "w": (1 + (GIVEN - 2) ** 2) / (k + 2 * GIVEN**2),
        "k": k / (1 + (GIVEN + 1) ** 2),
        "a": (GIVEN + 2) / (3 + k * GIVEN),
    }
    for k in range(1, 11)
)
"""Positive members of each sequence: steps of the model, jumps, and steps back."""


def _cast(n: int, m: int, p: sp.Rational, q: sp.Rational, back: sp.Expr, ours: sp.Expr, by: sp.Expr) -> Cast:
    return {
        "q": Binomial(n, p),
        "p": Binomial(n, q),
        "b": Binomial(m, (p + q) / 2),
        "r": Binomial(2, back),
        "m": Binomial(2, ours),
        "s": Binomial(m, ours),
        "t": Binomial(m, by),
    }


LAWS: tuple[Cast, ...] = (
    _cast(1, 1, THIRD, HALF, RISING, FALLING, BENT),
    _cast(1, 1, HALF, FIFTH, FALLING, BENT, RISING),
    _cast(2, 1, FIFTH, HALF, BENT, RISING, FALLING),
    _cast(2, 1, HALF, THIRD, RISING, BENT, FALLING),
    _cast(1, 2, THIRD, 3 * FIFTH, FALLING, RISING, BENT),
    _cast(1, 2, 4 * FIFTH, HALF, BENT, FALLING, RISING),
    _cast(2, 2, HALF, 2 * FIFTH, RISING, FALLING, RISING),
    _cast(3, 1, FIFTH, THIRD, FALLING, RISING, FALLING),
    _cast(3, 1, THIRD, HALF, BENT, BENT + FIFTH / 5, RISING),
    _cast(1, 3, HALF, THIRD, RISING, BENT, RISING),
)
"""Of the path: the end and the steps back; of the model: its end, its steps back, and what it says of x_0."""


def _elbo(cast: Cast, place: Point) -> float:
    def channel(name: str) -> model.Channel:
        return lambda value: torch_law(cast[name].xreplace({GIVEN: sp.Integer(int(value))}))

    weight = torch.tensor(float(place["e"]), dtype=torch.float64)
    q, p, b = (torch_law(cast[name]) for name in "qpb")
    r, m, s, t = (channel(name) for name in "rmst")
    return float(model.elbo(q, p, b, weight, r, m, s, t))


ROUTES = {
    "elbo_telescoped_any_eq": (
        interpreted(SEQUENCES, SIZES),
        by_cast(of_sequences(model.log_path, "w", "k", "a", at=("b",)), SEQUENCES, 1e-10, SIZES),
    ),
    "diffusion_elbo_any_laws_eq": (interpreted(LAWS, CALM), by_cast(_elbo, LAWS, 1e-10, CALM)),
}
