"""What is best by one objective is best by an equal one: arg max f = arg max g where f = g, and arg min g where f = −g.

The objectives are held against each other for all laws, so that it does not matter over what they are made best. It
supports, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.records import replace
from claims.verdict import Proved, Supported
from errata.checking.algebra import Found
from errata.checking.context import State
from errata.checking.coordinates.objectives import extreme_of
from errata.checking.page_laws import PageLaws
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.tree import Fence, Node, Terms

Judge = Callable[[State, PageLaws, Pair, int, int], Found | None]


def judge_equal_objectives(
    state: State, page: PageLaws, pair: Pair, formula: int, seed: int, judges: Sequence[Judge]
) -> Found | None:
    """The support of two extrema by one of some judges of their objectives; None where it gets none."""
    left, right = extreme_of(pair.left), extreme_of(pair.right)
    if pair.relation.sign not in ("=", "≡") or left is None or right is None or left.letters != right.letters:
        return None
    if key(left.body) == key(right.body):
        return None
    other = right.body if left.largest is right.largest else _minus(right.body)
    objectives = replace(pair, left=left.body, right=other, relation=replace(pair.relation, sign="=", latex="="))
    for judge in judges:
        found = judge(state, page, objectives, formula, seed)
        if found is not None and isinstance(found.verdict, Supported | Proved):
            holds_if = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
            return replace(found, verdict=Supported(tuple(found.verdict.by), holds_if))
    return None


def _minus(node: Node) -> Node:
    return Terms(node.start, node.end, ("-",), (Fence(node.start, node.end, "(", node, ")"),))
