"""The routes of Jensen-Shannon and Bregman divergences: sums and quotients as written, and models of tables."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.nodes import coin
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


ROUTES = {
    "js_entropy_eq": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "js_nonneg": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "js_le": standing_on(torch_model(_js, "p", "q"), pool=COINS),
    "bregman_negentropy_eq": standing_on(torch_model(_of_negentropy, *FOUR)),
    "bregman_negentropy_nonneg": standing_on(torch_model(_of_negentropy, *FOUR)),
    "bregman_square_eq": standing_on(torch_model(_of_square, "x", "y")),
}
