"""Partial derivatives of a function that the document gives in its arguments: ∂²f/∂x∂y, ∇f(x, y), ∇f(1, 2), f_{xy}.

The body of f(x, y) = … is put in, derived as often as the sign says, taken at the point where one is written, and held
against the other side, entry by entry. What is refuted has to pass what other derivatives of definitions have to: one
body in force, no name that something else is said of, no equation to be solved. A body with transposes, norms, sums or
cases is left alone: what is derived there may be a vector.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from claims.evidence import Counterexample
from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import BY_DEFINITIONS, judge_identity
from errata.checking.context import At, State, roots_of
from errata.checking.derivatives_of_definitions import Body, Derivative, refuted_derivative
from errata.checking.judgement import Judged, Kind
from errata.checking.mappings import Given, bracketed, derivative_of, in_force, is_of_numbers, mappings, rows_of, taken
from errata.reading.calculus import derivation
from errata.reading.generic import free_names
from errata.reading.gloss import glossed
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import (
    Bar,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Gap,
    Group,
    Node,
    Num,
    Phrase,
    Prefix,
    Script,
    Sym,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

REACH = 600
"""Characters before a formula that may speak of partial derivatives."""
_SPEAKS = re.compile(r"\b(?:partial|derivatives?|differentiat\w*|gradient|Hessian)\b", re.I)
_OF_LAWS = re.compile(r"\b(?:densit|marginal|joint|random|probabilit)", re.I)
"""Words by which an index may say whose density f_{xy} is."""


class Asked(Record):
    """What is derived: its name, the point or the names in its brackets, and the variables of each entry.

    ``orders`` is None for all first derivatives, and for all second ones where ``square``.
    """

    name: str
    place: tuple[Node, ...] | None
    variables: tuple[Node, ...] | None
    square: bool = False
    named: tuple[str, ...] = ()
    """The names beside which the point is written, x = a and y = b; empty where it stands in brackets alone."""
    written: bool = True
    """Whether a sign of derivation says so, and no index alone."""


class Entry(Record):
    """One derivative of a function, at a place where one is written."""

    function: Given
    variables: tuple[Node, ...]
    place: tuple[Node, ...]
    others: Mapping[str, Node]
    """The bodies of other functions, by their calls."""
    alone: bool
    """Whether the function is given once only, so that the derivative can be refuted."""
    whole: Node | None = None
    """The whole vector that the function is a component of."""


def judge_partials(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation whose left side is made of derivatives of a function of several names, or a higher
    one of a function of one; None without a verdict."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    entries = _paired(pair)
    if not entries:
        return _judged(state, at, judged, pair, _asked(pair.left), False)
    found = [_judged(state, at, judged, entry, _asked(entry.left), True) for entry in entries]
    wrong = next((one for one in found if one is not None and isinstance(one.verdict, Refuted)), None)
    held = [one for one in found if one is not None]
    return wrong or (held[0] if len(held) == len(entries) else None)


def _paired(pair: Pair) -> list[Pair]:
    """The entries of two vectors or matrices of one shape, the left ones derivatives; none for anything else."""
    left, right = rows_of(pair.left), rows_of(pair.right)
    if left is None or right is None or [len(row) for row in left] != [len(row) for row in right]:
        return []
    entries = [
        replace(pair, left=a, right=b) for r, s in zip(left, right, strict=True) for a, b in zip(r, s, strict=True)
    ]
    return entries if all(_asked(entry.left) is not None for entry in entries) else []


def _judged(state: State, at: At, judged: Judged, pair: Pair, asked: Asked | None, entry: bool) -> Judged | None:
    """The judgement on one derivative; on a first one only where it is an ``entry`` of a gradient."""
    if asked is None:
        return None
    before = glossed(_before(state, at))
    if not asked.written and (_SPEAKS.search(before) is None or _OF_LAWS.search(before) is not None):
        return None
    roots = roots_of(state)
    known = [m for m in in_force(state.document, at.index, mappings(roots)) if m.name == asked.name]
    if not known or not is_of_numbers(known[-1].body):
        return None
    function, alone = known[-1], len({key(m.body) for m in known}) == 1
    cells = _cells(pair, asked, function)
    first = asked.written and len(asked.variables or ()) == 1 and not _point(asked, function)
    if cells is None or (first and not entry):
        return None  # a first derivative that is no entry of a gradient is judged elsewhere
    others = {m.call: m.body for m in known if m is function} | {
        m.call: m.body for m in in_force(state.document, at.index, mappings(roots)) if m.name != asked.name
    }
    out: list[Judged] = []
    for variables, cell in cells:
        asks = Entry(function, variables, _point(asked, function), others, alone)
        one = judge_entry(state, at, judged, replace(pair, right=cell), asks)
        if one is not None and isinstance(one.verdict, Refuted):
            return one
        out += [] if one is None else [one]
    return out[0] if len(out) == len(cells) else None


def judge_entry(state: State, at: At, judged: Judged, pair: Pair, entry: Entry) -> Judged | None:
    """The judgement on a relation whose right side is said to be one derivative; None without a verdict."""
    function, place = entry.function, entry.place
    right = pair.right if place else replaced(pair.right, entry.others)
    put_in = replace(pair, left=derivative_of(function, entry.variables, place), right=right)
    return judge_put_in(state, at, judged, put_in, entry)


def judge_put_in(state: State, at: At, judged: Judged, put_in: Pair, entry: Entry) -> Judged | None:
    """The judgement on a relation with what is derived put in on its left."""
    function = entry.function
    try:
        found = judge_identity(put_in, {}, state.options.seed)
    except (Unlowered, RecursionError):
        return None
    if isinstance(found.verdict, Supported | Proved):
        held = found.verdict if isinstance(found.verdict, Proved) else Supported(found.verdict.by, BY_DEFINITIONS)
        return replace(judged, kind=Kind.CLAIM, verdict=held, where=(*found.where, taken(state, function)))
    if not entry.alone:
        return None
    derivative = Derivative(function.name, entry.variables[0], len(entry.variables), False)
    body = Body(function.name, None, entry.whole or function.body, function.formula)
    numbers = bool(entry.place) and not any(free_names(p) for p in entry.place)
    if numbers and isinstance(found.verdict, Refuted) and _may_be_rounded(put_in.right, found.verdict.by):
        return None
    parameters = frozenset(name for p in function.parameters for name in free_names(p))
    return refuted_derivative(state, at, judged, put_in, found, derivative, body, roots_of(state), numbers, parameters)


def _may_be_rounded(node: Node, by: Counterexample) -> bool:
    """Whether a printed decimal lies within one unit of its last digit, or a twentieth, of the value."""
    decimals = [n.text.partition(".")[2] for n in walk(node) if isinstance(n, Num) and "." in n.text]
    if not decimals:
        return False
    left, right = float(by.left), float(by.right)
    return abs(left - right) <= max(10.0 ** -max(map(len, decimals)), abs(left) / 20)


def _before(state: State, at: At) -> str:
    return state.document.text[max(0, at.formula.span.start - REACH) : at.formula.span.start]


def _asked(node: Node) -> Asked | None:
    """What a node derives; None where it derives nothing."""
    while isinstance(node, Group):
        node = node.body
    match node:
        case Script(base=Fence(open="." | "(" | "[", body=Frac() as inner, close="|" | ")" | "]"), sub=sub, sup=None):
            return _at(_quotient(inner, None), sub)
        case Bar(left=Frac() as inner, right=Script(base=Gap(), sub=sub, sup=None)):
            return _at(_quotient(inner, None), sub)
        case Factors(items=(Frac() as inner, Fence() as place), signs=("", "")) if _quotient(inner, None) is not None:
            return _at(_quotient(inner, None), place)
        case Factors(items=(Frac() as inner, Call() as operand), signs=("", "")):
            return _quotient(inner, operand)
        case Frac():
            return _quotient(node, None)
        case Prefix(sign=Sym(name="∇"), operand=operand):
            return _of(operand, None)
        case Prefix(sign=Script(base=Sym(name="∇"), sub=None, sup=sup), operand=operand) if sup is not None:
            found = _of(operand, None)
            return None if found is None or to_latex(sup) != "2" else replace(found, square=True)
    return _indexed(node)


def _quotient(node: Frac, following: Node | None) -> Asked | None:
    found = derivation(node)
    if found is None or found.squared or (found.operand is None) is (following is None):
        return None
    return _of(found.operand or following, found.variables)


def _of(operand: Node | None, variables: tuple[Node, ...] | None) -> Asked | None:
    """f, f(x, y) and f(1, 2) as what is derived."""
    if isinstance(operand, Call) and is_name(operand.head):
        return Asked(key(operand.head), bracketed(operand.fence) or None, variables)
    return Asked(key(operand), None, variables) if operand is not None and is_name(operand) else None


def _at(asked: Asked | None, place: Node | None) -> Asked | None:
    """The same, at a point that is written after it."""
    if asked is None or asked.place is not None or place is None:
        return None
    values = _values(place)
    if values:
        return replace(asked, place=tuple(values.values()), named=tuple(values))
    inside = bracketed(place)
    return replace(asked, place=inside) if inside else None


def _values(node: Node) -> dict[str, Node]:
    """The names and values of x = a, y = b; empty for anything else."""
    node = node.body if isinstance(node, Group) else node
    chains = node.items if isinstance(node, Phrase) else (node,)
    values = {
        key(c.items[0]): c.items[1] for c in chains if isinstance(c, Chain) and [r.sign for r in c.relations] == ["="]
    }
    return values if len(values) == len(chains) and not any(bracketed(v) for v in values.values()) else {}


def _indexed(node: Node) -> Asked | None:
    """f_{xy}(x, y), f_{xy}(1, 2) and f_{xy}."""
    head, place = (node.head, bracketed(node.fence) or None) if isinstance(node, Call) else (node, None)
    if not isinstance(head, Script) or head.sup is not None or head.primes or not isinstance(head.base, Sym):
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    letters = sub.items if isinstance(sub, Factors) and not any(sub.signs) else (sub,)
    names = tuple(n for n in letters if n is not None and is_name(n))
    return Asked(key(head.base), place, names, written=False) if names and len(names) == len(letters) else None


def _point(asked: Asked, function: Given) -> tuple[Node, ...]:
    """The point that derivatives are taken at; empty where the names of the function stand in the brackets."""
    place = asked.place or ()
    return () if [key(p) for p in place] == [key(p) for p in function.parameters] else place


def _cells(pair: Pair, asked: Asked, function: Given) -> list[tuple[tuple[Node, ...], Node]] | None:
    """The variables of each entry of the left side, and the entry of the right side that it is said to be."""
    names = {key(p) for p in function.parameters}
    if asked.place is not None and len(asked.place) != len(function.parameters):
        return None
    if asked.named and asked.named != tuple(key(p) for p in function.parameters):
        return None
    place = _point(asked, function)
    if any(name in names for p in place for name in bare_names(p)):
        return None
    if asked.variables is not None:
        return [(asked.variables, pair.right)] if all(key(v) in names for v in asked.variables) else None
    rows = rows_of(pair.right)
    wanted: list[list[tuple[Node, ...]]] = [[(a,) for a in function.parameters]]
    if asked.square:
        wanted = [[(a, b) for b in function.parameters] for a in function.parameters]
    else:
        rows = [[row[0] for row in rows]] if rows and all(len(row) == 1 for row in rows) else rows
    if rows is None or [len(r) for r in rows] != [len(r) for r in wanted] or len(function.parameters) < 2:
        return None
    return [(v, cell) for some, row in zip(wanted, rows, strict=True) for v, cell in zip(some, row, strict=True)]
