"""t^0 and t_i^n, where the upper index may number and not raise: nobody raises a letter to the power 0."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, Stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Fence, Node, Num, Script, Sym, walk

MEANT = "an upper index numbers and does not raise"


def with_numbers_above(chain: Stated, pair: Pair) -> Pair | None:
    """The relation with the upper indices of those letters as numbers that stand with a 0 above them in the chain; None
    where there are none."""
    numbered = {_letter(n) for n in walk(chain.chain) if isinstance(n, Script) and _is_zero(n.sup)} - {None}
    if not numbered:
        return None

    def numbers(node: Node) -> Node | None:
        if not isinstance(node, Script) or not isinstance(node.sup, Num | Sym) or _letter(node) not in numbered:
            return None
        return replace(node, sup=Fence(node.sup.start, node.sup.end, "(", node.sup, ")"))

    left, right = rebuilt(pair.left, numbers), rebuilt(pair.right, numbers)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _is_zero(sup: Node | None) -> bool:
    return isinstance(sup, Num) and sup.text == "0"


def _letter(node: Script) -> str | None:
    return key(node.base) if is_name(node.base) else None
