"""The routes of reverse KL on two modes: quadrature and quotients as written; a model of mixtures and autograd.

Modes lie near each other where quadrature is asked: log cosh has poles beside the line.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.information.fits import log_mixture
from numerics.nodes import line
from numerics.points import CALM, points
from numerics.routes import Route, as_written
from numerics.slopes import bend, slope
from numerics.written import by_model, standing_on, torch_model
from reference_models.divergences.kullback_leibler import kl_of_densities
from reference_models.learning.estimation import normal_log_prob

NEAR = tuple(r for r in CALM if abs(r) <= sp.Rational(2, 3))
BOTH = points((Variable("m", Real()), Variable("c", Positive())), 10, pool=NEAR)
APART = points((Variable("c", Positive()),), 10, pool=(*NEAR, *(sp.Rational(k, 12) for k in range(1, 9))))
"""Distances of the modes, all near."""


def _log_modes(x: Tensor, c: Tensor) -> Tensor:
    """Of the even mixture of N(−c, 1) and N(c, 1)."""
    return log_mixture(x, torch.full_like(c, 0.5), -c, c, torch.ones_like(c))


def reverse_kl(m: Tensor, c: Tensor) -> Tensor:
    """KL of N(m, 1) from the mixture."""
    z, lengths = line(1 / 64, 40.0)
    return kl_of_densities(normal_log_prob(m + z, m, torch.ones_like(m)), _log_modes(m + z, c), lengths)


def _log_cosh(x: Tensor, c: Tensor) -> Tensor:
    """log cosh(cx): what the mixture's log-density has beside that of N(0, 1) and −c²/2."""
    return _log_modes(x, c) - normal_log_prob(x, torch.zeros_like(x), torch.ones_like(x)) + c**2 / 2


def _with_log_cosh(m: Tensor, c: Tensor) -> Tensor:
    """The reverse KL plus E log cosh(cx)."""
    z, lengths = line(1 / 64, 40.0)
    at = torch.exp(normal_log_prob(z, torch.zeros_like(z), torch.ones_like(z))) * lengths
    return reverse_kl(m, c) + at @ _log_cosh(m + z, c)


def _log_cosh_slope(z: Tensor, m: Tensor, c: Tensor) -> Tensor:
    return slope(_log_cosh)(m + z, c)


def _tanh_slope(z: Tensor, m: Tensor, c: Tensor) -> Tensor:
    """c tanh is that slope."""
    return bend(_log_cosh)(m + z, c)


def _sech_squared(z: Tensor, c: Tensor) -> Tensor:
    return bend(_log_cosh)(z, c) / c**2


def curvature(m: Tensor, c: Tensor) -> Tensor:
    """The second derivative of the reverse KL in m."""
    return bend(reverse_kl)(m, c)


def middle_curvature(c: Tensor) -> Tensor:
    """The same in the middle."""
    return curvature(torch.zeros_like(c), c)


def _by_nodes(value: Callable[..., Tensor]) -> tuple[Route, Route]:
    return as_written(BOTH), by_model(torch_model(value, "m", "c"), 1e-9, CALM, 10)


ROUTES = {
    "reverse_kl_two_modes_eq": _by_nodes(_with_log_cosh),
    "log_cosh_slope_eq": standing_on(torch_model(_log_cosh_slope, "z", "m", "c"), 1e-9, CALM),
    "tanh_slope_eq": standing_on(torch_model(_tanh_slope, "z", "m", "c"), 1e-9, CALM),
    "reverse_kl_curvature_ge": _by_nodes(curvature),
    "sech_squared_eq": standing_on(torch_model(_sech_squared, "z", "c"), 1e-9, CALM),
    "reverse_kl_middle_le": (
        as_written(APART),
        by_model(torch_model(middle_curvature, "c"), 1e-9, CALM, 10),
    ),
}
