"""Partial derivatives of a function that the document gives in its arguments: ∂²f/∂x∂y, ∇f(x, y), ∇f(1, 2), f_{xy}.

The body of f(x, y) = … is put in, derived as often as the sign says, taken at the point where one is written, and held
against the other side, entry by entry. What is refuted has to pass what other derivatives of definitions have to: one
body in force, no name that something else is said of, no equation to be solved. A body with transposes, norms, sums or
cases is left alone: what is derived there may be a vector.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.evidence import Counterexample
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import BY_DEFINITIONS, judge_identity
from errata.checking.context import At, State, roots_of
from errata.checking.derivatives_of_definitions import Body, Derivative, refuted_derivative
from errata.checking.judgement import Judged, Kind
from errata.reading.calculus import derivation
from errata.reading.document import Document
from errata.reading.generic import free_names
from errata.reading.gloss import glossed
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, is_transpose, key
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.substitution import replaced
from errata.reading.tree import (
    Bar,
    Big,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Gap,
    Grid,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Prefix,
    Script,
    Styled,
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


@dataclass(frozen=True, slots=True)
class Given:
    """f(x, y) = body, in the formula of this number, by the key of f(x, y)."""

    name: str
    call: str
    parameters: tuple[Node, ...]
    body: Node
    formula: int


@dataclass(frozen=True, slots=True)
class Asked:
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
    left, right = _entries(pair.left), _entries(pair.right)
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
    known = [m for m in _in_force(state.document, at.index, _mappings(roots)) if m.name == asked.name]
    if not known or not _is_of_numbers(known[-1].body):
        return None
    function, alone = known[-1], len({key(m.body) for m in known}) == 1
    cells = _cells(pair, asked, function)
    first = asked.written and len(asked.variables or ()) == 1 and not _point(asked, function)
    if cells is None or (first and not entry):
        return None  # a first derivative that is no entry of a gradient is judged elsewhere
    others = {m.call: m.body for m in known if m is function} | {
        m.call: m.body for m in _in_force(state.document, at.index, _mappings(roots)) if m.name != asked.name
    }
    out: list[Judged] = []
    for variables, cell in cells:
        one = _of_cell(state, at, judged, replace(pair, right=cell), (asked, function, variables), others, alone)
        if one is not None and isinstance(one.verdict, Refuted):
            return one
        out += [] if one is None else [one]
    return out[0] if len(out) == len(cells) else None


def _of_cell(
    state: State,
    at: At,
    judged: Judged,
    pair: Pair,
    what: tuple[Asked, Given, tuple[Node, ...]],
    others: dict[str, Node],
    alone: bool,
) -> Judged | None:
    """The judgement on one derivative."""
    asked, function, variables = what
    place = _point(asked, function)
    left = _derived(function, variables, place)
    right = pair.right if asked.place is not None and place else replaced(pair.right, others)
    put_in = replace(pair, left=left, right=right)
    try:
        found = judge_identity(put_in, {}, state.options.seed)
    except (Unlowered, RecursionError):
        return None
    if isinstance(found.verdict, Supported | Proved):
        held = found.verdict if isinstance(found.verdict, Proved) else Supported(found.verdict.by, BY_DEFINITIONS)
        return replace(judged, kind=Kind.CLAIM, verdict=held, where=(*found.where, _taken(state, function)))
    if not alone:
        return None
    derivative = Derivative(function.name, variables[0], len(variables), False)
    body = Body(function.name, None, function.body, function.formula)
    numbers = bool(place) and not any(free_names(p) for p in place)
    if numbers and isinstance(found.verdict, Refuted) and _may_be_rounded(pair.right, found.verdict.by):
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


def _taken(state: State, function: Given) -> str:
    line = state.document.place(state.document.formulas[function.formula].offset(function.body.start)).line
    return f"{function.call} = {to_latex(function.body)} (line {line})"


def _mappings(roots: Sequence[Lines]) -> list[Given]:
    """What each formula gives for a function of one or more names, at the head of a chain."""
    out: list[Given] = []
    for number, root in enumerate(roots):
        for chain in stated(root):
            first, second = chain.chain.items[0], chain.chain.items[1]
            if chain.chain.relations[0].sign not in ("=", ":=", "≡") or not isinstance(first, Call):
                continue
            parameters = _inside(first.fence)
            names = [key(p) for p in parameters if is_name(p)]
            if is_name(first.head) and parameters and len(set(names)) == len(parameters):
                out.append(Given(key(first.head), key(first), parameters, second, number))
    return out


def _in_force(document: Document, index: int, known: Sequence[Given]) -> list[Given]:
    """What the section of a formula has given before it; where that is nothing for a name, what the text before has."""
    edges = [h.span.start for h in document.headings if h.span.start <= document.formulas[index].span.start]
    first = max(edges, default=0)
    before = [m for m in known if m.formula < index]
    here = [m for m in before if document.formulas[m.formula].span.start >= first]
    names = {m.name for m in here}
    return [*(m for m in before if m.name not in names), *here]


def _is_of_numbers(body: Node) -> bool:
    """Whether nothing in a body says that its names are vectors, or that it has cases."""
    for node in walk(body):
        if isinstance(node, Grid | Big) or (isinstance(node, Styled) and "b" in node.command):
            return False
        if isinstance(node, Sym) and node.font == "bold":
            return False
        if isinstance(node, Script) and node.sup is not None and is_transpose(node.sup):
            return False
        if isinstance(node, Fence) and node.open not in ("(", "[", r"\{", r"\lbrace", "|", r"\lvert", "."):
            return False
    return True


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
        return Asked(key(operand.head), _inside(operand.fence) or None, variables)
    return Asked(key(operand), None, variables) if operand is not None and is_name(operand) else None


def _at(asked: Asked | None, place: Node | None) -> Asked | None:
    """The same, at a point that is written after it."""
    if asked is None or asked.place is not None or place is None:
        return None
    values = _values(place)
    if values:
        return replace(asked, place=tuple(values.values()), named=tuple(values))
    inside = _inside(place)
    return replace(asked, place=inside) if inside else None


def _values(node: Node) -> dict[str, Node]:
    """The names and values of x = a, y = b; empty for anything else."""
    node = node.body if isinstance(node, Group) else node
    chains = node.items if isinstance(node, Phrase) else (node,)
    values = {
        key(c.items[0]): c.items[1] for c in chains if isinstance(c, Chain) and [r.sign for r in c.relations] == ["="]
    }
    return values if len(values) == len(chains) and not any(_inside(v) for v in values.values()) else {}


def _indexed(node: Node) -> Asked | None:
    """f_{xy}(x, y), f_{xy}(1, 2) and f_{xy}."""
    head, place = (node.head, _inside(node.fence) or None) if isinstance(node, Call) else (node, None)
    if not isinstance(head, Script) or head.sup is not None or head.primes or not isinstance(head.base, Sym):
        return None
    sub = head.sub.body if isinstance(head.sub, Group) else head.sub
    letters = sub.items if isinstance(sub, Factors) and not any(sub.signs) else (sub,)
    names = tuple(n for n in letters if n is not None and is_name(n))
    return Asked(key(head.base), place, names, written=False) if names and len(names) == len(letters) else None


def _inside(node: Node | None) -> tuple[Node, ...]:
    """What stands in round brackets, or right of (x, y) = (a, b)."""
    while isinstance(node, Group):
        node = node.body
    if isinstance(node, Fence) and node.open == "(" and node.body is not None:
        return node.body.items if isinstance(node.body, Phrase) else (node.body,)
    if isinstance(node, Chain) and len(node.items) == 2 and node.relations[0].sign == "=":
        return _inside(node.items[1])
    return ()


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
    rows = _entries(pair.right)
    wanted: list[list[tuple[Node, ...]]] = [[(a,) for a in function.parameters]]
    if asked.square:
        wanted = [[(a, b) for b in function.parameters] for a in function.parameters]
    else:
        rows = [[row[0] for row in rows]] if rows and all(len(row) == 1 for row in rows) else rows
    if rows is None or [len(r) for r in rows] != [len(r) for r in wanted] or len(function.parameters) < 2:
        return None
    return [(v, cell) for some, row in zip(wanted, rows, strict=True) for v, cell in zip(some, row, strict=True)]


def _entries(node: Node) -> list[list[Node]] | None:
    """The rows of a vector or a matrix that is written out."""
    if isinstance(node, Script) and node.sub is None and node.sup is not None and is_transpose(node.sup):
        rows = _entries(node.base)
        return None if rows is None else [list(column) for column in zip(*rows, strict=False)]
    if isinstance(node, Fence) and node.open in ("(", "[", r"\langle") and isinstance(node.body, Phrase):
        return [list(node.body.items)] if all(s in (",", "") for s in node.body.separators) else None
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    if not isinstance(node, Grid) or "matrix" not in node.environment:
        return None
    return [list(row) for row in node.rows]


def _derived(function: Given, variables: Sequence[Node], place: Sequence[Node]) -> Node:
    """The derivative of the body as a formula, at a point where there is one."""
    text = to_latex(function.body)
    for variable in reversed(variables):
        text = rf"\frac{{\partial}}{{\partial {to_latex(variable)}}} \left( {text} \right)"
    for name, value in zip(function.parameters, place, strict=False):
        text = rf"\left. \left( {text} \right) \right|_{{{to_latex(name)} = {to_latex(value)}}}"
    return parse(text).statements[0]
