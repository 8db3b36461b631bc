"""The routes of bias and variance: laws for names, means and searches as written, and torch's ridge fits."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial, Exponential
from claims.notation import Normal
from numerics.casts import Cast
from numerics.expected import weighed
from numerics.named_laws import HALF, THIRD, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.slopes import peak
from numerics.written import standing_on, torch_model
from reference_models.learning.estimation import ridge

LAWS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q}
    for p, q in (
        (Binomial(2, HALF), Binomial(1, THIRD)), (Binomial(1, THIRD), Binomial(3, HALF)),
        (Normal(1, 2), Binomial(2, HALF)), (Binomial(2, THIRD), Normal(-HALF, 1)),
        (Exponential(2), Binomial(1, HALF)), (Binomial(3, HALF), Exponential(1)),
        (Binomial(4, HALF), Binomial(4, THIRD)), (Binomial(1, HALF), Binomial(1, HALF)),
        (Binomial(5, THIRD), Binomial(2, sp.Rational(4, 5))),
    )
)  # fmt: skip
"""The laws of a target and of a prediction."""


def _error(cast: Cast, place: Point) -> float:
    (y, of_y), (f, of_f) = weighed(cast["p"]), weighed(cast["q"])
    return float(of_y @ (y[:, None] - f[None, :]) ** 2 @ of_f)


def _off(size: Tensor, s: Tensor, w: Tensor, penalty: Tensor) -> Tensor:
    """The mean squared error of the ridge estimate from one input √S, with noise ±s, either as often."""
    inputs = torch.sqrt(size).reshape(1, 1)
    fits = [ridge(inputs, inputs[0] * w + sign * s, torch.ones_like(s), 1 / penalty)[0] for sign in (1, -1)]
    return ((torch.stack(fits) - w) ** 2).mean()


def _best(size: Tensor, s: Tensor, w: Tensor) -> Tensor:
    return peak(lambda penalty: -_off(size, s, w, penalty), 1e-3, 100.0)


ROUTES = {
    "bias_variance_eq": (interpreted(LAWS, CALM), by_cast(_error, LAWS, 1e-9, CALM)),
    "ridge_risk_eq": standing_on(torch_model(_off, "S", "s", "w", "l"), 1e-10, CALM),
    "ridge_best_penalty_eq": standing_on(torch_model(_best, "S", "s", "w"), 1e-7, CALM),
}
