"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.autoencoders import conditional, deterministic, hierarchical, quantised, variational
from numerics.specifications.contract import Specification

SPECIFICATIONS: tuple[Specification, ...] = (
    *deterministic.SPECIFICATIONS,
    *variational.SPECIFICATIONS,
    *quantised.SPECIFICATIONS,
    *conditional.SPECIFICATIONS,
    *hierarchical.SPECIFICATIONS,
)
