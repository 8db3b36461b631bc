"""What is called a divergence is never negative: KL_g(α) = ∫ log(g/h) h dw has its laws the wrong way round.

The name says that a divergence is meant, though not between which laws; so only the sign of the other side is judged,
in the worlds that refute any inequality.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.algebra import Found
from errata.checking.page_laws import PageLaws
from errata.checking.refutable import Around
from errata.checking.refuted_laws import refute_laws
from errata.reading.names import is_name
from errata.reading.relations import Pair
from errata.reading.sentences.heads import letter
from errata.reading.tree import Bar, Call, Fence, Node, Num, Relation, Script, Sym, walk

NAMES = frozenset({"KL", "DKL"})


def refute_sign(pair: Pair, page: Callable[[], PageLaws], near: Around, seed: int) -> Found | None:
    """The refutation of a divergence that is negative somewhere; None where it isn't, or no divergence is defined."""
    if pair.position or pair.relation.sign not in ("=", "≡", ":=", "≜") or not is_divergence(pair.left):
        return None
    end = pair.right.end
    sign = Relation(end, end, "≥", r"\ge")
    found = refute_laws(
        replace(pair, left=pair.right, relation=sign, right=Num(end, end, "0")), page(), near, True, seed
    )
    if found is None or not isinstance(found.verdict, Refuted):
        return None
    return replace(found, message=f"a divergence is never negative, and {found.message}")


def is_divergence(node: Node) -> bool:
    """KL_g(α), KL_g or KL: a name of a divergence that doesn't say between which laws it is."""
    head = node.head if isinstance(node, Call) else node
    if isinstance(node, Call) and isinstance(node.fence, Fence) and any(isinstance(n, Bar) for n in walk(node.fence)):
        return False
    sub = head.sub if isinstance(head, Script) else None
    divergence = letter(head)[0] == "D" and isinstance(sub, Sym) and sub.name == "KL"
    return (is_name(head) or isinstance(head, Script)) and (letter(head)[0] in NAMES or divergence)
