"""a / b · c, where all that follows the slash may stand below it: exp(−d²/2 · ½) for a variance of one half."""

from __future__ import annotations

from claims.records import replace
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Frac, Node

MEANT = "a/b · c means a/(b c)"
_TIMES = frozenset({r"\cdot", "·", r"\times", "×"})


def with_wide_slashes(pair: Pair) -> Pair | None:
    """The relation with everything up to the end of a product below its slash; None where that changes nothing."""
    left, right = rebuilt(pair.left, _widened), rebuilt(pair.right, _widened)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _widened(node: Node) -> Node | None:
    if not isinstance(node, Factors) or node.signs.count("/") != 1:
        return None
    at = node.signs.index("/")
    above, below = node.items[:at], node.items[at:]
    if not above or not any(sign in _TIMES for sign in node.signs[at + 1 :]):
        return None
    top = above[0] if len(above) == 1 else replace(node, end=above[-1].end, signs=node.signs[:at], items=above)
    bottom = replace(node, start=below[0].start, signs=("", *node.signs[at + 1 :]), items=below)
    return Frac(node.start, node.end, top, bottom)
