"""The routes of the bound of Cramér and Rao: sums and difference quotients as written; torch's autograd and laws."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Bernoulli, Binomial
from numerics.casts import GIVEN, Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_values
from numerics.points import CALM
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.likelihood import cramer_rao as model

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5), sp.Rational(3), sp.Rational(2))
COINS = (*(sp.Rational(k, 11) for k in range(1, 11)), *map(sp.Integer, range(1, 8)))


def _cast(k: int, law: Bernoulli | Binomial) -> Cast:
    return {
        "p": law,
        "g": GIVEN**2 / (k + 2) - 2 * GIVEN + sp.Rational(k, 3),
        "z": (GIVEN - k) ** 2 / (4 + k) + sp.Rational(2, 3) * GIVEN,
    }


LISTED: tuple[Cast, ...] = tuple(
    _cast(k, law)
    for k, law in enumerate(
        (
            Binomial(2, HALF), Binomial(3, THIRD), Bernoulli(THIRD), Binomial(5, HALF), Binomial(4, sp.Rational(1, 10)),
            Bernoulli(HALF), Binomial(2, sp.Rational(3, 4)), Binomial(6, THIRD), Binomial(3, sp.Rational(4, 5)),
            Bernoulli(sp.Rational(9, 10)),
        )
    )
)  # fmt: skip
"""Laws with few outcomes and two statistics of them. Of a coin any two statistics lie on a line: there both sides of
the bound are equal.
"""


def _routes(value: Callable[..., Tensor], *at: str) -> tuple[Route, Route]:
    return interpreted(LISTED, CALM), by_cast(of_values(value, "p", "g", "z", at=at), LISTED, 1e-9, CALM)


ROUTES = {
    "covariance_squared_le": _routes(lambda *given: model.covariance(*given) ** 2),
    "score_covariance_eq": _routes(model.mean_slope, "e"),
    "cramer_rao_le": _routes(lambda *given: model.mean_slope(*given) ** 2, "e"),
    "efficient_normal_eq": standing_on(torch_model(model.normal_efficiency, "n", "m", "s"), 1e-8, MIDDLE),
    "efficient_bernoulli_eq": standing_on(torch_model(model.coin_efficiency, "n", "p"), 1e-8, COINS),
    "efficient_poisson_eq": standing_on(torch_model(model.count_efficiency, "n", "r"), 1e-8, MIDDLE),
    "efficient_exponential_eq": standing_on(torch_model(model.time_efficiency, "n", "r"), 1e-8, MIDDLE),
}
