"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.flows import autoregressive, composition, coupling, ode, splines, trainings
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *composition.SPECIFICATIONS,
        *coupling.SPECIFICATIONS,
        *autoregressive.SPECIFICATIONS,
        *splines.SPECIFICATIONS,
        *ode.SPECIFICATIONS,
    ),
    trainings.LONG,
)
