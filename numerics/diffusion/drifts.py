"""The routes of drifts: sequences for names, divergences, means and searches as written, and torch's laws."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.notation import Normal
from numerics.casts import GIVEN, Cast
from numerics.expected import mean, members, scalar
from numerics.likelihood.samples import SIZES
from numerics.named_laws import HALF, by_cast, interpreted
from numerics.points import CALM, Point
from numerics.slopes import peak, slope
from numerics.written import standing_on, torch_model
from reference_models.divergences.transport import gaussian_w2
from reference_models.gaussian.kl import kl, log_normal

SEQUENCES: tuple[Cast, ...] = tuple(
    {"x": (GIVEN - k) ** 2 / 5 - sp.Rational(k, 4), "y": HALF - GIVEN / k} for k in range(1, 11)
)
"""Increments of a path, and its drifts."""


def _ratio(cast: Cast, place: Point) -> float:
    """The difference of the log-densities of the increments, with the drifts and without."""
    increments, drifts = (members(cast, name, 1, int(place["n"])) for name in "xy")
    h = scalar(place, "h")
    with_drift, without = (log_normal(increments, m, torch.sqrt(h)).sum() for m in (drifts * h, 0 * drifts))
    return float(with_drift - without)


def _divergence(h: Tensor, b: Tensor, c: Tensor) -> Tensor:
    deviation = torch.sqrt(h).reshape(1, 1)
    return kl((b * h).reshape(1, 1), deviation, (c * h).reshape(1, 1), deviation)[0]


def _weighed(t: Tensor, b: Tensor, u: Tensor) -> Tensor:
    """By quadrature under N(0, t)."""
    variance = sp.Rational(float(t))
    return mean(Normal(0, variance), lambda x: torch.exp(u * x + b * x - b**2 * t / 2))


def _energy(h: Tensor, pull: Tensor, m: Tensor, s: Tensor, u: Tensor, w: Tensor) -> Tensor:
    """W₂²/(2h) by transport, the potential, and minus the entropy but for a constant."""
    means, spreads = (m.reshape(1), u.reshape(1)), (s.reshape(1, 1) ** 2, w.reshape(1, 1) ** 2)
    cost = gaussian_w2(means[0], spreads[0], means[1], spreads[1]) ** 2
    return cost / (2 * h) + pull * (u**2 + w**2) / 2 - torch.log(w)


def _best_mean(h: Tensor, pull: Tensor, m: Tensor, s: Tensor, w: Tensor) -> Tensor:
    return peak(lambda u: -_energy(h, pull, m, s, u, w), -50.0, 50.0)


def _best_deviation(h: Tensor, pull: Tensor, m: Tensor, u: Tensor, r: Tensor) -> Tensor:
    before = r * (1 + h * pull) - h / r
    return peak(lambda w: -_moved(h, pull, before, w), 1e-3, 100.0)


def _moved(h: Tensor, pull: Tensor, before: Tensor, w: Tensor) -> Tensor:
    """The energy in the standard deviation, where that before may have any sign."""
    return (w - before) ** 2 / (2 * h) + pull * w**2 / 2 - torch.log(w)


def _growth(s: Tensor, pull: Tensor) -> Tensor:
    """How the variance grows where the deviation falls down the slope of potential less entropy, by autograd."""
    return -2 * s * slope(lambda w: pull * w**2 / 2 - torch.log(w))(s)


ROUTES = {
    "girsanov_path_eq": (interpreted(SEQUENCES, SIZES), by_cast(_ratio, SEQUENCES, 1e-9, SIZES)),
    "girsanov_kl_eq": standing_on(torch_model(_divergence, "h", "b", "c"), 1e-9, CALM),
    "girsanov_mean_eq": standing_on(torch_model(_weighed, "t", "b", "u"), 1e-9, CALM),
    "jko_mean_eq": standing_on(torch_model(_best_mean, "h", "l", "m", "s", "w"), 1e-7, CALM),
    "jko_deviation_eq": standing_on(torch_model(_best_deviation, "h", "l", "m", "u", "r"), 1e-7, CALM),
    "jko_limit_eq": standing_on(torch_model(_growth, "s", "l")),
}
