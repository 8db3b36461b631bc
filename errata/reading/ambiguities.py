"""What a formula leaves open, and how it is taken: said with the reading, so that no choice is made in silence."""

from __future__ import annotations

from errata.reading.names import key
from errata.reading.tree import Big, Chain, Factors, Group, Node, Script, Sym, walk
from errata.reading.words import words


def ambiguities(root: Node) -> tuple[str, ...]:
    """One sentence for each place that notes write in two ways."""
    return tuple(said for node in walk(root) if isinstance(node, Big) and (said := _reach(node)) is not None)


def _reach(node: Big) -> str | None:
    """Where a ∏ may end before its last factors, because its index is not in them."""
    head, body = node.head, node.body
    sub = head.sub if isinstance(head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    if not isinstance(head, Script) or not isinstance(head.base, Sym) or head.base.name != "∏" or sub is None:
        return None
    if not isinstance(body, Factors):
        return None
    index = key(sub.items[0]) if isinstance(sub, Chain) else key(sub)
    varying = [i for i, item in enumerate(body.items) if any(key(n) == index for n in walk(item))]
    if not varying or varying[-1] == len(body.items) - 1:
        return None
    return f"the product over {index} may end before {words(body.items[varying[-1] + 1])}: both readings are tried"
