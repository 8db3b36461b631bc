"""Names that a relation is solved for: 2 s = 5, so s = 2.5, and 0.05 = 2/√n ⟹ n = 1600.

Whatever value such a name had before, the relation is an equation for a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from errata.checking.context import At, State, root_of
from errata.reading.lowering import lower
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.scope import Scope, Value
from errata.reading.tree import Chain, Node, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

_SO = re.compile(
    r"\W*(?:so|hence|thus|therefore|then|giving|(?:which|this) (?:gives|yields|implies|means)(?: that)?|and|"
    r"we (?:get|find|have)|solving)?\W*(?:we (?:get|find|have|see)|that|gives)?\W*\Z",
    re.I,
)
"""What stands between an equation and its solution."""
REACH = 60
"""Characters between them."""
SOON, REACH_FOUND = 6, 800
"""Formulas and characters from an equation to what its solution is found to be."""


def solved_for(state: State, at: At, pair: Pair) -> str | None:
    """A name of a relation, none of a side by itself, that stands alone on the left of what follows right after."""
    names = {key(n) for side in (pair.left, pair.right) if not is_name(side) for n in walk(side) if is_name(n)}
    return next((name for name in _given_after(state, at) if name in names), None)


def found_later(state: State, at: At, pair: Pair, where: Sequence[str]) -> str | None:
    """A name that had a value, and that the text gives another one soon after, at which the relation holds: it is an
    equation for that; None where there is none."""
    taken = {re.split(r" [=≈] ", said)[0] for said in where if "(line " in said}
    names = {key(n): to_latex(n) for side in (pair.left, pair.right) for n in walk(side) if is_name(n)}
    unknowns = {name for name, latex in names.items() if latex in taken}
    formulas, given = state.document.formulas, dict[str, Chain]()
    for index in range(at.index, min(len(formulas), at.index + SOON + 1)):
        if formulas[index].span.start - at.formula.span.end > REACH_FOUND:
            break
        for chain in (s.chain for s in stated(root_of(state, index))):
            name = key(chain.items[0]) if is_name(chain.items[0]) else ""
            later = index > at.index or chain.start > at.chain.chain.start
            if later and name in unknowns and chain.relations[-1].sign == "=" and name not in given:
                given[name] = chain
    return next((names[n] for n, chain in given.items() if _holds_at(state, pair, n, chain.items[-1], given)), None)


def _holds_at(state: State, pair: Pair, name: str, value: Node, given: Mapping[str, Chain]) -> bool:
    scope = state.scope
    try:
        for other, chain in given.items():
            found = lower(value if other == name else chain.items[-1], Scope()).expression
            scope = scope.bind(Value(other, other, found, found, 0, True))
        left, right = (rational(lower(side, scope).expression) for side in (pair.left, pair.right))
    except (Unlowered, Undetermined):
        return False
    return left is not None and left == right


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
