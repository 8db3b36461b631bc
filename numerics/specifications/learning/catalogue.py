"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.learning import (
    contrastive,
    estimation,
    gradients,
    optimisation,
    prediction,
    preferences,
    score_matching,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *estimation.SPECIFICATIONS,
    *score_matching.SPECIFICATIONS,
    *contrastive.SPECIFICATIONS,
    *prediction.SPECIFICATIONS,
    *optimisation.SPECIFICATIONS,
    *gradients.SPECIFICATIONS,
    *preferences.SPECIFICATIONS,
)
