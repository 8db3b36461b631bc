"""The routes of Jensen-Shannon and Bregman divergences: sums and quotients as written, and models of tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Binomial
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.nodes import coin, masses
from numerics.points import NASTY
from numerics.written import standing_on, torch_model
from reference_models.divergences import bregman
from reference_models.divergences.kullback_leibler import jensen_shannon

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FOUR = ("x_1", "x_2", "y_1", "y_2")


def _js(p: Tensor, q: Tensor) -> Tensor:
    return jensen_shannon(coin(p), coin(q))


def _of_negentropy(*numbers: Tensor) -> Tensor:
    return bregman.bregman(bregman.negentropy, torch.stack(numbers[:2]), torch.stack(numbers[2:]))


def _of_square(x: Tensor, y: Tensor) -> Tensor:
    return bregman.bregman(bregman.square, x, y)


FINITE: tuple[Cast, ...] = tuple(
    {"p": Binomial(count, p), "q": Binomial(count, q)}
    for count, p, q in (
        (1, THIRD, HALF), (1, HALF, THIRD), (1, sp.Rational(1, 9), sp.Rational(8, 9)), (2, THIRD, HALF),
        (2, sp.Rational(1, 5), sp.Rational(4, 5)), (3, HALF, sp.Rational(49, 100)), (3, THIRD, sp.Rational(3, 4)),
        (4, HALF, THIRD), (5, sp.Rational(1, 20), sp.Rational(19, 20)), (6, THIRD, HALF),
    )
)  # fmt: skip
"""Two laws on the same few values, some far apart and some near."""


def _of_laws(p: Distribution, q: Distribution) -> Tensor:
    return jensen_shannon(masses(p), masses(q))


ROUTES = {
    "js_entropy_eq": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "js_nonneg": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "js_le": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "js_any_nonneg": (interpreted(FINITE), by_cast(of_laws(_of_laws, "p", "q"), FINITE, 1e-10)),
    "js_any_le": (interpreted(FINITE), by_cast(of_laws(_of_laws, "p", "q"), FINITE, 1e-10)),
    "bregman_negentropy_eq": standing_on(torch_model(_of_negentropy, *FOUR)),
    "bregman_negentropy_nonneg": standing_on(torch_model(_of_negentropy, *FOUR)),
    "bregman_square_eq": standing_on(torch_model(_of_square, "x", "y")),
}
