"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.structured import (
    buffet,
    circuits,
    classifiers,
    conjugate,
    directed,
    estimators,
    filters,
    generators,
    heads,
    latent,
    linear_latent,
    markov,
    messages,
    mixtures,
    operations,
    penalised,
    principal,
    regressions,
    tosses,
    trainings,
    undirected,
)
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *generators.SPECIFICATIONS,
        *markov.SPECIFICATIONS,
        *classifiers.SPECIFICATIONS,
        *latent.SPECIFICATIONS,
        *mixtures.SPECIFICATIONS,
        *linear_latent.SPECIFICATIONS,
        *principal.SPECIFICATIONS,
        *tosses.SPECIFICATIONS,
        *directed.SPECIFICATIONS,
        *undirected.SPECIFICATIONS,
        *operations.SPECIFICATIONS,
        *conjugate.SPECIFICATIONS,
        *filters.SPECIFICATIONS,
        *messages.SPECIFICATIONS,
        *circuits.SPECIFICATIONS,
        *buffet.SPECIFICATIONS,
        *heads.SPECIFICATIONS,
        *estimators.SPECIFICATIONS,
        *penalised.SPECIFICATIONS,
    ),
    {**trainings.LONG, **regressions.LONG},
)
