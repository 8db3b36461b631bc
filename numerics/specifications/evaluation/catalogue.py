"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.evaluation import (
    features,
    frechet,
    judgements,
    likelihoods,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *likelihoods.SPECIFICATIONS,
    *features.SPECIFICATIONS,
    *frechet.SPECIFICATIONS,
    *judgements.SPECIFICATIONS,
)
