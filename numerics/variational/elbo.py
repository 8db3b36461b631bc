"""The routes of the ELBO: families in the place of names; sums and searches as written; torch's sums."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from torch import Tensor

from claims.laws import Bernoulli, Beta, Exponential, Gamma, Uniform
from claims.notation import Normal
from numerics.casts import Cast
from numerics.named_laws import HALF, THIRD, by_cast, interpreted, of_laws
from numerics.points import CALM, NASTY
from numerics.routes import Route
from numerics.written import standing_on, torch_model
from reference_models.variational import elbo as model

COINS = (*NASTY, *(sp.Rational(k, 11) for k in range(1, 11)))
FOUR = ("c", "a", "b", "q")

LAWS: tuple[Cast, ...] = tuple(
    {"q": q, "r": r, "p": p, "b": r}
    for q, r, p in (
        (Normal(0, 1), Normal(1, HALF), Normal(0, 2)),
        (Normal(1, 2), Normal(HALF, 1), Normal(-1, 3)),
        (Normal(-HALF, 3), Normal(0, THIRD), Normal(0, 1)),
        (Exponential(THIRD), Exponential(2), Exponential(1)),
        (Exponential(HALF), Gamma(2, 1), Exponential(THIRD)),
        (Uniform(0, 1), Beta(2, 3), Uniform(0, 1)),
        (Beta(2, 2), Beta(3, 3), Uniform(0, 1)),
        (Bernoulli(HALF), Bernoulli(THIRD), Bernoulli(sp.Rational(1, 5))),
        (Bernoulli(THIRD), Bernoulli(sp.Rational(9, 10)), Bernoulli(HALF)),
        (Bernoulli(sp.Rational(49, 100)), Bernoulli(HALF), Bernoulli(THIRD)),
    )
)
"""q, a posterior with bounded r/q and r/p, and a prior, of one support; Boltzmann's law is the posterior."""


def _of_laws(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(LAWS, CALM), by_cast(of_laws(value, *names, at=at), LAWS, 1e-8, CALM)


ROUTES = {
    "elbo_entropy_eq": _of_laws(model.bound, "qr", "e"),
    "elbo_reconstruction_eq": _of_laws(model.bound, "qr", "e"),
    "elbo_gap_eq": _of_laws(model.gap_of, "qr", "e"),
    "elbo_le_log_evidence": _of_laws(model.bound, "qr", "e"),
    "elbo_at_posterior_eq": _of_laws(model.bound_at, "r", "e"),
    "importance_evidence_eq": _of_laws(model.mean_weight, "qr", "e"),
    "elbo_le_of_jensen": standing_on(torch_model(model.elbo, *FOUR), pool=COINS),
    "elbo_argmax_eq": standing_on(torch_model(model.best_q, "c", "a", "b"), 1e-7, CALM, 8),
    "elbo_argmax_theta_eq": standing_on(torch_model(model.best_prior, "a", "b", "q"), 1e-7, CALM, 8),
    "gap_argmin_theta_eq": standing_on(torch_model(model.prior_of_least_gap, "a", "b", "q"), 1e-7, CALM, 8),
    "free_energy_eq": _of_laws(model.free_energy, "qb", "T", "Z"),
}
