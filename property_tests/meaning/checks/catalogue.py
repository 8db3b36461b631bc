"""All checks, by the name of the result that rests on them."""

from __future__ import annotations

from collections.abc import Mapping

from property_tests.meaning.checks import (
    conjugate_priors,
    diffusion,
    distributions,
    effects,
    estimators,
    filters,
    gaussians,
    generative,
    information,
    latent_variables,
    law_estimators,
    law_functions,
    law_likelihoods,
    law_scores,
    law_shapes,
    law_transforms,
    learning,
    matrices,
    optimisation,
    probability,
    regression,
    sequences,
    time_series,
)
from property_tests.meaning.checks.stated import Check

_TOPICS = (
    conjugate_priors,
    diffusion,
    effects,
    distributions,
    estimators,
    filters,
    gaussians,
    generative,
    information,
    latent_variables,
    law_estimators,
    law_functions,
    law_likelihoods,
    law_scores,
    law_shapes,
    law_transforms,
    learning,
    matrices,
    optimisation,
    probability,
    regression,
    sequences,
    time_series,
)

CHECKS: Mapping[str, Check] = {name: check for topic in _TOPICS for name, check in topic.CHECKS.items()}
OTHER_FORMS: Mapping[str, Mapping[int, Check | str]] = {
    name: others for topic in _TOPICS for name, others in topic.OTHERS.items()
}
"""What is not the same claim: by the number of a variant, a check of its own, or why it has none."""
