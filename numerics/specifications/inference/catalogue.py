"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.inference import (
    chains,
    decoding,
    dynamics,
    forward,
    variational,
    weights,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *forward.SPECIFICATIONS,
    *chains.SPECIFICATIONS,
    *dynamics.SPECIFICATIONS,
    *weights.SPECIFICATIONS,
    *variational.SPECIFICATIONS,
    *decoding.SPECIFICATIONS,
)
