"""How far a slash reaches: in a / b · c all that follows may stand below it, and in 1/2 x only the 2."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from claims.records import replace
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Frac, Node

MEANT = "a/b · c means a/(b c)"
NARROW = "a/bc means (a/b)c"
_TIMES = frozenset({r"\cdot", "·", r"\times", "×"})
ANY_PRODUCT = _TIMES | {""}
"""Signs of products, and none: x/2y."""


def with_wide_slashes(pair: Pair, signs: frozenset[str] = _TIMES) -> Pair | None:
    """The relation with everything up to the end of a product below its slash, where one of some signs stands there;
    None where that changes nothing."""
    widened = partial(_widened, signs)
    left, right = rebuilt(pair.left, widened), rebuilt(pair.right, widened)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def with_narrow_slashes(pair: Pair) -> Iterator[Pair]:
    """The relation with one factor only below each of its slashes, or two, on both sides or on either of them."""
    for factors in (1, 2):
        narrowed = partial(_narrowed, factors)
        left, right = rebuilt(pair.left, narrowed), rebuilt(pair.right, narrowed)
        changed = (left is not pair.left, right is not pair.right)
        if any(changed):
            yield replace(pair, left=left, right=right)
        if all(changed):
            yield from (replace(pair, left=left), replace(pair, right=right))


def _narrowed(factors: int, node: Node) -> Node | None:
    if not isinstance(node, Factors) or node.signs.count("/") != 1:
        return None
    at = node.signs.index("/")
    above, below, rest = node.items[:at], node.items[at : at + factors], node.items[at + factors :]
    signs = node.signs[at + 1 :]
    if not above or not rest or any(signs[:factors]):
        return None
    inside = partial(rebuilt, change=partial(_narrowed, factors))
    above, below, rest = (tuple(map(inside, items)) for items in (above, below, rest))
    top = above[0] if len(above) == 1 else replace(node, end=above[-1].end, signs=node.signs[:at], items=above)
    bottom = below[0] if len(below) == 1 else replace(node, start=below[0].start, signs=("", ""), items=below)
    ratio = Frac(node.start, below[-1].end, top, bottom)
    return replace(node, signs=("", *signs[factors - 1 :]), items=(ratio, *rest))


def _widened(times: frozenset[str], node: Node) -> Node | None:
    if not isinstance(node, Factors) or node.signs.count("/") != 1:
        return None
    at = node.signs.index("/")
    above, below = node.items[:at], node.items[at:]
    if not above or not any(sign in times for sign in node.signs[at + 1 :]):
        return None
    top = above[0] if len(above) == 1 else replace(node, end=above[-1].end, signs=node.signs[:at], items=above)
    bottom = replace(node, start=below[0].start, signs=("", *node.signs[at + 1 :]), items=below)
    return Frac(node.start, node.end, top, bottom)
