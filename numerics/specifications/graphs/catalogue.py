"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.graphs import (
    adjacency_coupling,
    assembly,
    attachment,
    autoencoder,
    diffusion,
    edges,
    flow,
    matching,
    networks,
    recurrent,
    score_system,
    trainings,
    transformer,
)
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *edges.SPECIFICATIONS,
        *attachment.SPECIFICATIONS,
        *recurrent.SPECIFICATIONS,
        *autoencoder.SPECIFICATIONS,
        *matching.SPECIFICATIONS,
        *networks.SPECIFICATIONS,
        *flow.SPECIFICATIONS,
        *adjacency_coupling.SPECIFICATIONS,
        *diffusion.SPECIFICATIONS,
        *transformer.SPECIFICATIONS,
        *score_system.SPECIFICATIONS,
        *assembly.SPECIFICATIONS,
    ),
    trainings.LONG,
)
