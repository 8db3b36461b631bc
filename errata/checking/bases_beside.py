"""A logarithm without a base beside one with a base, log_2 e + log σ: both may have that base."""

from __future__ import annotations

from typing import TypeGuard

from claims.records import replace
from errata.reading.names import key
from errata.reading.relations import Pair, Stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Node, Script, Sym, walk

MEANT = "log has the base that is written at another one beside it"


def with_bases_beside(chain: Stated, pair: Pair) -> Pair | None:
    """The relation with the base of the chain's other logarithms; None where that changes nothing, or is not one."""
    bases = {key(n.sub): n.sub for item in chain.chain.items for n in walk(item) if _is_based(n) and n.sub is not None}
    if len(bases) != 1:
        return None
    base = next(iter(bases.values()))

    def based(node: Node) -> Node | None:
        if _is_based(node):
            return node
        if isinstance(node, Script) and _is_log(node.base):
            return replace(node, sub=base)
        if _is_log(node):
            return Script(node.start, node.end, node, base, None)
        return None

    left, right = rebuilt(pair.left, based), rebuilt(pair.right, based)
    return None if left == pair.left and right == pair.right else replace(pair, left=left, right=right)


def _is_log(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "log"


def _is_based(node: Node) -> TypeGuard[Script]:
    return isinstance(node, Script) and _is_log(node.base) and node.sub is not None
