"""A display that goes on from the one before: "… = b" after a = c is c = b."""

from __future__ import annotations

from claims.records import replace
from errata.checking.context import At, State, root_of
from errata.reading.relations import Pair, stated
from errata.reading.tree import Dots, Gap, Group, Node

REACH = 1_000
"""Characters between the end of a display and the dots that go on from it."""


def continued(state: State, at: At, pair: Pair) -> tuple[Pair, str] | None:
    """A relation whose left side is only dots, with the end of the last display in their place, and what that takes for
    granted; None where it is no such relation, or no chain of equations ends nearby."""
    if pair.position or not _is_dots(pair.left):
        return None
    formulas = state.document.formulas
    start = formulas[at.index].span.start
    for number in range(at.index - 1, -1, -1):
        if start - formulas[number].span.end > REACH:
            return None
        chains = stated(root_of(state, number)) if formulas[number].display else ()
        if chains:
            last = chains[-1].chain
            if last.relations[-1].sign not in ("=", "≡") or isinstance(last.items[-1], Gap | Dots):
                return None
            line = state.document.place(formulas[number].offset(last.start)).line
            return replace(pair, left=last.items[-1]), f"it goes on from line {line}"
    return None


def _is_dots(node: Node) -> bool:
    while isinstance(node, Group):
        node = node.body
    return isinstance(node, Dots)
