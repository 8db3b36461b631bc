"""The routes of the ELBO: families in the place of names; sums and searches as written; models of tables."""

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
from numerics.nodes import coin, tables
from numerics.points import CALM, NASTY
from numerics.routes import Route
from numerics.slopes import peak
from numerics.written import standing_on, torch_model
from reference_models.divergences.information import free_energy
from reference_models.inference.variational import elbo
from reference_models.inference.weights import log_weights
from reference_models.structured.latent import posterior

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


def log_joint(c: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """log p(x, z), z = 1 first, for c = p(z = 1), a = p(x | z = 1) and b = p(x | z = 0): (2,)."""
    return torch.log(coin(c) * torch.stack([a, b]))


def _elbo(c: Tensor, a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    return elbo(coin(q), log_joint(c, a, b))


def _best_q(c: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return posterior(coin(c), torch.stack([a, b])[:, None])[0, 0]


def _best_prior(a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """At a fixed q."""
    return peak(lambda c: _elbo(c, a, b, q), 1e-9, 1 - 1e-9)


def _prior_of_least_gap(a: Tensor, b: Tensor, q: Tensor) -> Tensor:
    """That whose posterior is nearest q."""
    return peak(lambda c: _elbo(c, a, b, q) - torch.logsumexp(log_joint(c, a, b), 0), 1e-9, 1 - 1e-9)


def bound(q: Distribution, after: Distribution, evidence: Tensor) -> Tensor:
    """The ELBO of two laws at their nodes, the joint being the evidence times the posterior."""
    at_q, at_posterior = tables(q, after)
    return elbo(at_q, torch.log(evidence * at_posterior))


def gap_of(q: Distribution, after: Distribution, evidence: Tensor) -> Tensor:
    """log p(x) less the bound."""
    return torch.log(evidence) - bound(q, after, evidence)


def _bound_at(after: Distribution, evidence: Tensor) -> Tensor:
    """Where q is the posterior."""
    return bound(after, after, evidence)


def _mean_weight(q: Distribution, after: Distribution, evidence: Tensor) -> Tensor:
    """E_q[p(x, z)/q(z)]."""
    at_q, at_posterior = tables(q, after)
    return at_q @ torch.exp(log_weights(torch.log(evidence * at_posterior), torch.log(at_q)))


def _free_energy(q: Distribution, boltzmann: Distribution, temperature: Tensor, partition: Tensor) -> Tensor:
    """Of the energies of Boltzmann's law, in units of the temperature."""
    at_q, at_boltzmann = tables(q, boltzmann)
    return temperature * free_energy(at_q, -torch.log(partition * at_boltzmann))


def _of_laws(value: Callable[..., Tensor], names: str, *at: str) -> tuple[Route, Route]:
    return interpreted(LAWS, CALM), by_cast(of_laws(value, *names, at=at), LAWS, 1e-8, CALM)


ROUTES = {
    "elbo_entropy_eq": _of_laws(bound, "qr", "e"),
    "elbo_reconstruction_eq": _of_laws(bound, "qr", "e"),
    "elbo_gap_eq": _of_laws(gap_of, "qr", "e"),
    "elbo_le_log_evidence": _of_laws(bound, "qr", "e"),
    "elbo_at_posterior_eq": _of_laws(_bound_at, "r", "e"),
    "importance_evidence_eq": _of_laws(_mean_weight, "qr", "e"),
    "elbo_le_of_jensen": standing_on(torch_model(_elbo, *FOUR), pool=COINS),
    "elbo_argmax_eq": standing_on(torch_model(_best_q, "c", "a", "b"), 1e-7, CALM, 8),
    "elbo_argmax_theta_eq": standing_on(torch_model(_best_prior, "a", "b", "q"), 1e-7, CALM, 8),
    "gap_argmin_theta_eq": standing_on(torch_model(_prior_of_least_gap, "a", "b", "q"), 1e-7, CALM, 8),
    "free_energy_eq": _of_laws(_free_energy, "qb", "T", "Z"),
}
