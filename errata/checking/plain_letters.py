"""Letters of special functions that stand alone, too, and so are names: ψ(a − 1) is a product beside e^ψ."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Factors, Node, Sym, walk

MEANT = "a letter before a bracket is a factor where it also stands alone"
_LETTERS = frozenset("ψ Φ Γ γ B".split())


def with_plain_letters(pair: Pair) -> Pair | None:
    """The relation with these letters as factors; None where none of them stands alone in it and before a bracket."""
    heads = [n.head for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Call)]
    called, names = {id(h) for h in heads}, {key(h) for h in heads if isinstance(h, Sym) and h.name in _LETTERS}
    symbols = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Sym) and id(n) not in called)
    alone = names & {key(n) for n in symbols}
    if not alone:
        return None

    def as_factor(node: Node) -> Node | None:
        if not isinstance(node, Call) or key(node.head) not in alone:
            return None
        return Factors(node.start, node.end, ("", ""), (node.head, rebuilt(node.fence, as_factor)))

    return replace(pair, left=rebuilt(pair.left, as_factor), right=rebuilt(pair.right, as_factor))
