"""Names that a relation is solved for: 2 s = 5, so s = 2.5, and 0.05 = 2/√n ⟹ n = 1600.

Whatever value such a name had before, the relation is an equation for a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from errata.checking.context import At, State, root_of
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.tree import Chain, walk

_SO = re.compile(
    r"\W*(?:so|hence|thus|therefore|then|giving|(?:which|this) (?:gives|yields|implies|means)(?: that)?|and|"
    r"we (?:get|find|have)|solving)?\W*(?:we (?:get|find|have|see)|that|gives)?\W*\Z",
    re.I,
)
"""What stands between an equation and its solution."""
REACH = 60
"""Characters between them."""


def solved_for(state: State, at: At, pair: Pair) -> str | None:
    """A name of a relation, none of a side by itself, that stands alone on the left of what follows right after."""
    names = {key(n) for side in (pair.left, pair.right) if not is_name(side) for n in walk(side) if is_name(n)}
    return next((name for name in _given_after(state, at) if name in names), None)


def _given_after(state: State, at: At) -> list[str]:
    """The names alone on a left side in the statements after a relation in its formula, and in the next formula."""
    here = [s.chain for s in stated(root_of(state, at.index)) if s.chain.start > at.chain.chain.start]
    found, formulas = _given_in(here), state.document.formulas
    if at.index + 1 < len(formulas):
        end, start = at.formula.span.end, formulas[at.index + 1].span.start
        between = state.document.text[end:start]
        if len(between) <= REACH and _SO.match(between) is not None:
            found += _given_in(s.chain for s in stated(root_of(state, at.index + 1)))
    return found


def _given_in(chains: Iterable[Chain]) -> list[str]:
    """The names alone on a left side."""
    firsts = ((chain.items[0], chain.relations[0].sign) for chain in chains)
    return [key(first) for first, sign in firsts if is_name(first) and sign in ("=", "≈")]
