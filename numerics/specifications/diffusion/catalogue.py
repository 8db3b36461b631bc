"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.diffusion import (
    chain,
    guidance,
    hierarchy,
    implicit,
    kernels,
    latent,
    prior_decoder,
    probability_flow,
    rendering,
    residual_unet,
    schedules,
    score_samplers,
    sde,
    text_to_image,
    trainings,
)
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *chain.SPECIFICATIONS,
        *schedules.SPECIFICATIONS,
        *hierarchy.SPECIFICATIONS,
        *implicit.SPECIFICATIONS,
        *sde.SPECIFICATIONS,
        *kernels.SPECIFICATIONS,
        *probability_flow.SPECIFICATIONS,
        *score_samplers.SPECIFICATIONS,
        *guidance.SPECIFICATIONS,
        *latent.SPECIFICATIONS,
        *text_to_image.SPECIFICATIONS,
        *prior_decoder.SPECIFICATIONS,
        *residual_unet.SPECIFICATIONS,
        *rendering.SPECIFICATIONS,
    ),
    trainings.LONG,
)
