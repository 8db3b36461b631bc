"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.inference import (
    annealed_importance,
    chains,
    forward,
    hamiltonian,
    langevin,
    search,
    truncation,
    variational,
    weights,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *forward.SPECIFICATIONS,
    *chains.SPECIFICATIONS,
    *hamiltonian.SPECIFICATIONS,
    *langevin.SPECIFICATIONS,
    *weights.SPECIFICATIONS,
    *annealed_importance.SPECIFICATIONS,
    *variational.SPECIFICATIONS,
    *truncation.SPECIFICATIONS,
    *search.SPECIFICATIONS,
)
