"""An overline in a text that speaks of conjugates may be a complex one: the name under it is no other name then."""

from __future__ import annotations

import re

from errata.reading.relations import Pair
from errata.reading.tree import Accent, walk

WHY = "an overline may be a complex conjugate"
_CONJUGATE = re.compile(
    r"\b(?:complex|its|their|the)\s+conjugates?\b"
    r"(?!\s+(?:prior|posterior|famil|distribution|pair|gradient|direction|transpose))",
    re.I,
)
"""Words for the conjugate of a number, and not for that of a law or for a direction."""
_OVER = frozenset({"overline", "bar"})


def may_be_conjugates(pair: Pair, text: str) -> bool:
    """Whether a relation has an overline, and the text says that numbers have conjugates."""
    lined = any(isinstance(n, Accent) and n.kind in _OVER for side in (pair.left, pair.right) for n in walk(side))
    return lined and _CONJUGATE.search(text) is not None
