"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.learning import (
    backpropagation,
    contrastive,
    denoising,
    dpo,
    estimation,
    gradients,
    optimisation,
    prediction,
    preferences,
    regression,
    score_matching,
    token_preferences,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *estimation.SPECIFICATIONS,
    *regression.SPECIFICATIONS,
    *score_matching.SPECIFICATIONS,
    *denoising.SPECIFICATIONS,
    *contrastive.SPECIFICATIONS,
    *prediction.SPECIFICATIONS,
    *optimisation.SPECIFICATIONS,
    *backpropagation.SPECIFICATIONS,
    *gradients.SPECIFICATIONS,
    *preferences.SPECIFICATIONS,
    *token_preferences.SPECIFICATIONS,
    *dpo.SPECIFICATIONS,
)
