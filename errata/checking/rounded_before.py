"""Numbers that the page has rounded before: 224, printed for 0.559 · 400, may stand for that product in what follows.

Such a number is a value with digits that aren't shown, so that a later step with it may rest on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.records import replace
from errata.checking.context import At, State, root_of
from errata.reading.lowering import lower
from errata.reading.names import names_in
from errata.reading.relations import Pair, stated
from errata.reading.scope import Scope
from errata.reading.substitution import rebuilt
from errata.reading.tree import Fence, Node, Num, walk
from errata.reading.vectors import Unlowered
from numerics.comparison import HOLDS, compare

_ROUNDS = frozenset({"≈", "≃", "≅", "="})


def with_rounded_numbers(state: State, at: At, pair: Pair) -> tuple[Pair, str] | None:
    """A relation with what its numbers were rounded from in their places, and how it says so; None where none was."""
    printed = {n.text for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Num)}
    origins = dict(_origins(state, at, printed))
    if not origins:
        return None
    left, right = (rebuilt(side, lambda n: _origin(n, origins)) for side in (pair.left, pair.right))
    if (left, right) == (pair.left, pair.right):
        return None
    return replace(pair, left=left, right=right), f"{', '.join(sorted(origins))} has the digits that aren't shown"


def _origin(node: Node, origins: Mapping[str, Node]) -> Node | None:
    found = origins.get(node.text) if isinstance(node, Num) else None
    return None if found is None else Fence(node.start, node.end, "(", found, ")")


def _origins(state: State, at: At, printed: set[str]) -> Iterator[tuple[str, Node]]:
    """The numbers of a relation that earlier formulas of the section give for an expression of numbers, with that."""
    document = state.document
    opened = max((h.span.start for h in document.headings if h.span.start <= at.formula.span.start), default=0)
    for index in range(at.index):
        if document.formulas[index].span.start < opened:
            continue
        for one in (p for chain in stated(root_of(state, index)) for p in chain.pairs()):
            if one.relation.sign not in _ROUNDS or not isinstance(one.right, Num) or one.right.text not in printed:
                continue
            if _is_rounded(one):
                yield one.right.text, one.left


def _is_rounded(pair: Pair) -> bool:
    """Whether a number is what an expression of numbers rounds to."""
    if isinstance(pair.left, Num) or names_in(pair.left) or not any(isinstance(n, Num) for n in walk(pair.left)):
        return False
    try:
        left, right = lower(pair.left, Scope()).expression, lower(pair.right, Scope()).expression
    except Unlowered:
        return False
    return compare(left, "≈", right).grade in HOLDS
