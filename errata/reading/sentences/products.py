"""How far a product sign without brackets reaches: ∏_i q(z_i) {log p − log q} may end at the last factor with an i."""

from __future__ import annotations

from claims.records import replace
from errata.reading.generic import free_names
from errata.reading.names import is_name, key
from errata.reading.sentences.heads import bare, letter
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Chain, Factors, Node, Script

TIGHT = "a product reaches to the last factor with its index"


def tightened(node: Node) -> Node:
    """The expression with each product sign before the factors up to the last one that has its index; itself where
    that changes nothing."""
    return rebuilt(node, _ended)


def _ended(node: Node) -> Node | None:
    if not isinstance(node, Big) or letter(node.head)[0] != "∏" or not isinstance(node.body, Factors):
        return None
    index, body = _index(node), node.body
    varying = [n for n, item in enumerate(body.items, 1) if index in free_names(item)]
    last = varying[-1] if varying else 0
    if not last or last == len(body.items) or any(body.signs[last:]):
        return None
    inside = body.items[0] if last == 1 else replace(body, signs=body.signs[:last], items=body.items[:last])
    product = replace(node, end=inside.end, body=inside)
    rest = tuple(tightened(item) for item in body.items[last:])
    return Factors(node.start, node.end, ("",) * (1 + len(rest)), (product, *rest))


def _index(node: Big) -> str | None:
    sub = bare(node.head.sub) if isinstance(node.head, Script) and node.head.sub is not None else None
    name = sub.items[0] if isinstance(sub, Chain) else sub
    return key(name) if name is not None and is_name(name) else None
