"""Letters that stand for sets or events: beside A ∪ B, the product A A is an intersection."""

from __future__ import annotations

from collections.abc import Iterable

from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Lines, Node, Terms, walk
from errata.reading.words import words

_OPERATIONS = frozenset({r"\cup", r"\cap", r"\setminus", r"\sqcup", r"\uplus", r"\bigtriangleup", r"\triangle"})


def set_among(pair: Pair, roots: Iterable[Lines]) -> str | None:
    """A name of a relation that is joined or met with others somewhere in some formulas; None where there is none."""
    sets = {key(item) for root in roots for node in walk(root) for item in _operands(node)}
    named = (n for side in (pair.left, pair.right) for n in walk(side) if is_name(n) and key(n) in sets)
    return next(map(words, named), None)


def _operands(node: Node) -> list[Node]:
    """The names that an operation on sets joins."""
    if not isinstance(node, Terms | Factors) or not any(sign in _OPERATIONS for sign in node.signs):
        return []
    return [item for item in node.items if is_name(item)]
