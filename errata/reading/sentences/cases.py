"""Sums over the cases of a partition: P(A) = ∑_i P(A ∩ B_i), where the text need not say that the B_i are one.

A and the cases are read as values of two variables, so that P(A ∩ B_i) is P(A, B_i): of the cases exactly one holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from errata.reading.names import is_name, key
from errata.reading.sentences.heads import subscript
from errata.reading.sentences.survey import is_set, summed
from errata.reading.substitution import rebuilt
from errata.reading.tree import Big, Call, Fence, Logic, Node, Phrase, Terms, walk
from errata.reading.vectors import Unlowered

_BOTH = frozenset({"\\cap", "∩", "\\land", "\\wedge", "∧"})


def over_cases(left: Node, right: Node) -> tuple[Node, Node]:
    """A relation with its intersections of names as lists of them, where a sum runs over one of these names; the
    relation itself where none does. Raises Unlowered where sets are joined in another way, too."""
    sides = (left, right)
    if not any(_sums_over_cases(n) for side in sides for n in walk(side)):
        return sides
    if any(is_set(n) and not _is_of_names(n) for side in sides for n in walk(side)):
        raise Unlowered("a sum over cases that may be disjoint")
    return rebuilt(left, _as_list), rebuilt(right, _as_list)


def _sums_over_cases(node: Node) -> bool:
    """∑_i with P(A ∩ B_i) in it, and ∑_B with P(A ∩ B)."""
    index = summed(node) if isinstance(node, Big) else None
    if index is None or not isinstance(node, Big) or node.body is None:
        return False
    return any(index in (key(item), *_index_of(item)) for n in walk(node.body) for item in _in_both(n))


def _index_of(name: Node) -> Iterator[str]:
    sub = subscript(name)
    if sub is not None:
        yield key(sub)


def _in_both(node: Node) -> tuple[Node, ...]:
    """A and B_i of A ∩ B_i; nothing for anything else."""
    signs = node.signs[1:] if isinstance(node, Terms) else node.signs if isinstance(node, Logic) else ()
    return node.items if isinstance(node, Terms | Logic) and signs and all(s in _BOTH for s in signs) else ()


def _is_of_names(node: Node) -> bool:
    items = _in_both(node)
    return bool(items) and all(map(is_name, items))


def _as_list(node: Node) -> Node | None:
    """P(A, B_i) for P(A ∩ B_i)."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    body = node.fence.body
    if not _is_of_names(body):
        return None
    names = _in_both(body)
    listed = Phrase(body.start, body.end, names, (*[","] * (len(names) - 1), ""))
    return replace(node, fence=replace(node.fence, body=listed))
