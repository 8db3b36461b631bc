"""The routes of the posteriors: rigorous quadrature of the integral as written, and torch on a grid.

Shapes are one third or more, so that densities without bound at an end of their range stay integrable in few steps.
"""

from __future__ import annotations

from torch import Tensor

from numerics.points import CALM
from numerics.written import standing_on, torch_model
from reference_models.conjugacy import posteriors as model

ROUNDING = 1e-9
COIN, COUNT, MEAN = ("a", "b", "k", "f"), ("a", "b", "c", "n"), ("m_0", "t", "y", "s")
POOL = (*CALM, *(2 * r for r in CALM if r >= 1))

MIXED = ("prior", "v", "seen", "n")
"""Eight points: at the ninth β = 1, a power with the exponent zero that the enclosure takes for a possible pole."""


def _coin_mean(prior: Tensor, v: Tensor, seen: Tensor, n: Tensor) -> Tensor:
    return model.coin_mean(v * prior, v * (1 - prior), n * seen, n * (1 - seen))


def _count_mean(prior: Tensor, b: Tensor, seen: Tensor, n: Tensor) -> Tensor:
    return model.count_mean(b * prior, b, n * seen, n)


ROUTES = {
    "posterior_beta_eq": standing_on(torch_model(model.coin_density, "p", *COIN), ROUNDING, POOL),
    "beta_posterior_mean_eq": standing_on(torch_model(_coin_mean, *MIXED), ROUNDING, POOL, 8),
    "posterior_gamma_eq": standing_on(torch_model(model.count_density, "r", *COUNT), ROUNDING, POOL),
    "gamma_posterior_mean_eq": standing_on(torch_model(_count_mean, "prior", "b", "seen", "n"), ROUNDING, POOL),
    "posterior_normal_eq": standing_on(torch_model(model.mean_density, "m", *MEAN), ROUNDING, POOL),
    "predictive_normal_eq": standing_on(torch_model(model.predictive_density, *MEAN), ROUNDING, POOL),
    "normal_posterior_mean_eq": standing_on(torch_model(model.mean_mean, *MEAN), ROUNDING, POOL),
}
