"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.divergences import (
    f_divergences,
    information,
    kullback_leibler,
    transport,
    two_samples,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *kullback_leibler.SPECIFICATIONS,
    *f_divergences.SPECIFICATIONS,
    *transport.SPECIFICATIONS,
    *two_samples.SPECIFICATIONS,
    *information.SPECIFICATIONS,
)
