"""The routes of exponential families with any base law: both sides by definition, and torch's sums and autograd."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Bernoulli, Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, Left, by_cast, interpreted, torch_law
from numerics.points import CALM, Point
from numerics.routes import Route
from reference_models.likelihood import families as model

BASES: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Bernoulli(THIRD), Normal(0, 1), Uniform(0, 1), Beta(2, 3), Bernoulli(HALF), Normal(-1, 2), Uniform(-1, 2),
        Bernoulli(sp.Rational(9, 10)), Normal(HALF, THIRD), Beta(3, 1),
    )
)  # fmt: skip
"""Base laws with E e^(ηu) finite for every η."""

ON_COUNTS: tuple[Cast, ...] = tuple(
    {"p": p}
    for p in (
        Bernoulli(THIRD), Binomial(2, HALF), Binomial(3, THIRD), Bernoulli(HALF), Binomial(4, sp.Rational(1, 10)),
        Bernoulli(sp.Rational(9, 10)), Binomial(2, sp.Rational(3, 4)), Binomial(5, HALF),
        Bernoulli(sp.Rational(1, 100)), Binomial(3, sp.Rational(4, 5)), Bernoulli(sp.Rational(2, 5)),
        Bernoulli(sp.Rational(2, 3)), Bernoulli(sp.Rational(1, 4)),
    )
)  # fmt: skip
"""Base laws on a few whole numbers: a difference quotient of a sum keeps its digits."""


def _of_base(value: Callable[..., Tensor], *names: str) -> Left:
    def left(cast: Cast, point: Point) -> float:
        return float(value(torch_law(cast["p"]), *(torch.tensor(float(point[n]), dtype=torch.float64) for n in names)))

    return left


def _routes(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return interpreted(ON_COUNTS, CALM), by_cast(_of_base(value, *names), BASES, 1e-8, CALM)


LINK = ("k_0", "k_1", "k_2")

ROUTES = {
    "family_mean_eq": _routes(model.log_total_slope, "e"),
    "family_variance_eq": _routes(model.mean_slope, "e"),
    "family_score_eq": _routes(model.log_likelihood_slope, "e", "y"),
    "mle_family_ge": _routes(model.total, "e"),
    "glm_canonical_slope_eq": _routes(model.canonical_slope, "w", "x", "y"),
    "glm_any_link_slope_eq": _routes(model.linked_slope, "w", "x", "y", *LINK),
    "glm_mean_slope_eq": _routes(model.linked_mean_slope, "e", *LINK),
}
