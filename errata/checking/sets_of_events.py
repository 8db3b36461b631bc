"""Letters that stand for sets or events: beside A ∪ B, the product A A is an intersection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import Factors, Group, Lines, Node, Terms, walk
from errata.reading.words import words

_OPERATIONS = frozenset({r"\cup", r"\cap", r"\setminus", r"\sqcup", r"\uplus", r"\bigtriangleup", r"\triangle"})


def set_among(pair: Pair, roots: Iterable[Lines]) -> str | None:
    """A name that a relation multiplies or adds, and that is joined or met with others in some formulas; None where
    there is none. P(A) and 1_A are numbers, whatever A is."""
    named = [name for side in (pair.left, pair.right) for name in _terms(side)]
    if not named:
        return None
    sets = {key(item) for root in roots for node in walk(root) for item in _operands(node)}
    return next((words(name) for name in named if key(name) in sets), None)


def _terms(side: Node) -> Iterator[Node]:
    """The names that a side is made of by products and sums."""
    if is_name(side):
        yield side
    elif isinstance(side, Terms | Factors):
        for item in side.items:
            yield from _terms(item)
    elif isinstance(side, Group):
        yield from _terms(side.body)


def _operands(node: Node) -> list[Node]:
    """The names that an operation on sets joins."""
    if not isinstance(node, Terms | Factors) or not any(sign in _OPERATIONS for sign in node.signs):
        return []
    return [item for item in node.items if is_name(item)]
