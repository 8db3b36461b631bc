"""H(X) + 0: whoever writes a zero says that a term of the other side is nothing, by a premise."""

from __future__ import annotations

from errata.reading.relations import Pair
from errata.reading.tree import Node, Num, Terms


def with_a_zero(pair: Pair) -> Node | None:
    """The side of a relation that has 0 as one of its terms; None where neither or each has one."""
    having = [side for side in (pair.left, pair.right) if _has_a_zero(side)]
    return having[0] if len(having) == 1 else None


def _has_a_zero(side: Node) -> bool:
    items = side.items if isinstance(side, Terms) else ()
    return len(items) > 1 and any(isinstance(item, Num) and item.text == "0" for item in items)
