"""What a formula leaves open, and how it is taken: said with the reading, so that no choice is made in silence."""

from __future__ import annotations

from collections.abc import Iterator

from errata.reading.names import is_transpose, key
from errata.reading.notation import CALLED
from errata.reading.tree import Accent, Big, Chain, Factors, Fence, Group, Node, Num, Script, Styled, Sym, Terms, walk
from errata.reading.words import words


def ambiguities(root: Node) -> tuple[str, ...]:
    """One sentence for each place that notes write in two ways."""
    return tuple(dict.fromkeys(said for node in walk(root) for said in _open(node)))


def _open(node: Node) -> Iterator[str]:
    if isinstance(node, Big):
        yield from _reach(node)
    elif isinstance(node, Factors):
        yield from _applied(node)


def _reach(node: Big) -> Iterator[str]:
    """Where a ∏ may end before its last factors, because its index is not in them."""
    head, body = node.head, node.body
    sub = head.sub if isinstance(head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    if not isinstance(head, Script) or not isinstance(head.base, Sym) or head.base.name != "∏" or sub is None:
        return
    if not isinstance(body, Factors):
        return
    index = key(sub.items[0]) if isinstance(sub, Chain) else key(sub)
    varying = [i for i, item in enumerate(body.items) if any(key(n) == index for n in walk(item))]
    if varying and varying[-1] < len(body.items) - 1:
        after = words(body.items[varying[-1] + 1])
        yield f"the product over {index} may end before {after}: both readings are tried"


def _applied(node: Factors) -> Iterator[str]:
    """Where a letter that is often a function multiplies a bracket: t(n − 1), γ^{-1}(y)."""
    for sign, head, fence in zip(node.signs[1:], node.items, node.items[1:], strict=False):
        if not sign and isinstance(fence, Fence) and fence.open == "(" and _may_be_function(head, fence):
            yield f"{words(head)} is read as a factor of {words(fence)}; it may be a function of it"


def _may_be_function(head: Node, fence: Fence) -> bool:
    base, inverted = head, False
    while isinstance(base, Script | Accent | Styled):
        if isinstance(base, Script) and base.sup is not None:
            if is_transpose(base.sup):
                return False
            inverted = inverted or not isinstance(base.sup, Num)
        base = base.base if isinstance(base, Script) else base.body
    if not isinstance(base, Sym) or base.font or not (base.name in CALLED | {"t"} or inverted):
        return False
    if base.name.isupper() or any(isinstance(n, Sym) and n.name == base.name for n in walk(fence)):
        return False
    first = fence.body.items[0] if isinstance(fence.body, Terms) else fence.body
    return not isinstance(first, Num)
