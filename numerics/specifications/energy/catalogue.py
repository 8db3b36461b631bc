"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.energy import (
    belief_networks,
    boltzmann,
    contrastive_divergence,
    deep,
    energy_based,
    restricted,
    trainings,
)
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *belief_networks.SPECIFICATIONS,
        *boltzmann.SPECIFICATIONS,
        *restricted.SPECIFICATIONS,
        *contrastive_divergence.SPECIFICATIONS,
        *deep.SPECIFICATIONS,
        *energy_based.SPECIFICATIONS,
    ),
    trainings.LONG,
)
