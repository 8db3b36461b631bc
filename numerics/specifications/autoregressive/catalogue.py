"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.autoregressive import (
    convolutions,
    language,
    recurrent,
    row_lstm,
    series,
    sigmoid,
    tables,
    trainings,
    transformers,
)
from numerics.specifications.contract import Specification
from numerics.specifications.training import lengthened

SPECIFICATIONS: tuple[Specification, ...] = lengthened(
    (
        *tables.SPECIFICATIONS,
        *series.SPECIFICATIONS,
        *sigmoid.SPECIFICATIONS,
        *recurrent.SPECIFICATIONS,
        *convolutions.SPECIFICATIONS,
        *row_lstm.SPECIFICATIONS,
        *transformers.SPECIFICATIONS,
        *language.SPECIFICATIONS,
    ),
    trainings.LONG,
)
