"""Words typed as bare letters, set as a product by TeX: x_{pre}, ∑_{c=0}^{channels}. Their letters index nothing."""

from __future__ import annotations

from collections.abc import Iterator

from errata.checking.kinds import INDEX_LETTERS
from errata.reading.tree import Factors, Group, Node, Sym, children

INDICES = INDEX_LETTERS | {"n"}
IN_A_SCRIPT, IN_A_LINE = 3, 4
"""Letters from which on a run of them is a word, in a script and elsewhere."""


def is_word(node: Node, least: int = IN_A_SCRIPT) -> bool:
    """Whether a product is a word: plain letters with nothing between them, and not only letters of indices."""
    while isinstance(node, Group):
        node = node.body
    if not isinstance(node, Factors) or len(node.items) < least or any(node.signs):
        return False
    if not all(isinstance(i, Sym) and len(i.name) == 1 and i.name.isascii() and not i.font for i in node.items):
        return False
    close = all(a.end == b.start for a, b in zip(node.items, node.items[1:], strict=False))
    return close and not {i.name for i in node.items if isinstance(i, Sym)} <= INDICES


def outside_words(node: Node, least: int = IN_A_SCRIPT) -> Iterator[Node]:
    """The node and all below it that stands in no word."""
    if is_word(node, least):
        return
    yield node
    for child in children(node):
        yield from outside_words(child, least)
