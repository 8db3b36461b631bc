"""Divisions whose remainder the text names: 17/5 = 3, "with remainder 2"."""

from __future__ import annotations

import re

from errata.reading.lowering import Convention, lower
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Fence
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

_REMAINDER = re.compile(r"\bremainders?\b|\bleft over\b|\bmod(?:ulo)?\b|\brest\b", re.I)


def takes_the_whole_part(pair: Pair) -> bool:
    """Whether a square bracket that holds a number equals the whole part of that: [22.8] = 22."""
    if not isinstance(pair.left, Fence) or (pair.left.open, pair.left.close) != ("[", "]"):
        return False
    return _is_whole_part(pair, Scope())


def leaves_a_remainder(pair: Pair, scope: Scope, sentence: str) -> bool:
    """Whether a sentence speaks of a remainder, and the right side of a relation is the whole part of the left one."""
    return _REMAINDER.search(sentence) is not None and _is_whole_part(pair, scope)


def _is_whole_part(pair: Pair, scope: Scope) -> bool:
    try:
        left, right = (rational(lower(side, scope, Convention()).expression) for side in (pair.left, pair.right))
    except (Unlowered, Undetermined):
        return False
    return left is not None and right is not None and right.q == 1 and bool(0 < left - right < 1)
