"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.structured import classifiers, generators, latent, markov, mixtures

SPECIFICATIONS: tuple[Specification, ...] = (
    *generators.SPECIFICATIONS,
    *markov.SPECIFICATIONS,
    *classifiers.SPECIFICATIONS,
    *latent.SPECIFICATIONS,
    *mixtures.SPECIFICATIONS,
)
