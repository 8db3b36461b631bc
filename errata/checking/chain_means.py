"""E[…] without a law after E_{z ∼ q}[…] in a chain of equations, where it may be the mean under that law."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import key
from errata.reading.relations import Pair, Stated
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Node, Script, Sym, walk

MEANT = "a mean without a law is under the one that the chain names"
_MEANS = frozenset({"E", "𝔼"})


def with_means_of_chain(chain: Stated, pair: Pair) -> Pair | None:
    """The relation with the law that the chain names first below each E without one; None where nothing changes."""
    before = chain.chain.items[: pair.position + 2]
    named = {key(sub): sub for item in before for n in walk(item) if (sub := _law_below(n)) is not None}
    if len(named) != 1:
        return None
    (law,) = named.values()

    def changed(node: Node) -> Node | None:
        if not isinstance(node, Call) or not _is_mean(node.head):
            return None
        head = Script(node.head.start, node.head.end, node.head, law, None, 0, False)
        return replace(node, head=head, fence=rebuilt(node.fence, changed))

    left, right = rebuilt(pair.left, changed), rebuilt(pair.right, changed)
    return None if left is pair.left and right is pair.right else replace(pair, left=left, right=right)


def _law_below(node: Node) -> Node | None:
    """The subscript of a mean."""
    head = node.head if isinstance(node, Call) else None
    return head.sub if isinstance(head, Script) and head.sup is None and _is_mean(head.base) else None


def _is_mean(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in _MEANS
