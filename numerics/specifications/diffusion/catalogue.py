"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.diffusion import chain, guidance, implicit, latent, rendering, sde, trainings
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *chain.SPECIFICATIONS,
        *implicit.SPECIFICATIONS,
        *sde.SPECIFICATIONS,
        *guidance.SPECIFICATIONS,
        *latent.SPECIFICATIONS,
        *rendering.SPECIFICATIONS,
    ),
    trainings.LONG,
)
