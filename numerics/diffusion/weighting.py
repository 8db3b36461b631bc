"""The routes of weightings: sums, limits and searches as written, and torch's step back, fits and autograd."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor

from numerics.casts import Cast
from numerics.diffusion.telescoped import SEQUENCES
from numerics.likelihood.samples import SIZES
from numerics.named_laws import by_cast, interpreted, of_sequences
from numerics.points import CALM
from numerics.slopes import root, slope
from numerics.written import by_model, standing_on, torch_model
from reference_models.diffusion import weighting as model
from reference_models.gaussian.kl import kl
from reference_models.learning.estimation import least_squares

RATIOS: tuple[Cast, ...] = tuple({"x": cast["w"]} for cast in SEQUENCES)
"""Ratios of signal to noise, which need not fall."""


def _divergence(x: Tensor, y: Tensor, z: Tensor, a: Tensor, k: Tensor, s: Tensor, w: Tensor) -> Tensor:
    """Between the steps back that both data lead to, by quadrature: the second mean is where a log-density is flat."""
    mean, std = (value.reshape(1, 1) for value in model.step_back(z, x, a, k, s, w))
    flat = root(slope(lambda at: -((at - a * y) ** 2) / s**2 - (z - k * at) ** 2 / w), z)
    return kl(mean, std, flat.reshape(1, 1), std)[0]


def _by_noise(z: Tensor, a: Tensor, k: Tensor, s: Tensor, w: Tensor, e: Tensor, f: Tensor) -> Tensor:
    """The same, each datum by the noise that is said to be in z."""
    x, y = ((z - torch.sqrt(k**2 * s**2 + w) * noise) / (k * a) for noise in (e, f))
    return _divergence(x, y, z, a, k, s, w)


def _weight(t: Tensor, start: Tensor, rate: Tensor) -> Tensor:
    """−½ SNR′(t), by autograd."""
    return -slope(lambda time: torch.exp(-start - rate * time))(t) / 2


def _terms(ratios: Tensor, error: Tensor) -> Tensor:
    """Half of what the ratio falls by, times the error, added up step by step."""
    total = torch.zeros_like(error)
    for before, after in pairwise(ratios):
        total = total + (before - after) * error / 2
    return total


def _design(s: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    """Data ±s and noise ±t, each sign as often as the other: the noisy data in a column, and the data."""
    data, noise = torch.stack([s, s, -s, -s]), torch.stack([t, -t, t, -t])
    return (data + noise)[:, None], data


def _skip(s: Tensor, t: Tensor) -> Tensor:
    return least_squares(*_design(s, t))[0]


def _target(c: Tensor, s: Tensor, t: Tensor) -> Tensor:
    """The mean square of what this multiple of the noisy data leaves of the data."""
    noisy, data = _design(s, t)
    return ((data - c * noisy[:, 0]) ** 2).mean()


def _left(s: Tensor, t: Tensor) -> Tensor:
    """The same of the best multiple."""
    return _target(_skip(s, t), s, t)


def _at_least_time(y: Tensor, r: Tensor, a: Tensor, s: Tensor) -> Tensor:
    return model.consistency(y, r, a, a, s)


ROUTES = {
    "vdm_term_eq": standing_on(torch_model(_divergence, "x", "y", "z", "a", "k", "s", "w"), 1e-9, CALM),
    "vdm_noise_term_eq": standing_on(torch_model(_by_noise, "z", "a", "k", "s", "w", "e", "f"), 1e-9, CALM),
    "vdm_continuous_eq": standing_on(torch_model(_weight, "t", "g", "b"), 1e-10, CALM),
    "vdm_ends_eq": (
        interpreted(RATIOS, SIZES),
        by_cast(of_sequences(_terms, "x", at=("c",), more=1), RATIOS, 1e-10, SIZES),
    ),
    "edm_target_eq": (by_model(torch_model(_target, "c", "s", "t"), 1e-10, CALM, 10),),
    "edm_skip_eq": standing_on(torch_model(_skip, "s", "t")),
    "edm_out_eq": (by_model(torch_model(_left, "s", "t"), 1e-10, CALM, 10),),
    "consistency_boundary_eq": standing_on(torch_model(_at_least_time, "y", "r", "a", "s")),
}
