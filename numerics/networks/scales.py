"""The routes of scales: laws for names, sums and integrals by definition, and torch's layers at every outcome."""

from __future__ import annotations

import math
from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.laws import Binomial, Family, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.expected import mean, scalar, weighed
from numerics.named_laws import HALF, THIRD, Left, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.routes import Route
from numerics.written import by_model, standing_on, torch_model
from reference_models.networks import units

CASTS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q, "r": r}
    for p, q, r in (
        (Binomial(1, THIRD), Binomial(2, HALF), Binomial(1, HALF)),
        (Binomial(2, HALF), Binomial(1, THIRD), Binomial(3, THIRD)),
        (Binomial(4, HALF), Binomial(2, THIRD), Binomial(1, HALF)),
        (Binomial(1, HALF), Binomial(4, THIRD), Binomial(2, HALF)),
        (Binomial(2, THIRD), Binomial(1, HALF), Binomial(4, HALF)),
        (Binomial(5, THIRD), Binomial(1, HALF), Binomial(2, THIRD)),
        (Binomial(3, HALF), Binomial(2, THIRD), Binomial(1, THIRD)),
        (Binomial(1, sp.Rational(4, 5)), Binomial(3, HALF), Binomial(2, HALF)),
        (Binomial(2, HALF), Binomial(2, HALF), Binomial(2, THIRD)),
    )
)
"""The laws of the sum before and of two factors."""
DIMENSIONS = (*CALM, *map(sp.Integer, (2, 3, 5)))
Whole = Callable[[Tensor, Tensor, Tensor], Tensor]


def _over_all(before: Family | Normal, first: Family | Normal, second: Family | Normal, f: Whole) -> Tensor:
    """The mean over three independent draws."""
    s, of_s = weighed(before)
    a, of_a = weighed(first)
    x, of_x = weighed(second)
    return torch.einsum("i,j,k,ijk->", of_s, of_a, of_x, f(s[:, None, None], a[None, :, None], x[None, None, :]))


def _coin(keep: Tensor, f: Callable[[Tensor], Tensor]) -> Tensor:
    """The mean over 1, of this probability, and 0."""
    return keep * f(torch.ones_like(keep)) + (1 - keep) * f(torch.zeros_like(keep))


def _dot(cast: Cast, place: Point) -> float:
    laws = cast["p"], cast["q"], cast["r"]
    total = _over_all(*laws, lambda s, a, x: s + a * x)
    return float(_over_all(*laws, lambda s, a, x: (s + a * x) ** 2) - total**2)


def _score_variance(d: Tensor, v: Tensor) -> Tensor:
    """Of scaled scores of coordinates ±√v, each sign as often as the other: the second moments of N(0, v)."""
    few = min(int(d), 3)
    signs = torch.cartesian_prod(*[torch.tensor([-1.0, 1.0], dtype=torch.float64)] * (2 * few))
    vectors = torch.sqrt(v) * signs
    queries, keys = vectors[:, :few], vectors[:, few:]
    return (units.scaled_score(queries, keys) * (queries @ keys.mT).diagonal() / math.sqrt(few)).mean()


def _rectified(cast: Cast, place: Point) -> float:
    c = scalar(place, "c")
    x, masses = weighed(cast["p"])
    both = (units.leaky_relu(h, c) * torch.where(h > 0, h, c * h) for h in (x, -x))
    return float(masses @ sum(both, torch.zeros_like(x)) / 2)


def _he(cast: Cast, place: Point) -> float:
    laws = cast["p"], Normal(0, place["v"]), cast["r"]
    zero = torch.zeros((), dtype=torch.float64)
    above = _over_all(*laws, lambda s, a, x: (s + a * units.leaky_relu(x, zero)) ** 2)
    below = _over_all(*laws, lambda s, a, x: (s + a * units.leaky_relu(-x, zero)) ** 2)
    return float((above + below) / 2)


def _xavier(cast: Cast, place: Point) -> float:
    end = sp.Rational(math.sqrt(6 / float(place["k"] + place["l"])))
    return float(_over_all(cast["p"], Uniform(-end, end), cast["r"], lambda s, a, x: (s + a * x) ** 2))


def _dropped(place: Point) -> Callable[[Tensor], Tensor]:
    return lambda kept: units.dropped_out(scalar(place, "w"), kept, scalar(place, "p"))


def _dropout_mean(cast: Cast, place: Point) -> float:
    dropped = _dropped(place)
    return float(mean(cast["p"], lambda y: _coin(scalar(place, "p").expand(y.shape), lambda kept: y + dropped(kept))))


def _dropout_variance(w: Tensor, p: Tensor) -> Tensor:
    outputs = torch.stack([units.dropped_out(w, kept, p) for kept in (torch.ones_like(p), torch.zeros_like(p))])
    chances = torch.stack([p, 1 - p])
    return chances @ (outputs - chances @ outputs) ** 2


def _dropout_loss(cast: Cast, place: Point) -> float:
    dropped = _dropped(place)
    return float(
        mean(cast["p"], lambda y: _coin(scalar(place, "p").expand(y.shape), lambda kept: (y - dropped(kept)) ** 2))
    )


def _of_laws(left: Left) -> tuple[Route, Route]:
    return interpreted(CASTS, CALM), by_cast(left, CASTS, 1e-9, CALM)


ROUTES = {
    "dot_product_step_eq": _of_laws(_dot),
    "attention_variance_eq": (by_model(torch_model(_score_variance, "d", "v"), 1e-9, DIMENSIONS, 10),),
    "relu_half_eq": _of_laws(_rectified),
    "he_layer_step_eq": _of_laws(_he),
    "xavier_layer_step_eq": _of_laws(_xavier),
    "dropout_mean_eq": _of_laws(_dropout_mean),
    "dropout_variance_eq": standing_on(torch_model(_dropout_variance, "w", "p")),
    "dropout_ridge_step_eq": _of_laws(_dropout_loss),
}
