"""Processes by their recursions, noise by integration, diseases by counting, normal laws by regressing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import integrate

from property_tests.meaning.checks.stated import Check, Pairs, Stated, positive_definite

PHI, SIGMA = 0.6, 1.3


def _autoregression(lag: int) -> Check:
    """The covariance of x_t and x_{t+k} once Var x_{t+1} = φ² Var x_t + σ² has come to rest."""

    def check(stated: Stated) -> Pairs:
        variance = 0.0
        for _ in range(200):
            variance = PHI**2 * variance + SIGMA**2
        covariance = variance
        for _ in range(lag):
            covariance *= PHI
        return [(covariance, stated.right({"σ": SIGMA, "ϕ": PHI, "φ": PHI, "k": lag}))]

    return check


def _quantisation_noise(stated: Stated) -> Pairs:
    """The variance of an error that is uniform over one step."""
    step = 0.8
    square, _ = integrate.quad(lambda e: e**2 / step, -step / 2, step / 2)
    return [(square, stated.right({"Δ": step}))]


def _predictive_value(stated: Stated) -> Pairs:
    """Of a hundred thousand people, those ill among those who test positive."""
    ill, sensitive, specific = 0.03, 0.92, 0.86
    positive_ill, positive_well = 1e5 * ill * sensitive, 1e5 * (1 - ill) * (1 - specific)
    values = {"s": sensitive, "c": specific, "π": ill}
    return [(positive_ill / (positive_ill + positive_well), stated.right(values))]


def _partial_correlation(stated: Stated) -> Pairs:
    """The correlation of what is left of two variables once both are regressed on the rest."""
    cov = positive_definite(4)
    precision = np.linalg.inv(cov)
    rest = cov[:2, :2] - cov[:2, 2:] @ np.linalg.solve(cov[2:, 2:], cov[2:, :2])
    values = {"Λ": lambda i, j: precision[int(i) - 1, int(j) - 1], "i": 1, "j": 2}
    return [(rest[0, 1] / np.sqrt(rest[0, 0] * rest[1, 1]), stated.right(values))]


CHECKS: Mapping[str, Check] = {
    "autoregression_variance": _autoregression(0),
    "autoregression_autocovariance": _autoregression(3),
    "quantisation_noise": _quantisation_noise,
    "positive_predictive_value_by_prevalence": _predictive_value,
    "partial_correlation": _partial_correlation,
}
OTHERS: Mapping[str, Mapping[int, Check | str]] = {}
