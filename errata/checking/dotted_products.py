"""91.2^{-10}, which may be 91 times a power of 2: a point on the line is a sign of multiplication to many."""

from __future__ import annotations

from claims.records import replace
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Node, Num, Script

MEANT = "a point before a power is a sign of multiplication"


def with_dotted_products(pair: Pair) -> Pair | None:
    """The relation with m · n^k for each m.n^k; None where there is none."""
    left, right = rebuilt(pair.left, _parted), rebuilt(pair.right, _parted)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _parted(node: Node) -> Node | None:
    base = node.base if isinstance(node, Script) else None
    if not isinstance(node, Script) or not isinstance(base, Num) or node.sup is None or base.text.count(".") != 1:
        return None
    before, after = base.text.split(".")
    if not before.isdigit() or not after.isdigit() or after.startswith("0"):
        return None
    at = base.start + len(before)
    first, second = Num(base.start, at, before), Num(at + 1, base.end, after)
    return Factors(node.start, node.end, ("", "\\cdot"), (first, replace(node, start=second.start, base=second)))
