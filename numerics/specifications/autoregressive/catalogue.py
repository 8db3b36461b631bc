"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.autoregressive import (
    convolutions,
    language,
    recurrent,
    series,
    sigmoid,
    tables,
    transformers,
)
from numerics.specifications.contract import Specification

SPECIFICATIONS: tuple[Specification, ...] = (
    *tables.SPECIFICATIONS,
    *series.SPECIFICATIONS,
    *sigmoid.SPECIFICATIONS,
    *recurrent.SPECIFICATIONS,
    *convolutions.SPECIFICATIONS,
    *transformers.SPECIFICATIONS,
    *language.SPECIFICATIONS,
)
