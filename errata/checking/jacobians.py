"""Jacobians and Hessians written out as matrices, and the determinants of changes of variables.

J_f = …, ∂f/∂(x, y) = …, ∂(x, y)/∂(r, θ) = …, |J| = …, and any matrix that the words before it call the Jacobian, the
Hessian or the gradient, are held entry by entry against the derivatives of what the section gives. A Jacobian may be
written with a row for each variable, so one whose transpose holds is held. Between plain bars stands a determinant or
its absolute value.
"""

from __future__ import annotations

import re

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.context import At, State
from errata.checking.derivatives_of_definitions import operand_of
from errata.checking.jacobian_maps import WORD, Form, Mapped, called, form_of, mapped_by, text_before
from errata.checking.judgement import Judged
from errata.checking.mappings import (
    Given,
    bracketed,
    derivative_of,
    is_of_numbers,
    rows_of,
)
from errata.checking.partials import Entry, judge_entry, judge_put_in
from errata.reading.generic import free_names
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Frac, Grid, Node, Terms
from errata.reading.unparse import to_latex

MOST_SIDES = 3
"""The size of a determinant that is multiplied out."""
_ABSOLUTE = re.compile(r"\b(?:absolute|modulus|magnitude)\b", re.I)


def judge_jacobian(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation of which a side is a Jacobian or a Hessian, or its determinant; None without a
    verdict."""
    if pair.relation.sign not in ("=", "≡", ":="):
        return None
    form, inner = form_of(pair.left)
    rows, right_form = _written(pair.right)
    if form is Form.MATRIX and rows is None and not _is_quotient_of_lists(inner) and called(state, at) is None:
        return None
    mapped = mapped_by(state, at, inner)
    if mapped is None or not all(is_of_numbers(c.body) for c in mapped.components):
        return None
    if rows is None:
        if form is Form.MATRIX and _is_quotient_of_lists(inner):
            form = Form.BARS if _ABSOLUTE.search(text_before(state, at)) else Form.DETERMINANT
        elif form is Form.MATRIX and (_says_determinant(state, at) or not mapped.signed):
            form = Form.BARS
        return None if form is Form.MATRIX else _of_determinant(state, at, judged, pair, mapped, form)
    if form is Form.MATRIX or right_form is not Form.MATRIX:
        found = None if mapped.inverse else _of_matrix(state, at, judged, pair, mapped, rows)
        if right_form is Form.MATRIX or not isinstance(found.verdict if found else None, Refuted):
            return found
        of_determinant = _of_determinant(state, at, judged, pair, mapped, Form.BARS)
        held = of_determinant is not None and isinstance(of_determinant.verdict, Supported | Proved)
        return of_determinant if held else found
    return None


def _written(node: Node) -> tuple[list[list[Node]] | None, Form]:
    """The rows of a matrix that is written out, or of one whose determinant is."""
    form, inner = form_of(node)
    if isinstance(inner, Grid) and inner.environment == "vmatrix":
        return [list(row) for row in inner.rows], Form.BARS
    return rows_of(inner), form


def _is_quotient_of_lists(node: Node) -> bool:
    """Whether a node is ∂(x, y)/∂(u, v), the usual sign of the determinant as well."""
    if not isinstance(node, Frac):
        return False
    of, by = operand_of(node.top), operand_of(node.bottom)
    return of is not None and by is not None and len(bracketed(of)) > 1 and len(bracketed(by)) > 1


def _says_determinant(state: State, at: At) -> bool:
    before = text_before(state, at)
    words = list(WORD.finditer(before))
    return bool(words) and before[words[-1].end() :].lstrip().startswith("determinant")


def _of_matrix(
    state: State, at: At, judged: Judged, pair: Pair, mapped: Mapped, rows: list[list[Node]]
) -> Judged | None:
    """The judgement on a matrix that is written out, by its entries."""
    wanted = _wanted(mapped)
    if len(mapped.components) == 1 and not mapped.twice:
        rows = [[cell for row in rows for cell in row]]  # a gradient, in a row or a column
    if len({len(row) for row in rows}) != 1:
        return None
    upright = _of_entries(state, at, judged, pair, mapped, wanted, rows)
    if isinstance(upright.verdict if upright else None, Supported | Proved):
        return upright
    turned = [list(column) for column in zip(*rows, strict=True)]
    other = _of_entries(state, at, judged, pair, mapped, wanted, turned)
    if other is not None and isinstance(other.verdict, Supported | Proved):
        return replace(other, where=(*other.where, "with a row for each variable"))
    return upright if mapped.signed else None


def _wanted(mapped: Mapped) -> list[list[tuple[Given, tuple[Node, ...]]]]:
    """What each entry derives, by which variables."""
    if mapped.twice:
        (function,) = mapped.components
        return [[(function, (a, b)) for b in mapped.variables] for a in mapped.variables]
    return [[(component, (v,)) for v in mapped.variables] for component in mapped.components]


def _of_entries(
    state: State,
    at: At,
    judged: Judged,
    pair: Pair,
    mapped: Mapped,
    wanted: list[list[tuple[Given, tuple[Node, ...]]]],
    rows: list[list[Node]],
) -> Judged | None:
    if [len(row) for row in wanted] != [len(row) for row in rows]:
        return None
    held: list[Judged | None] = []
    for asked, cell in (both for some, row in zip(wanted, rows, strict=True) for both in zip(some, row, strict=True)):
        found = judge_entry(state, at, judged, replace(pair, right=cell), _entry(mapped, *asked))
        if found is not None and isinstance(found.verdict, Refuted):
            return found
        held.append(found)
    return held[0] if all(one is not None for one in held) else None


def _entry(mapped: Mapped, component: Given, variables: tuple[Node, ...]) -> Entry:
    return Entry(component, variables, mapped.place, {}, mapped.alone, _all_of(mapped))


def _all_of(mapped: Mapped) -> Node:
    """The whole vector of functions, which names the variables of all of them."""
    bodies = [to_latex(c.body) for c in mapped.components]
    names = [to_latex(v) for v in mapped.variables]
    return parse(rf"\left( {', '.join((*bodies, *names))} \right)").statements[0]


def _of_determinant(state: State, at: At, judged: Judged, pair: Pair, mapped: Mapped, form: Form) -> Judged | None:
    """The judgement on what the determinant of a Jacobian or a Hessian is said to be."""
    wanted = _wanted(mapped)
    if len(wanted) != len(wanted[0]) or not 1 < len(wanted) <= MOST_SIDES:
        return None
    names = {name for c in mapped.components for name in free_names(c.body)}
    if not free_names(pair.right) <= names | {key(v) for v in mapped.variables}:
        return None
    cells = [[to_latex(derivative_of(c, v, mapped.place)) for c, v in row] for row in wanted]
    value = _multiplied_out(cells)
    value = rf"\frac{{1}}{{{value}}}" if mapped.inverse else value
    first = next(c for c in mapped.components)
    entry = Entry(first, mapped.variables[:1], mapped.place, {}, mapped.alone, _all_of(mapped))

    def judged_as(left: str, right: Node) -> Judged | None:
        return judge_put_in(state, at, judged, replace(pair, left=parse(left).statements[0], right=right), entry)

    size = rf"\left| {value} \right|"
    lefts = {Form.ABSOLUTE: (size,), Form.BARS: (value, size)}.get(form, (value,))
    found = [judged_as(left, pair.right) for left in lefts]
    if held := next((one for one in found if _holds(one)), None):
        return held
    if not mapped.signed and _holds(judged_as(rf"\left| \frac{{1}}{{{value}}} \right|", pair.right)):
        return None  # it may be the determinant of the way back
    either = judged_as(size, parse(rf"\left| {to_latex(pair.right)} \right|").statements[0])
    if not _holds(either) or (form is Form.DETERMINANT and mapped.signed):
        return found[0]
    negative = isinstance(pair.right, Terms) and pair.right.signs[0] == "-"
    if either is None or not isinstance(either.verdict, Supported | Proved) or negative or form is Form.DETERMINANT:
        return None
    condition = f"{to_latex(pair.right)} is not negative"
    return replace(either, verdict=Supported(tuple(either.verdict.by), condition))


def _holds(judged: Judged | None) -> bool:
    return judged is not None and isinstance(judged.verdict, Supported | Proved)


def _multiplied_out(cells: list[list[str]]) -> str:
    """The determinant of a matrix of formulas, developed by its first row."""
    if len(cells) == 1:
        return rf"\left( {cells[0][0]} \right)"
    terms = []
    for n, cell in enumerate(cells[0]):
        minor = [[c for m, c in enumerate(row) if m != n] for row in cells[1:]]
        terms.append(rf"{'-' if n % 2 else '+'} \left( {cell} \right) \left( {_multiplied_out(minor)} \right)")
    return rf"\left( {' '.join(terms).removeprefix('+ ')} \right)"
