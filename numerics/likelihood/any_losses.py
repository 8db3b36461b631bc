"""The routes of losses of any size: products and sums as written; torch's laws, losses and gradients."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from numerics.casts import GIVEN, Cast
from numerics.expected import members, scalar
from numerics.likelihood.samples import SAMPLES, SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import Point
from numerics.routes import Route
from reference_models.distributions import counts, heavy, normal

DATA: tuple[Cast, ...] = tuple(
    {
        **cast,
        "u": sp.Rational(1, k) + (GIVEN - 3) ** 2 / (k + 4),
        "z": GIVEN / (k + 1) - (-1) ** GIVEN * sp.Rational(k, 5),
        "k": 1 + (GIVEN - k % 4) ** 2,
    }
    for k, cast in enumerate(SAMPLES, start=1)
)
"""Predictions x and data y of either sign, features z; variances w, means u and counts k above zero."""


def _mse(x: Tensor, y: Tensor, v: Tensor) -> Tensor:
    return _heteroscedastic(x, y, v.expand(len(x)))


def _heteroscedastic(x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    """A normal law of one coordinate for each observation."""
    return -normal.log_prob(y[:, None], x[:, None], w[:, None, None]).sum()


def _laplace(w: Tensor, b: Tensor) -> Tensor:
    """Distances w from what is predicted, to either side."""
    return -heavy.laplace_log_prob(w * (-1) ** torch.arange(len(w)), b).sum()


def _poisson(u: Tensor, k: Tensor) -> Tensor:
    return -counts.poisson_log_prob(k, u).sum()


def _logistic(x: Tensor, y: Tensor) -> Tensor:
    """torch's loss, which takes labels that need not be 0 or 1: it is linear in them."""
    return binary_cross_entropy_with_logits(x, y, reduction="sum")


def _of_classes(cast: Cast, place: Point, smoothing: float) -> float:
    """torch's loss with label smoothing, less the log of the normaliser that it takes off."""
    classes = int(place["c"]) + int(place["k"])
    logs = torch.log(members(cast, "u", 1, classes))
    loss = cross_entropy(logs[None], torch.tensor([int(place["c"]) - 1]), label_smoothing=smoothing)
    return float(loss - torch.logsumexp(logs, 0))


def _ridge_slope(cast: Cast, place: Point) -> float:
    x, y, z = (members(cast, name, 1, int(place["n"])) for name in "xyz")
    first, second, penalty = (scalar(place, name) for name in "adl")
    first = first.requires_grad_()
    loss = ((y - first * x - second * z) ** 2).sum() / 2 + penalty * (first**2 + second**2) / 2
    (slope,) = torch.autograd.grad(loss, first)
    return float(slope)


def _routes(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(DATA, SIZES), by_cast(of_sequences(value, *names, at=at), DATA, 1e-9, SIZES)


def _one_hot(cast: Cast, place: Point) -> float:
    return _of_classes(cast, place, 0.0)


def _smoothed(cast: Cast, place: Point) -> float:
    return _of_classes(cast, place, float(place["e"]))


ROUTES = {
    "nll_normal_mse_any_eq": _routes(_mse, "xy", "v"),
    "nll_heteroscedastic_any_eq": _routes(_heteroscedastic, "xyw"),
    "nll_laplace_any_eq": _routes(_laplace, "w", "b"),
    "nll_poisson_any_eq": _routes(_poisson, "uk"),
    "nll_logistic_any_eq": _routes(_logistic, "xy"),
    "one_hot_any_eq": (interpreted(DATA, SIZES), by_cast(_one_hot, DATA, 1e-9, SIZES)),
    "label_smoothing_any_eq": (interpreted(DATA, SIZES), by_cast(_smoothed, DATA, 1e-9, SIZES)),
    "ridge_slope_any_eq": (interpreted(DATA, SIZES), by_cast(_ridge_slope, DATA, 1e-9, SIZES)),
}
