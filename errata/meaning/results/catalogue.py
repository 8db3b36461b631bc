"""All known results, by topic."""

from __future__ import annotations

from errata.meaning.results import (
    classification,
    distributions,
    estimators,
    evaluation,
    filters,
    gaussians,
    generative,
    information,
    kernels,
    latent_variables,
    law_functions,
    law_shapes,
    law_transforms,
    learning,
    matrices,
    metrics,
    networks,
    optimisation,
    probability,
    regression,
    reinforcement,
    time_series,
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
    *evaluation.RESULTS,
    *law_functions.RESULTS,
    *law_shapes.RESULTS,
    *law_transforms.RESULTS,
    *kernels.RESULTS,
    *networks.RESULTS,
    *optimisation.RESULTS,
    *reinforcement.RESULTS,
    *time_series.RESULTS,
)
