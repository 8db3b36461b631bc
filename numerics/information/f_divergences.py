"""The routes of f-divergences: both sides by definition under named laws, and torch's sums."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Bernoulli, Beta, Binomial, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, Left, by_cast, interpreted, torch_law
from numerics.points import CALM, NASTY, Point
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.information import f_divergences as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))

ON_COUNTS: tuple[Cast, ...] = tuple(
    {"p": Binomial(n, p), "q": Binomial(n, q)}
    for n, p, q in (
        (1, THIRD, HALF), (1, HALF, THIRD), (1, HALF, sp.Rational(9, 10)), (2, THIRD, HALF), (2, HALF, THIRD),
        (2, sp.Rational(1, 10), HALF), (2, HALF, sp.Rational(51, 100)), (3, THIRD, HALF), (4, HALF, THIRD),
    )
)  # fmt: skip
"""Pairs of laws on the same few whole numbers, one pair of near equals among them."""

BOUNDED: tuple[Cast, ...] = tuple(
    {"p": p, "q": q}
    for p, q in (
        (Normal(0, 1), Normal(1, 2)),
        (Normal(HALF, HALF), Normal(0, 1)),
        (Normal(2, HALF), Normal(2, sp.Rational(51, 100))),
        (Beta(2, 3), Uniform(0, 1)),
        (Beta(3, 3), Beta(2, 2)),
        (Beta(2, 2), Uniform(0, 1)),
        (Bernoulli(THIRD), Bernoulli(HALF)),
        (Bernoulli(HALF), Bernoulli(THIRD)),
        (Bernoulli(sp.Rational(9, 10)), Bernoulli(HALF)),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF)),
    )
)
"""Pairs of laws with p/q bounded, for which every divergence here is finite."""


def _of_pair(value: Callable[..., Tensor], *names: str) -> Left:
    def left(cast: Cast, point: Point) -> float:
        laws = (torch_law(cast["p"]), torch_law(cast["q"]))
        return float(value(*laws, *(torch.tensor(float(point[n]), dtype=torch.float64) for n in names)))

    return left


def _routes(value: Callable[..., Tensor], *names: str) -> tuple[Route, Route]:
    return interpreted(ON_COUNTS, CALM), by_cast(_of_pair(value, *names), BOUNDED, 1e-8, CALM)


THREE = ("b_1", "b_2", "b_3", "d_1", "d_2", "s", "r_1", "r_2", "r_3")

ROUTES = {
    "f_divergence_kl_eq": _routes(model.kl),
    "f_divergence_reverse_kl_eq": _routes(model.reverse_kl),
    "f_divergence_chi_squared_eq": _routes(model.chi_squared),
    "f_divergence_hellinger_eq": _routes(model.hellinger),
    "f_divergence_line_eq": _routes(model.hellinger_and_line, "s"),
    "f_divergence_power_ge": _routes(model.power, "a"),
    "f_divergence_class_ge": standing_on(torch_model(model.of_class, "b", "d", "s", "r"), pool=COINS),
    "f_divergence_of_three_ge": standing_on(torch_model(model.of_three, *THREE), pool=COINS),
}
