"""The routes of tail bounds: sums, integrals and steps as written; torch's sums over outcomes."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Bernoulli, Binomial
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_values
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import tails as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(3), sp.Rational(2))
COINS = tuple(sp.Rational(k, 11) for k in range(1, 11))
DRAWS = (*COINS, *map(sp.Integer, range(1, 9)))
DRAWN = (*CALM, *map(sp.Integer, range(1, 9)))
VALUES = {
    "w": (GIVEN - 1) ** 2 / 3 + THIRD,
    "g": GIVEN**2 / 4 - 2 * GIVEN + HALF,
}
"""A positive variable and one of either sign, as functions of the point."""


def _cast(k: int, law: Bernoulli | Binomial) -> Cast:
    return {"p": law, "w": VALUES["w"] * (1 + sp.Rational(k, 7)), "g": VALUES["g"] - sp.Rational(k, 5)}


LISTED: tuple[Cast, ...] = tuple(
    _cast(k, law)
    for k, law in enumerate(
        (
            Bernoulli(THIRD), Binomial(2, HALF), Binomial(3, THIRD), Bernoulli(sp.Rational(9, 10)), Binomial(5, HALF),
            Binomial(4, sp.Rational(1, 10)), Bernoulli(HALF), Binomial(2, sp.Rational(3, 4)), Binomial(6, THIRD),
            Binomial(3, sp.Rational(4, 5)), Bernoulli(sp.Rational(1, 100)),
        )
    )
)  # fmt: skip
"""Laws with few outcomes, and variables of them."""

AT_THE_LEVEL: tuple[Cast, ...] = (
    LISTED[0],
    {"p": Bernoulli(HALF), "g": 1 + (2 * GIVEN - 1) * sp.Rational(11, 20)},
    *LISTED[2:6],
    {"p": Bernoulli(HALF), "g": 1 + (2 * GIVEN - 1) * sp.Rational(21, 20)},
    *LISTED[7:],
)
"""Among them two outcomes little more than a from m, where m is 1 and a is 1/2 or 1: the bound is nearly met there."""


def _routes(value: Callable[..., Tensor], name: str, *at: str, casts: tuple[Cast, ...] = LISTED) -> tuple[Route, Route]:
    return interpreted(casts, CALM), by_cast(of_values(value, "p", name, at=at), casts, 1e-9, CALM)


def _square_beyond(masses: Tensor, g: Tensor, m: Tensor, a: Tensor) -> Tensor:
    return model.reached(masses, (g - m) ** 2 - a**2)


def _generated(masses: Tensor, w: Tensor, u: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return model.generated(masses, b + c * w / (1 + w), u)


def _generated_by_all(masses: Tensor, w: Tensor, n: Tensor, b: Tensor, c: Tensor, t: Tensor) -> Tensor:
    """e^(−λn(EX + t)) times E e^(λX) to the power of n, at the best λ."""
    x, rate = b + c * w / (1 + w), 4 * t / c**2
    return (model.generated(masses, x, rate) * torch.exp(-rate * (masses @ x + t))) ** n


ROUTES = {
    "markov_le": _routes(lambda masses, w, a: model.reached(masses, w - a), "w", "a"),
    "chebyshev_le": _routes(_square_beyond, "g", "m", "a", casts=AT_THE_LEVEL),
    "chernoff_le": _routes(lambda masses, g, b: model.reached(masses, g - b), "g", "b"),
    "hoeffding_mean_le": (
        interpreted(LISTED, DRAWN),
        by_cast(of_values(_generated_by_all, "p", "w", at=("n", "b", "c", "t")), LISTED, 1e-9, DRAWN),
    ),
    "hoeffding_lemma_le": _routes(_generated, "w", "u", "b", "c"),
    "chernoff_normal_le": standing_on(torch_model(model.normal_beyond, "a", "s"), 1e-9, MIDDLE),
    "hoeffding_coin_le": standing_on(torch_model(model.coin_generated, "p", "u"), 1e-9, COINS),
    "hoeffding_exponent_eq": standing_on(torch_model(model.range_exponent, "n", "c", "t"), 1e-8, MIDDLE),
    "chernoff_binomial_le": standing_on(torch_model(model.ones_beyond, "n", "p", "q"), 1e-8, DRAWS),
    "hoeffding_binomial_le": standing_on(
        torch_model(lambda n, p, t: model.ones_beyond(n, p, p + t), "n", "p", "t"), 1e-8, DRAWS
    ),
}
