"""KL(q ‖ p) beside q_θ(z): one law, named once without its parameter."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Node, Script, Sym, walk

MEANT = "a law is named once without its parameter"
_LAWS = frozenset("pqπ")


def with_one_law(pair: Pair) -> Pair | None:
    """The relation with q_θ for a bare q that is applied to nothing; None unless the relation applies q_θ, and no other
    law of that letter."""
    nodes = [n for side in (pair.left, pair.right) for n in walk(side)]
    heads = [n.head for n in nodes if isinstance(n, Call)]
    parts = {id(n.base) for n in nodes if isinstance(n, Script)} | {id(h) for h in heads}
    alone = {key(n) for n in nodes if isinstance(n, Sym) and n.name in _LAWS and id(n) not in parts}
    given: dict[str, set[str]] = {}
    for head in heads:
        base = head.base if isinstance(head, Script) else head
        if is_name(head) and key(base) in alone:
            given.setdefault(key(base), set()).add(key(head))
    one = {letter: names for letter, names in given.items() if len(names) == 1 and letter not in names}
    if not one:
        return None
    named = {letter: next(h for h in heads if key(h) in names) for letter, names in one.items()}

    def whole(node: Node) -> Node | None:
        if isinstance(node, Script):
            return node if isinstance(node.base, Sym) and node.base.name in _LAWS else None
        return named.get(key(node)) if isinstance(node, Sym) and id(node) not in parts else None

    return replace(pair, left=rebuilt(pair.left, whole), right=rebuilt(pair.right, whole))
