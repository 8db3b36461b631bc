"""Percent signs that name a unit: √(1.1² + 1.2²) = 1.6 %, where 1.1 % and 1.2 % stand before."""

from __future__ import annotations

import re

from errata.reading.lowering import lower
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Factors, Node, Num, Postfix, Terms, walk
from errata.reading.vectors import Unlowered
from numerics.comparison import HOLDS, compare


def counted_in_percent(pair: Pair, near: str) -> bool:
    """Whether a relation holds without the percent sign of its result, and the text near it gives numbers of its left
    side in percent.
    """
    bare = _without_sign(pair.right)
    if bare is None or any(isinstance(n, Postfix) for n in walk(pair.left)):
        return False
    if isinstance(pair.left, Factors) and any(isinstance(n, Num) and n.text == "100" for n in pair.left.items):
        near = "100%"
    numbers = {n.text for n in walk(pair.left) if isinstance(n, Num)}
    decimals = {n for n in numbers if "." in n}
    said = {n for n in numbers if re.search(rf"(?<![\d.]){re.escape(n)}\s*\}}?\$?\s*\\?%", near)}
    if "100" not in said and not (decimals & said if decimals else numbers == said):
        return False
    try:
        left, right = lower(pair.left, Scope()).expression, lower(bare, Scope()).expression
    except Unlowered:
        return False
    return compare(left, pair.relation.sign, right).grade in HOLDS


def _without_sign(node: Node) -> Node | None:
    """The number before a percent sign, with its own sign."""
    if isinstance(node, Terms) and len(node.items) == 1:
        inner = _without_sign(node.items[0])
        return None if inner is None else Terms(node.start, node.end, node.signs, (inner,))
    return node.operand if isinstance(node, Postfix) and not node.sign.startswith("!") else None
