"""The routes of the posteriors: rigorous quadrature of the integral as written, and models of Bayes' rule.

Shapes are one third or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

import torch
from torch import Tensor

from numerics.nodes import half_line
from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.distributions import intervals, waiting
from reference_models.learning import estimation
from reference_models.structured import conjugate

ROUNDING = 1e-9
COIN, COUNT, MEAN = ("a", "b", "k", "f"), ("a", "b", "c", "n"), ("m_0", "t", "y", "s")
POOL = (*CALM, *(2 * r for r in CALM if r >= 1))

MIXED = ("prior", "v", "seen", "n")
"""Eight points: at the ninth β = 1, a power with the exponent zero that the enclosure takes for a possible pole."""


def of_coin(a: Tensor, b: Tensor, k: Tensor, f: Tensor) -> Tensor:
    """The parameters of a Beta law after k heads and f tails: a Dirichlet law of two shares, (2,)."""
    return intervals.dirichlet_posterior(torch.stack([a, b]), torch.stack([k, f]))


def _coin_density(p: Tensor, a: Tensor, b: Tensor, k: Tensor, f: Tensor) -> Tensor:
    return torch.exp(intervals.beta_log_prob(p, *of_coin(a, b, k, f)))


def _coin_mean(prior: Tensor, v: Tensor, seen: Tensor, n: Tensor) -> Tensor:
    return conjugate.beta_predictive(*of_coin(v * prior, v * (1 - prior), n * seen, n * (1 - seen)))


def _log_counts(rate: Tensor, c: Tensor, n: Tensor) -> Tensor:
    """The log-likelihood of n counts with the sum c, but for what the rate leaves as it is."""
    return c * torch.log(rate) - n * rate


def _count_nodes(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Rates, and the prior's log-mass at each."""
    rates, lengths = half_line(1 / b)
    return rates, waiting.gamma_log_prob(rates, a, b) + torch.log(lengths)


def _count_density(r: Tensor, a: Tensor, b: Tensor, c: Tensor, n: Tensor) -> Tensor:
    """By Bayes' rule, the evidence being summed over rates."""
    rates, log_prior = _count_nodes(a, b)
    evidence = estimation.log_evidence(log_prior, _log_counts(rates, c, n)[None])
    return torch.exp(waiting.gamma_log_prob(r, a, b) + _log_counts(r, c, n) - evidence)


def _count_mean(prior: Tensor, b: Tensor, seen: Tensor, n: Tensor) -> Tensor:
    rates, log_prior = _count_nodes(b * prior, b)
    return torch.exp(estimation.log_posterior(log_prior, _log_counts(rates, n * seen, n)[None])) @ rates


def of_mean(m0: Tensor, t: Tensor, s: Tensor, *observations: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of what is known of a mean after observations of standard deviation s."""
    return conjugate.normal_update(m0, t**2, torch.stack(observations), s**2)


def _mean_density(m: Tensor, m0: Tensor, t: Tensor, y: Tensor, s: Tensor) -> Tensor:
    return torch.exp(estimation.normal_log_prob(m, *of_mean(m0, t, s, y)))


def _mean_mean(m0: Tensor, t: Tensor, y: Tensor, s: Tensor) -> Tensor:
    return of_mean(m0, t, s, y)[0]


def _predictive_density(m0: Tensor, t: Tensor, y: Tensor, s: Tensor) -> Tensor:
    return torch.exp(conjugate.normal_predictive_log_prob(y, m0, t**2, s**2))


ROUTES = {
    "posterior_beta_eq": standing_on(torch_model(_coin_density, "p", *COIN), ROUNDING, POOL),
    "beta_posterior_mean_eq": standing_on(torch_model(_coin_mean, *MIXED), ROUNDING, POOL, 8),
    "posterior_gamma_eq": standing_on(torch_model(_count_density, "r", *COUNT), ROUNDING, POOL),
    "gamma_posterior_mean_eq": standing_on(torch_model(_count_mean, "prior", "b", "seen", "n"), ROUNDING, POOL),
    "posterior_normal_eq": standing_on(torch_model(_mean_density, "m", *MEAN), ROUNDING, POOL),
    "predictive_normal_eq": standing_on(torch_model(_predictive_density, *MEAN), ROUNDING, POOL),
    "normal_posterior_mean_eq": standing_on(torch_model(_mean_mean, *MEAN), ROUNDING, POOL),
}
