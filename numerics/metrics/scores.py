"""The routes of scores: Gauss-Hermite sums for nested means, the rest as written, and models of scores."""

from __future__ import annotations

import sympy as sp
import torch
from torch import Tensor

from derivations.metrics.scores import WHERE
from numerics.nodes import coin
from numerics.points import CALM, points
from numerics.routes import as_written
from numerics.written import by_model, standing_on, torch_model
from reference_models.distributions import normal
from reference_models.evaluation import features, judgements, likelihoods

MIDDLE = (*CALM, sp.Rational(7, 3), sp.Rational(1, 5))
LAWS = ("m_1", "m_2", "s_1", "s_2")
PLANE = ("l_1", "l_2", "l", "k_1", "k_2", "k")
ROUNDING = 1e-9


def _coupled_cost(m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor, r: Tensor) -> Tensor:
    """E(x − y)²: the law of the difference of a pair of correlation r."""
    cov = torch.stack([torch.stack([s1**2, r * s1 * s2]), torch.stack([r * s1 * s2, s2**2])])
    difference = torch.tensor([[1.0, -1.0]], dtype=torch.float64)
    mean, variance = normal.affine(torch.stack([m1, m2]), cov, difference, torch.zeros_like(cov[0, :1]))
    return (mean**2 + variance[0])[0]


def _frechet(m1: Tensor, m2: Tensor, s1: Tensor, s2: Tensor) -> Tensor:
    return features.frechet_distance(m1[None], s1[None, None] ** 2, m2[None], s2[None, None] ** 2)


def planes(l1: Tensor, l2: Tensor, low: Tensor, k1: Tensor, k2: Tensor, k: Tensor) -> tuple[Tensor, Tensor]:
    """Σ₁ = L Lᵀ and T = K Kᵀ from the entries of L and K: (2, 2) each."""
    zero = torch.zeros_like(l1)
    factors = (torch.stack([torch.stack([a, zero]), torch.stack([c, b])]) for a, b, c in ((l1, l2, low), (k1, k2, k)))
    first, second = (factor @ factor.T for factor in factors)
    return first, second


def _map_cost(*entries: Tensor) -> Tensor:
    """E|x − T x|² with x ~ N(0, Σ₁)."""
    cov, move = planes(*entries)
    zero, eye = torch.zeros_like(cov[0]), torch.eye(2, dtype=torch.float64)
    return normal.affine(zero, cov, eye - move, zero)[1].trace()


def _squared_root_trace(*entries: Tensor) -> Tensor:
    """(tr (Σ₁Σ₂)^½)², Σ₂ = T Σ₁ T: what the distance takes off the traces."""
    cov, move = planes(*entries)
    zero, moved = torch.zeros_like(cov[0]), move @ cov @ move
    return ((cov.trace() + moved.trace() - features.frechet_distance(zero, cov, zero, moved)) / 2) ** 2


def _log_inception_score(a: Tensor, b: Tensor) -> Tensor:
    return torch.log(features.inception_score(torch.stack([coin(a), coin(b)])))


def _log_perplexity(*chances: Tensor) -> Tensor:
    p = torch.stack(chances)
    return torch.log(likelihoods.perplexity(torch.log(p), torch.ones_like(p)))


def _brevity_penalty(c: Tensor, d: Tensor) -> Tensor:
    """A candidate of length c, its reference d longer; lengths need not be whole."""
    return torch.tensor(judgements.brevity_penalty(c.item(), (c + d).item()), dtype=torch.float64)


ROUTES = {
    "coupling_cost_eq": (
        as_written(points(tuple(v for v in WHERE if v.name in (*LAWS, "r")), 10, pool=MIDDLE)),
        by_model(torch_model(_coupled_cost, *LAWS, "r"), ROUNDING, MIDDLE, 10),
    ),
    "frechet_is_w2_eq": standing_on(torch_model(_frechet, *LAWS), ROUNDING, MIDDLE),
    "frechet_map_cost_eq": standing_on(torch_model(_map_cost, *PLANE), ROUNDING, MIDDLE),
    "frechet_root_trace_eq": standing_on(torch_model(_squared_root_trace, *PLANE), ROUNDING, MIDDLE),
    "inception_information_eq": standing_on(torch_model(_log_inception_score, "a", "b"), ROUNDING, MIDDLE),
    "perplexity_eq": standing_on(torch_model(_log_perplexity, "p_1", "p_2", "p_3")),
    "brevity_penalty_eq": standing_on(torch_model(_brevity_penalty, "c", "d"), ROUNDING, MIDDLE),
}
