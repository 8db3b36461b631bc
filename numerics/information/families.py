"""The routes of the entropies of families: sums and integrals as written, and of the models' log-densities at nodes.

Shapes are one half or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import math

import sympy as sp
import torch
from torch import Tensor

from claims.domains import Positive, Real, Variable
from numerics.nodes import entropy_at, line, lower_half
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.distributions import families, heavy, intervals
from reference_models.divergences.kullback_leibler import entropy

SHAPES = (*CALM, *(2 * r for r in CALM if r >= 1))
WIDE = tuple(r for r in SHAPES if r >= sp.Rational(1, 2))
NEAR = tuple(r for r in CALM if abs(r) <= sp.Rational(2, 3))
"""Spreads for Gauss-Hermite quadrature: the log that is averaged has singular points beside the line."""
DEGREES = (*(sp.Integer(k) for k in range(1, 9)), *(sp.Rational(k, 2) for k in (3, 5, 7)))
FAMILY = ("e", "t_1", "t_2", "t_3", "h_1", "h_2", "h_3")


def _dirichlet(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """The first share, and the second's share of the rest, either below or above 1/2: breaks of a stick.

    Beyond the reach less than x^a = e^(−40) is left; a whole number of steps, so that the last node is 1/2.
    """
    low, lengths = lower_half(1 / 8, min(150.0, math.ceil(40 / float(torch.stack([a, b, c]).min()))))
    found = torch.zeros_like(a)
    for first, last in ((low, 1 - low), (1 - low, low)):
        for share, rest in ((low, 1 - low), (1 - low, low)):
            x = torch.stack([first[:, None] + 0 * share, last[:, None] * share, last[:, None] * rest], -1)
            area = lengths[:, None] * lengths * last[:, None]
            found = found + entropy_at(
                lambda at: intervals.dirichlet_log_prob(at, torch.stack([a, b, c])), x.reshape(-1, 3), area.flatten()
            )
    return found


def _student(nu: Tensor) -> Tensor:
    """At x = sinh u."""
    u, lengths = line()
    return entropy_at(lambda x: heavy.student_log_prob(x, nu), torch.sinh(u), torch.cosh(u) * lengths)


def _logistic_normal(m: Tensor, s: Tensor) -> Tensor:
    """Less the mean of log p(1 − p); the logit is m + st."""
    t, lengths = line(1 / 32, 14.0)
    p = torch.sigmoid(m + s * t)
    log_p = intervals.logistic_normal_log_prob(p, m, s)
    slope = p * torch.sigmoid(-m - s * t)
    return -(torch.exp(log_p) * slope * s * lengths * (log_p + torch.log(slope))).sum()


def _boltzmann(e1: Tensor, e2: Tensor, e3: Tensor, temperature: Tensor) -> Tensor:
    return families.boltzmann_entropy(torch.stack((e1, e2, e3)), temperature)


def _exponential_family(eta: Tensor, *given: Tensor) -> Tensor:
    """Three points: η, the statistics, the base measure."""
    statistics, base = torch.stack(given[:3]), torch.stack(given[3:])
    return entropy(torch.exp(families.log_prob(eta.reshape(1), statistics[:, None], torch.log(base))))


ROUTES = {
    "entropy_dirichlet_eq": standing_on(torch_model(_dirichlet, "a", "b", "c"), 1e-8, WIDE),
    "entropy_student_eq": standing_on(torch_model(_student, "nu"), 1e-9, DEGREES),
    "entropy_logistic_normal_eq": (
        as_written(points((Variable("m", Real()), Variable("s", Positive())), 10, pool=NEAR)),
        by_model(torch_model(_logistic_normal, "m", "s"), 1e-9, CALM, 10),
    ),
    "entropy_boltzmann_eq": standing_on(torch_model(_boltzmann, "e_1", "e_2", "e_3", "T"), pool=SHAPES),
    "entropy_exponential_family_eq": standing_on(torch_model(_exponential_family, *FAMILY), pool=SHAPES),
}
