"""Sums that name the values of a variable by its small letter, while the summand has the capital: ∑_x P(Y | X) P(X)."""

from __future__ import annotations

from claims.records import replace
from errata.reading.names import key
from errata.reading.sentences.heads import bare
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Node, Script, Sym, walk


def over_capitals(node: Node) -> Node:
    """The expression with such sums over the capital letter; itself where there is none."""
    if not any(isinstance(n, Big) for n in walk(node)):
        return node
    return rebuilt(node, _renamed)


def _renamed(node: Node) -> Node | None:
    if not isinstance(node, Big) or node.body is None or not isinstance(node.head, Script):
        return None
    sub = bare(node.head.sub) if node.head.sub is not None else None
    if not isinstance(sub, Sym) or len(sub.name) != 1 or not sub.name.islower() or node.head.sup is not None:
        return None
    letters = {key(n) for n in walk(node.body) if isinstance(n, Sym)}
    capital = replace(sub, name=sub.name.upper(), latex=sub.latex.upper())
    if sub.font or key(sub) in letters or key(capital) not in letters:
        return None
    return replace(node, head=replace(node.head, sub=capital), body=over_capitals(node.body))
