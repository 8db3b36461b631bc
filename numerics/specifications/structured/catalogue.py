"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.structured import (
    classifiers,
    conjugate,
    filters,
    generators,
    latent,
    linear_latent,
    markov,
    mixtures,
    operations,
    tosses,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *generators.SPECIFICATIONS,
    *markov.SPECIFICATIONS,
    *classifiers.SPECIFICATIONS,
    *latent.SPECIFICATIONS,
    *mixtures.SPECIFICATIONS,
    *linear_latent.SPECIFICATIONS,
    *tosses.SPECIFICATIONS,
    *operations.SPECIFICATIONS,
    *conjugate.SPECIFICATIONS,
    *filters.SPECIFICATIONS,
)
