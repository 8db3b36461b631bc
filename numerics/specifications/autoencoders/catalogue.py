"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.autoencoders import (
    conditional,
    decoders,
    deterministic,
    hierarchical,
    quantised,
    trainings,
    variational,
    weighted,
)
from numerics.specifications.contract import Specification
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *deterministic.SPECIFICATIONS,
        *variational.SPECIFICATIONS,
        *weighted.SPECIFICATIONS,
        *decoders.SPECIFICATIONS,
        *quantised.SPECIFICATIONS,
        *conditional.SPECIFICATIONS,
        *hierarchical.SPECIFICATIONS,
    ),
    trainings.LONG,
)
