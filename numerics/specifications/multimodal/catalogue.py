"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.multimodal import attention, contrastive, trainings, views, vision_language
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *contrastive.SPECIFICATIONS,
        *attention.SPECIFICATIONS,
        *views.SPECIFICATIONS,
        *vision_language.SPECIFICATIONS,
    ),
    trainings.LONG,
)
