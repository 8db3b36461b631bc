"""The routes of learning in sequence: rigorous quadrature of the integrals as written, and conjugate models.

Shapes are one half or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from claims.domains import Positive, Variable
from numerics.conjugacy.posteriors import of_coin, of_mean
from numerics.nodes import half_line, line
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.distributions import counts, intervals, waiting
from reference_models.learning.estimation import log_evidence, normal_log_prob
from reference_models.structured import conjugate
from reference_models.structured.operations import mixture_variance

POOL = tuple(r for r in (*CALM, *(2 * r for r in CALM if r >= 1)) if r <= 0 or r >= sp.Rational(1, 3))
SPREADS = (Variable("t", Positive()), Variable("s", Positive()))
COUNTS = ("k", "f", "j", "g")


def _dirichlet(p: Tensor, w: Tensor, *numbers: Tensor) -> Tensor:
    """The density at the table of p and of w, a share of the rest, times the Jacobian 1 − p."""
    after = intervals.dirichlet_posterior(torch.stack(numbers[:3]), torch.stack(numbers[3:]))
    return torch.exp(intervals.dirichlet_log_prob(torch.stack([p, (1 - p) * w, (1 - p) * (1 - w)]), after)) * (1 - p)


def _sequential_coin(p: Tensor, a: Tensor, b: Tensor, *tosses: Tensor) -> Tensor:
    """After one batch of heads and tails, then the other."""
    return torch.exp(intervals.beta_log_prob(p, *of_coin(*of_coin(a, b, *tosses[:2]), *tosses[2:])))


def _heads_next(a: Tensor, b: Tensor, k: Tensor, f: Tensor) -> Tensor:
    return conjugate.beta_predictive(*of_coin(a, b, k, f))


def _next_count(x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """The evidence of one count."""
    rates, lengths = half_line(torch.ones_like(b))
    log_prior = waiting.gamma_log_prob(rates, a, b) + torch.log(lengths)
    return torch.exp(log_evidence(log_prior, counts.poisson_log_prob(x, rates)[None]))


def _at_once(m: Tensor, m0: Tensor, t: Tensor, y1: Tensor, y2: Tensor, s: Tensor) -> Tensor:
    return normal_log_prob(m, *of_mean(m0, t, s, y1, y2))


def _predictive_variance(t: Tensor, s: Tensor) -> Tensor:
    """A mixture of normals whose means are spread as the prior says."""
    z, lengths = line(1 / 64, 40.0)
    weights = torch.exp(normal_log_prob(z, torch.zeros_like(z), torch.ones_like(z))) * lengths
    return mixture_variance(weights, t * z, (s**2).expand(len(z)))


ROUTES = {
    "posterior_dirichlet_eq": standing_on(
        torch_model(_dirichlet, "p", "w", "a_1", "a_2", "a_3", "n_1", "n_2", "n_3"), 1e-9, POOL
    ),
    "sequential_beta_eq": standing_on(torch_model(_sequential_coin, "p", "a", "b", *COUNTS), 1e-7, POOL),
    "predictive_coin_eq": standing_on(torch_model(_heads_next, "a", "b", "k", "f"), 1e-7, POOL),
    "predictive_poisson_eq": standing_on(torch_model(_next_count, "x", "a", "b"), 1e-9, POOL),
    "sequential_normal_eq": standing_on(torch_model(_at_once, "m", "m_0", "t", "y_1", "y_2", "s"), 1e-8, POOL),
    "predictive_variance_eq": (
        as_written(points(SPREADS, 9, pool=CALM)),
        by_model(torch_model(_predictive_variance, "t", "s"), 1e-9, CALM, 9),
    ),
}
