"""A word before a quantity that only says what the quantity is: "Mean · E[Y] = p" is E[Y] = p under the label Mean."""

from __future__ import annotations

from dataclasses import replace

from errata.reading.sentences.heads import operator
from errata.reading.tree import Call, Chain, Factors, Node, Sym

_DOTS = frozenset({r"\cdot", "·", r"\bullet"})
_NAMED = {
    "mean": "E", "expectation": "E", "average": "E", "expected value": "E", "variance": "Var", "covariance": "Cov",
    "correlation": "Corr", "entropy": "H", "mutual information": "I",
}  # fmt: skip
"""What is called by a word, by the operator that stands for it."""


def without_label(chain: Chain) -> Chain:
    """A chain without the label of its first member; itself where that has none."""
    first = without_quantity_label(chain.items[0])
    return chain if first is chain.items[0] else replace(chain, items=(first, *chain.items[1:]))


def without_quantity_label(node: Node) -> Node:
    """The quantity of a product of its own name with it; any other node as it is."""
    if not isinstance(node, Factors) or len(node.items) != 2 or node.signs[1] not in _DOTS:
        return node
    word, quantity = node.items
    if not isinstance(word, Sym) or word.font not in ("text", "roman", "sans") or not isinstance(quantity, Call):
        return node
    return quantity if _NAMED.get(word.name.lower().strip()) == operator(quantity.head) else node
