"""ln a / b, which may be (ln a)/b as well as ln(a/b): without a bracket nothing says where the argument ends."""

from __future__ import annotations

from claims.records import replace
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Function, Node

MEANT = "a function without a bracket ends before the slash behind it"


def with_narrow_functions(pair: Pair) -> Pair | None:
    """The relation with what follows a slash outside of such a function; None where that changes nothing."""
    left, right = rebuilt(pair.left, _narrowed), rebuilt(pair.right, _narrowed)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _narrowed(node: Node) -> Node | None:
    """(ln a)/b for ln a/b."""
    inside = node.argument if isinstance(node, Function) else None
    if not isinstance(node, Function) or not isinstance(inside, Factors) or "/" not in inside.signs:
        return None
    at = inside.signs.index("/")
    if at == 0:
        return None
    above = inside.items[:at]
    top = above[0] if at == 1 else replace(inside, end=above[-1].end, signs=inside.signs[:at], items=above)
    narrow = replace(node, argument=top, end=top.end)
    return Factors(node.start, node.end, ("", *inside.signs[at:]), (narrow, *inside.items[at:]))
