"""The specifications of this family. A new page adds one import and one line here."""

from __future__ import annotations

from numerics.specifications.contract import Specification
from numerics.specifications.distributions import (
    categories,
    counts,
    families,
    heavy,
    intervals,
    noise,
    normal,
    trials,
    waiting,
)

SPECIFICATIONS: tuple[Specification, ...] = (
    *trials.SPECIFICATIONS,
    *categories.SPECIFICATIONS,
    *counts.SPECIFICATIONS,
    *waiting.SPECIFICATIONS,
    *normal.SPECIFICATIONS,
    *intervals.SPECIFICATIONS,
    *heavy.SPECIFICATIONS,
    *families.SPECIFICATIONS,
    *noise.SPECIFICATIONS,
)
