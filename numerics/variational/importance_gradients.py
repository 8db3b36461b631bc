"""The routes of importance-weighted gradients: sequences in the place of names, difference quotients, and autograd."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from numerics.casts import GIVEN, Cast
from numerics.expected import members, polynomial, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.slopes import log_normal, slope
from reference_models.inference import weights as model

SEQUENCES: tuple[Cast, ...] = tuple(
    {"z": (GIVEN - 3) ** 2 / (3 + k) - sp.Rational(k, 4), "x": GIVEN / k - HALF} for k in range(1, 11)
)
"""Log weights, and how they move."""

FUNCTIONS: tuple[Cast, ...] = tuple(
    {
        "g": GIVEN**3 / k - GIVEN**2 + sp.Rational(k, 3) * GIVEN + 1,
        "z": sp.Rational(k, 5) - GIVEN**2 / (2 + k) + GIVEN / 2,
    }
    for k in range(1, 11)
)
"""Functions of the latent, and log weights as they depend on it."""


def _bound_slope(cast: Cast, place: Point) -> float:
    start, drift = (members(cast, name, 1, int(place["n"])) for name in "zx")
    return float(slope(lambda v: model.iwae_bound(start + v * drift))(scalar(place, "v")))


def _weight(cast: Cast, place: Point) -> float:
    by = int(place["k"])
    logs = members(cast, "z", 1, by + int(place["m"]))
    logs[by - 1] += float(place["v"])
    return float(model.weight_less_slope(logs, by))


def _latent(place: Point) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """The latent, the mean and standard deviation of its law, how fast these go, and its density."""
    z, mean, std, *rates = (scalar(place, name) for name in "xusab")
    return z, mean, std, torch.stack(rates), torch.exp(log_normal(z, mean, std))


def _score_less_path(cast: Cast, place: Point) -> float:
    *latent, density = _latent(place)
    return float(density * model.score_less_path(polynomial(cast, "g"), *latent))


def _along_path(cast: Cast, place: Point) -> float:
    *latent, density = _latent(place)
    return float(density * model.bound_slope(polynomial(cast, "z"), scalar(place, "c"), *latent))


ROUTES = {
    "iwae_gradient_any_eq": (interpreted(SEQUENCES, SIZES), by_cast(_bound_slope, SEQUENCES, 1e-10, SIZES)),
    "dreg_weight_any_eq": (interpreted(SEQUENCES, SIZES), by_cast(_weight, SEQUENCES, 1e-10, SIZES)),
    "score_as_path_integrand_eq": (interpreted(FUNCTIONS, CALM), by_cast(_score_less_path, FUNCTIONS, 1e-9, CALM)),
    "dreg_integrand_eq": (interpreted(FUNCTIONS, CALM), by_cast(_along_path, FUNCTIONS, 1e-9, CALM)),
}
