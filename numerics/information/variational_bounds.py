"""The routes of the variational principles: families in the place of names, and models of tables at their nodes."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
import torch
from torch import Tensor
from torch.distributions import Distribution

from claims.laws import Bernoulli, Beta, Exponential, Gamma, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.nodes import tables
from numerics.points import CALM
from numerics.routes import Route
from reference_models.divergences.f_divergences import dual_value, kl_conjugate
from reference_models.divergences.kullback_leibler import kl
from reference_models.learning.estimation import log_evidence
from reference_models.learning.preferences import regularised_value

LAWS: tuple[Cast, ...] = tuple(
    {"p": p, "q": q, "t": t}
    for p, q, t in (
        (Normal(0, 1), Normal(1, 2), Normal(HALF, HALF)),
        (Normal(HALF, 1), Normal(0, 2), Normal(1, THIRD)),
        (Normal(-1, 3), Normal(0, 4), Normal(HALF, 1)),
        (Exponential(1), Exponential(THIRD), Exponential(2)),
        (Exponential(HALF), Exponential(THIRD), Gamma(2, 1)),
        (Uniform(0, 1), Uniform(0, 1), Beta(2, 3)),
        (Beta(2, 2), Uniform(0, 1), Beta(3, 3)),
        (Bernoulli(THIRD), Bernoulli(HALF), Bernoulli(sp.Rational(1, 5))),
        (Bernoulli(HALF), Bernoulli(THIRD), Bernoulli(sp.Rational(9, 10))),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF), Bernoulli(THIRD)),
    )
)
"""Two laws, and a tilted one with bounded t/p and t/q."""


def tilt(base: Tensor, tilted: Tensor, mass: Tensor) -> Tensor:
    """log(mass · t/base), at the nodes."""
    return torch.log(mass * tilted / base)


def log_mean_exp(law: Tensor, f: Tensor) -> Tensor:
    """log E e^f: the evidence of one observation whose log-likelihood is f."""
    return log_evidence(torch.log(law), f[None])


def _tilted_mass(p: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    at_p, at_t = tables(p, t)
    return torch.exp(log_mean_exp(at_p, tilt(at_p, at_t, mass)))


def _objective(q: Distribution, p: Distribution, t: Distribution, weight: Tensor, mass: Tensor) -> Tensor:
    """E_q[f] − β KL(q ‖ p)."""
    at_q, at_p, at_t = tables(q, p, t)
    return regularised_value(at_q, at_p, weight * tilt(at_p, at_t, mass), weight)


def _best_objective(p: Distribution, t: Distribution, weight: Tensor, mass: Tensor) -> Tensor:
    return _objective(t, p, t, weight, mass)


def donsker_varadhan(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """E_p[T] − log E_q[e^T]."""
    at_p, at_q, at_t = tables(p, q, t)
    critic = tilt(at_q, at_t, mass)
    return at_p @ critic - log_mean_exp(at_q, critic)


def _gap(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    return kl(*tables(p, q)) - donsker_varadhan(p, q, t, mass)


def tangent_bound(p: Distribution, q: Distribution, t: Distribution, mass: Tensor) -> Tensor:
    """E_p[T] − E_q[e^(T − 1)], the dual of KL as an f-divergence."""
    at_p, at_q, at_t = tables(p, q, t)
    return dual_value(tilt(at_q, at_t, mass), at_p, at_q, kl_conjugate)


def _of_laws(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(LAWS, CALM), by_cast(of_laws(value, *names, at=at), LAWS, 1e-8, CALM)


ROUTES = {
    "gibbs_partition_eq": _of_laws(_tilted_mass, "pt", "Z"),
    "gibbs_variational_eq": _of_laws(_objective, "qpt", "beta", "Z"),
    "gibbs_variational_le": _of_laws(_objective, "qpt", "beta", "Z"),
    "gibbs_reached_eq": _of_laws(_best_objective, "pt", "beta", "Z"),
    "donsker_varadhan_le": _of_laws(donsker_varadhan, "pqt", "Z"),
    "donsker_varadhan_gap_eq": _of_laws(_gap, "pqt", "Z"),
    "nwj_le": _of_laws(tangent_bound, "pqt", "Z"),
}
