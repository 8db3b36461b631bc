"""Relations that lean on their surroundings: cells under a column heading, and a value restated in another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from claims.evidence import Agreement
from claims.records import replace
from claims.verdict import Proved, Refuted, Supported, Tried, Undecided, decide
from errata.checking.context import State, span_of
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.checking.pairs import ruled
from errata.checking.tabular import CellContext, Given, sign_of_cell, with_row
from errata.reading.document import Formula
from errata.reading.lowering import LogBase, lower
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, Stated, stated, text_of
from errata.reading.scope import Scope
from errata.reading.tree import Factors, Node, Relation, walk
from errata.reading.units import in_unit, log_base, unit_of
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from errata.reading.words import words
from numerics.balls import Undetermined
from numerics.comparison import consistent

_LOGICAL = frozenset({r"\odot", "⊙"})
"""Signs of a product that also stand for the equality of two bits."""
REACH_RESTATED = 3
"""Formulas back to where a value may have been given in another unit."""


def in_other_unit(state: State, index: int, chain: Stated, after: str) -> Judged | None:
    """≈ 1.42 nats, then in a formula of its own ≈ 2.05 bits: the same quantity in another unit.

    Where other formulas stand between, such as the factor between the units, it only counts if the values agree.
    """
    unit = unit_of(after[:25])
    if unit is None or len(chain.chain.relations) != 1:
        return None
    nearest = _restated(state, index, chain, unit, 1)
    if nearest is not None:
        return nearest
    for back in range(2, min(index, REACH_RESTATED) + 1):
        found = _restated(state, index, chain, unit, back)
        if found is not None:
            return found if isinstance(found.verdict, Proved | Supported) else None
    return None


def in_one_unit(chain: Stated, pair: Pair) -> Pair | None:
    """A step with its left side in the unit of the right one, 1 nat = log₂ e bits; None where both sides have one
    unit, or a side has none. What has no unit is in that of what it is said to be: 1 nat = log₂ e = 1.44 bits."""
    beside = chain.chain.remarks or (None,) * len(chain.chain.items)
    units = [*map(unit_of, map(text_of, beside[:-1])), unit_of(text_of(beside[-1])) or unit_of(chain.remark)]
    before = units[pair.position]
    unit = next((u for u in units[pair.position + 1 :] if u is not None), None)
    if before is None or unit is None or before == unit:
        return None
    return replace(pair, left=in_unit(pair.left, before, unit))


def _restated(state: State, index: int, chain: Stated, unit: str, back: int) -> Judged | None:
    """The end of the formula so many formulas before this one, in this one's unit."""
    document, formula = state.document, state.document.formulas[index]
    if back > index:
        return None
    earlier, follower = document.formulas[index - back], document.formulas[index - back + 1]
    between = document.text[earlier.span.end : follower.span.start].strip(" $\\()\t")
    before = unit_of(between[:25])
    ends = stated(parse(earlier.latex, document.macros))
    if not ends or before is None or unit == before or (back == 1 and len(between) > 8):
        return None
    pair = chain.pairs()[0]
    quantity = in_unit(ends[-1].chain.items[-1], before, unit)
    span = span_of(formula, pair.relation.start, pair.right.end)
    judged = Judged(
        index, span, to_latex(quantity), pair.relation.latex, to_latex(pair.right), Kind.CLAIM, Undecided((), ""),
        f"{words(quantity)} {words(pair.relation)} {words(pair.right)}", where=(f"{before} are taken to {unit}",),
    )  # fmt: skip
    found = ruled(judged, replace(pair, left=quantity), state.scope, None, None, span)
    if isinstance(found.verdict, Refuted) and _rounds_alike(ends[-1].chain.items[-1], before, pair.right):
        by = Agreement("ball", 1, 2, "both are roundings of one value", exhaustive=True)
        return replace(judged, verdict=decide([Tried(None, (by,))]))
    return found


def _rounds_alike(quantity: Node, unit: str, restated: Node) -> bool:
    """Whether a printed result and its value in the other unit can come from one unrounded value."""
    ln2 = sp.log(2)
    try:
        first, second = lower(quantity, Scope()).expression, lower(restated, Scope()).expression
        return consistent(first, 1 / ln2 if unit == "nats" else ln2, second)
    except (Unlowered, Undetermined):
        return False


def judge_headed(
    state: State, index: int, formula: Formula, chain: Stated, cell: CellContext, column: Node, base: LogBase | None
) -> Judged:
    """A cell that starts with ≈ or = speaks of the formula at the head of its column."""
    written = chain.pairs()[0]
    span = span_of(formula, written.relation.start, written.right.end)
    pair = replace(written, left=column)
    judged = Judged(
        index, span, to_latex(column), pair.relation.latex, to_latex(pair.right), Kind.CLAIM, Undecided((), ""),
        f"{words(column)} {words(pair.relation)} {words(pair.right)}",
    )  # fmt: skip
    return _in_its_row(ruled(judged, pair, state.scope, base, None, span), column, cell.row)


def judge_bare_cell(state: State, index: int, formula: Formula, cell: CellContext, number: Node) -> Iterator[Judged]:
    """A cell that holds nothing but a number, as a formula, under a column that is headed by one."""
    if cell.column is None or not is_number(number) or not cell.row:
        return
    sign = sign_of_cell(number)
    pair = Pair(cell.column, Relation(0, 0, sign, sign), number, 0)
    judged = Judged(
        index, formula.span, to_latex(pair.left), sign, formula.latex, Kind.CLAIM, Undecided((), ""),
        f"{words(pair.left)} {sign} {words(number)}",
    )  # fmt: skip
    yield _in_its_row(
        ruled(judged, pair, state.scope, log_base(unit_of(cell.unit)), None, formula.span), cell.column, cell.row
    )


def judge_plain_cells(state: State, index: int) -> Iterator[Judged]:
    """The bare numbers of a column, once the formula at its head has been looked at."""
    for cell in state.tables.plain:
        if cell.heading != index or cell.context.column is None:
            continue
        relation = Relation(0, 0, cell.sign, cell.sign)
        pair = Pair(cell.context.column, relation, cell.number, 0)
        scope = with_row(state.scope, cell.context.row)
        judged = Judged(
            index, cell.span, to_latex(pair.left), cell.sign, cell.text, Kind.CLAIM, Undecided((), ""),
            f"{words(pair.left)} {cell.sign} {words(pair.right)}",
        )  # fmt: skip
        found = ruled(judged, pair, scope, log_base(unit_of(cell.context.unit)), None, cell.span)
        yield _in_its_row(found, cell.context.column, cell.context.row)


def _in_its_row(judged: Judged, column: Node, row: Sequence[Given]) -> Judged:
    """A cell as it was judged, unless the formula at the head of its column may have another value there: a name of it
    may differ from row to row without a column of its own, and ⊙ of two bits may be no product."""
    named = {key(n) for n in walk(column) if is_name(n)}
    logical = any(isinstance(n, Factors) and any(s in _LOGICAL for s in n.signs) for n in walk(column))
    elsewhere = isinstance(judged.verdict, Refuted) and named and not named & {key(given.name) for given in row}
    if isinstance(judged.verdict, Undecided) or not (logical or elsewhere):
        return judged
    why = "⊙ may be a logical sign" if logical else "its names may have other values in each row of the table"
    return replace(judged, verdict=Undecided((), why), rule=None, message=None, label=None, focus=None)
