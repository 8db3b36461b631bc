"""log a exp(−b), which is the logarithm of the product: without a sign nobody multiplies it by an exponential."""

from __future__ import annotations

from claims.records import replace
from errata.reading.lowering import operator_parts
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Factors, Function, Node, Script, Sym

MEANT = "a logarithm reaches over the exponential behind it"
_LOGARITHMS = frozenset({"log", "ln", "lg"})


def with_wide_logarithms(pair: Pair) -> Pair | None:
    """The relation with such products under their logarithm; None where there is none."""
    left, right = rebuilt(pair.left, _widened), rebuilt(pair.right, _widened)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _widened(node: Node) -> Node | None:
    """log(a exp(b)) for log(a) exp(b), where no sign stands between the two."""
    if not isinstance(node, Factors):
        return None
    for at, (item, sign, after) in enumerate(zip(node.items, node.signs[1:], node.items[1:], strict=False)):
        if sign or not _is_logarithm(item) or not _is_exponential(after) or not isinstance(item, Function):
            continue
        items, signs = (item.argument, *node.items[at + 1 :]), ("", *node.signs[at + 1 :])
        whole = replace(item, argument=replace(node, start=item.argument.start, items=items, signs=signs), end=node.end)
        if at == 0:
            return whole
        return replace(node, items=(*node.items[:at], whole), signs=node.signs[: at + 1])
    return None


def _is_logarithm(node: Node) -> bool:
    return isinstance(node, Function) and operator_parts(node.head)[0] in _LOGARITHMS


def _is_exponential(node: Node) -> bool:
    """exp(x), and e^x."""
    if isinstance(node, Script):
        return isinstance(node.base, Sym) and node.base.name == "e" and node.sup is not None
    return isinstance(node, Call | Function) and operator_parts(node.head)[0] == "exp"
