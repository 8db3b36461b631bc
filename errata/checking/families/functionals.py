"""Entropies and moments of a law that is written out: h(N(μ, σ²)), H(Bern(p)), Var(Exp(λ)), N(0, 1) → h = ….

A law in the place of a variable stands for a variable that follows it, so that what is asked of X ∼ N(μ, σ²) is asked
of the law itself.
"""

from __future__ import annotations

from claims.records import replace
from errata.checking.slips import rewritten
from errata.reading.families.notation import LawNode, law_node
from errata.reading.lowering import operator_parts
from errata.reading.relations import Pair, Stated
from errata.reading.tree import Call, Factors, Fence, Node, Sym, walk

FUNCTIONALS = frozenset(
    "E 𝔼 mean Mean Var var V 𝕍 Variance std SD sd Std StdDev Skew skew Kurt kurt H h Ent ent median Median mode".split()
)
"""What notes call the moments and the entropies of a law."""
_ENTROPIES = frozenset({"H", "h"})
_DRAWN = ("Ξ", "Υ", "Ϙ", "Ϟ")
"""Names of the variables that follow the laws; none of them is used in notes."""


def with_drawn(pair: Pair) -> tuple[Pair, dict[str, LawNode]]:
    """A relation in which each law under a functional is a variable, and the laws of these variables."""
    drawn: dict[str, LawNode] = {}
    sides = []
    for side in (pair.left, pair.right):
        for node in [n for n in walk(side) if isinstance(n, Call)]:
            law = law_under(node)
            if law is None or len(drawn) == len(_DRAWN):
                continue
            name = _DRAWN[len(drawn)]
            drawn[name] = law
            side = rewritten(side, node, _of_variable(node, name))
        sides.append(side)
    return (replace(pair, left=sides[0], right=sides[1]), drawn) if drawn else (pair, drawn)


def law_under(node: Node) -> LawNode | None:
    """The law in h(N(μ, σ²)); None for a functional of anything else."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    name, sub, sup = operator_parts(node.head)
    if name not in FUNCTIONALS or sub is not None or sup is not None:
        return None
    body = node.fence.body
    law = law_node(body)
    return law if law is not None and law.point is None and _is_surely_a_law(body) else None


def after_arrow(chain: Stated, pair: Pair) -> Pair:
    """``h = …`` after ``N(0, 1) →`` as h(N(0, 1)) = …; the relation itself where nothing of the kind is before it."""
    items, relations = chain.chain.items, chain.chain.relations
    left, before = pair.left, pair.position - 1
    if before < 0 or pair.relation.sign not in ("=", "≡") or not isinstance(left, Sym) or left.name not in _ENTROPIES:
        return pair
    if before + 1 >= len(items) or items[before + 1] is not left or relations[before].sign not in ("→", "↦"):
        return pair
    law = law_node(items[before])
    if law is None or law.point is not None or not _is_surely_a_law(items[before]):
        return pair
    fence = Fence(left.start, left.end, "(", items[before], ")")
    return replace(pair, left=Call(left.start, left.end, left, fence, True))


def _of_variable(call: Call, name: str) -> Call:
    """h(Ξ) for h(N(μ, σ²)), the h upright: beside a law it is no function of a number."""
    assert isinstance(call.fence, Fence)
    head = replace(call.head, font="roman") if isinstance(call.head, Sym) and not call.head.font else call.head
    body = Sym(call.fence.start, call.fence.end, name, "", name)
    return replace(call, head=head, fence=replace(call.fence, body=body))


def _is_surely_a_law(node: Node) -> bool:
    """Whether a law is named by a word, by a letter that is no plain one, or by N: E[F(u, v)] is of a function."""
    head = node.head if isinstance(node, Call) else node.items[0] if isinstance(node, Factors) else None
    return isinstance(head, Sym) and (len(head.name) > 1 or head.font not in ("", "italic") or head.name == "N")
