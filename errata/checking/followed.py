"""A value said of a name whose value follows from the page: after p̂ = h/N, h = 6 and N = 10, "so p̂ = 0.7" is a claim.

The definition stands in the same section, its names have values that are given near by, and nothing between them and
the value begins something else: an exercise, an item, a case, another value of one of these names.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.context import At, State, bodies_of, definitions_in_force, root_of
from errata.checking.kinds import is_number
from errata.checking.old_values import in_another_case
from errata.checking.worked import Ruling, judge
from errata.reading.examples import parted
from errata.reading.lowering import LogBase
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair, stated
from errata.reading.scope import Value
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered

REACH = 20
"""Lines back to where the names of a definition may be given their values."""


def ruled_by_definition(state: State, at: At, pair: Pair, base: LogBase | None) -> Ruling | None:
    """The ruling on a value said of a name by what defines the name; None where its value doesn't follow."""
    if pair.position or pair.relation.sign not in ("=", "≈", "≃") or not is_name(pair.left):
        return None
    if not is_number(pair.right) or state.scope.value(key(pair.left)) is not None or in_another_case(at):
        return None
    body = _body(state, at, pair)
    if body is None or not _given_near(state, at, body):
        return None
    try:
        ruling = judge(replace(pair, left=body), state.scope, base, None)
    except Unlowered:
        return None
    return ruling if isinstance(ruling.verdict, Proved | Supported | Refuted) else None


def _body(state: State, at: At, pair: Pair) -> Node | None:
    """The one expression that the document gives for a name, before the formula."""
    name = key(pair.left)
    definition = definitions_in_force(state).get(name)
    if definition is None or definition.formula >= at.index or not _in_force(state, at, definition.formula):
        return None
    others = [body for body in bodies_of(state).get(name, ()) if not is_number(body)]
    return definition.body if [key(body) for body in others] == [key(definition.body)] else None


def _in_force(state: State, at: At, formula: int) -> bool:
    """Whether what a formula says still holds: in the same section, exercise and item."""
    there = state.document.formulas[formula].span.end
    here = at.formula.span.start
    headings = (h.span.start for h in state.document.headings)
    return not any(there < start < here for start in headings) and not parted(state.document.text, there, here)


def _given_near(state: State, at: At, body: Node) -> bool:
    """Whether all names of a body have values, given near by, and none of them is given another one right after."""
    names = set(bare_names(body))
    values = [value for name in names if (value := state.scope.value(name)) is not None]
    if not values or len(values) < len(names) or not all(_is_near(state, at, value) for value in values):
        return False
    return not names & _given_after(state, at)


def _is_near(state: State, at: At, value: Value) -> bool:
    line = state.document.place(at.formula.span.start).line
    return value.formula >= 0 and 0 <= line - value.line <= REACH and _in_force(state, at, value.formula)


def _given_after(state: State, at: At) -> set[str]:
    """The names that the rest of the sentence gives values: "p̂ = 0.7 with h = 7"."""
    found: set[str] = set()
    end = at.formula.span.end
    for index in range(at.index, len(state.document.formulas)):
        formula = state.document.formulas[index]
        if index > at.index and any(stop in state.document.text[end : formula.span.start] for stop in (". ", "\n\n")):
            break
        chains = [s.chain for s in stated(root_of(state, index))]
        later = [c for c in chains if index > at.index or c.start > at.chain.chain.start]
        found |= {key(c.items[0]) for c in later if is_name(c.items[0])}
        end = formula.span.end
    return found
