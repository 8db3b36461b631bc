"""P(X > 0) = P(X ≥ 1), which holds of a variable that takes whole numbers."""

from __future__ import annotations

from claims.records import replace
from errata.checking.kinds import is_law_of
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Chain, Fence, Node, Num
from errata.reading.words import words

_CHANCES = frozenset({"P", "Pr"})
_STEP = {">": ("≥", 1), "<": ("≤", -1)}


def of_whole_values(pair: Pair) -> str | None:
    """The chance that both sides are once each X > n is X ≥ n + 1; None where they are two."""
    left, right = rebuilt(pair.left, _stepped), rebuilt(pair.right, _stepped)
    changed = left is not pair.left or right is not pair.right
    return words(left) if changed and words(left) == words(right) else None


def _stepped(node: Node) -> Node | None:
    """P(X ≥ n + 1) for P(X > n)."""
    fence = node.fence if isinstance(node, Call) else None
    event = fence.body if isinstance(fence, Fence) else None
    if not isinstance(node, Call) or not is_law_of(node.head, _CHANCES) or not isinstance(event, Chain):
        return None
    assert isinstance(fence, Fence)
    (sign, step), bound = _STEP.get(event.relations[0].sign, ("", 0)), event.items[-1]
    if len(event.items) != 2 or not sign or not isinstance(bound, Num) or not bound.text.isdigit():
        return None
    relation = replace(event.relations[0], sign=sign)
    number = replace(bound, text=str(int(bound.text) + step))
    body = replace(event, relations=(relation,), items=(event.items[0], number))
    return replace(node, fence=replace(fence, body=body))
