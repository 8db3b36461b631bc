"""All known results, by topic."""

from __future__ import annotations

from errata.meaning.results import (
    classification,
    distributions,
    estimators,
    filters,
    gaussians,
    generative,
    information,
    latent_variables,
    learning,
    matrices,
    metrics,
    probability,
    regression,
)
from errata.meaning.results.result import Result

RESULTS: tuple[Result, ...] = (
    *regression.RESULTS,
    *classification.RESULTS,
    *metrics.RESULTS,
    *information.RESULTS,
    *probability.RESULTS,
    *distributions.RESULTS,
    *estimators.RESULTS,
    *gaussians.RESULTS,
    *latent_variables.RESULTS,
    *generative.RESULTS,
    *filters.RESULTS,
    *learning.RESULTS,
    *matrices.RESULTS,
)
