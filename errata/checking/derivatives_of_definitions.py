"""Derivatives of what the document defines: g'(k), dX/dW and d/dx f(x), with the body of g, X or f put in.

The derivative of the body is held against the other side. It is refuted where the one definition of the function stands
before, nothing else is said of the names in it, and the notation can only be that of a derivative: a prime counts
where the text speaks of one, or where undoing one slip makes the relation hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Repair, Supported, Undecided
from errata.checking.algebra import BY_DEFINITIONS, Found, judge_identity
from errata.checking.context import At, State, roots_of, span_of
from errata.checking.context import bodies_of as expressions_of
from errata.checking.facts import facts_about
from errata.checking.families.ruling import supposes_a_link_before_zero
from errata.checking.judgement import Judged, Kind
from errata.checking.kinds import is_number
from errata.checking.repairs import SLIPS, Repaired, repaired
from errata.reading.calculus import mentions
from errata.reading.generic import free_names
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key, unraised
from errata.reading.parser import parse
from errata.reading.relations import Pair, stated
from errata.reading.substitution import called, instance
from errata.reading.tree import (
    Call,
    Factors,
    Fence,
    Frac,
    Grid,
    Group,
    Lines,
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

MOST_TIMES = 3
MOST_BODIES = 4
"""Expressions of one quantity whose derivative is tried."""
_ANOTHER = re.compile(
    r"\b(?:another|different|other|new|next|second|third)\s+(?:\w+\s+)?(?:example|case|function|equation|problem|model)\b",
    re.I,
)
"""Words before a formula that speaks of something else than what was defined."""
_EQUATION = re.compile(r"\bdifferential equation|\b[OS]DEs?\b", re.I)
_SPEAKS = re.compile(r"\b(?:derivative|differentiat\w*|slope|gradient|prime)\b", re.I)


class Derivative(Record):
    """``times`` the derivative of a name, or of a function at its variable, in ``variable``."""

    name: str
    variable: Node
    times: int
    primed: bool


class Body(Record):
    """What the document defines a name or a function as; ``parameter`` is the name that the function is given with."""

    name: str
    parameter: str | None
    node: Node
    formula: int


def judge_derivative(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The judgement on a relation whose left side is the derivative of something defined; None without a verdict."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    derivative = derivative_of(pair.left)
    if derivative is None:
        return None
    roots = roots_of(state)
    bodies = [b for b in bodies_of(roots) if b.name == derivative.name]
    if len({to_latex(b.node) for b in bodies}) != 1 or bodies[0].formula > at.index:
        return None
    if derivative.name in of_several(roots):
        return None
    body = _at(bodies[0], derivative.variable)
    if body is None:
        return None
    put_in = replace(pair, left=_differentiated(body.node, derivative), right=called(pair.right, _functions(roots)))
    try:
        found = judge_identity(put_in, {}, state.options.seed)
    except (Unlowered, RecursionError):
        return None
    if isinstance(found.verdict, Supported | Proved):
        held = found.verdict if isinstance(found.verdict, Proved) else Supported(found.verdict.by, BY_DEFINITIONS)
        return replace(judged, kind=Kind.CLAIM, verdict=held, where=(*found.where, _taken(state, body)))
    wrong = refuted_derivative(state, at, judged, put_in, found, derivative, body, roots)
    if wrong is not None or judged.kind is not Kind.DEFINITION or not isinstance(found.verdict, Refuted):
        return wrong
    speaks = not derivative.primed or _SPEAKS.search(at.prose) is not None
    if not speaks or poses_an_equation(derivative, pair.right, at.prose, glossed(state.document.text)):
        return None
    why = f"the derivative of {derivative.name} follows from its definition, and this is not it as read"
    return replace(judged, kind=Kind.CLAIM, verdict=Undecided((found.verdict.by,), why))


def _at(body: Body, variable: Node) -> Body | None:
    """What a function is at a variable; None where that can't be put in for its parameter."""
    if body.parameter is None:
        return body
    node = instance(body.node, {body.parameter: variable})
    return None if node is None else replace(body, parameter=key(variable), node=node)


def _functions(roots: Sequence[Lines]) -> dict[str, tuple[str, Node]]:
    """The parameter and the body of each function of one variable that the document defines in one way."""
    found: dict[str, set[tuple[str, str]]] = {}
    functions: dict[str, tuple[str, Node]] = {}
    for body in bodies_of(roots):
        if body.parameter is not None:
            functions[body.name] = body.parameter, body.node
            found.setdefault(body.name, set()).add((body.parameter, to_latex(body.node)))
    return {name: function for name, function in functions.items() if len(found[name]) == 1}


def derivative_of(node: Node) -> Derivative | None:
    """What a node is the derivative of; None where it is none."""
    match node:
        case Call(head=Script(base=base, sub=None, sup=None, primes=times), fence=Fence(body=inner)) if times:
            plain = inner is not None and is_name(base) and is_name(inner)
            return Derivative(key(base), inner, times, True) if plain and inner is not None else None
        case Frac(top=top, bottom=bottom):
            of, by = operand_of(top), operand_of(bottom)
            return None if of is None or by is None else _by(of, by)
        case Factors(items=(Frac(top=top, bottom=bottom), Call() as of), signs=("", "")):
            by = operand_of(bottom)
            return _by(of, by) if is_d(top) and by is not None else None
    return None


def _by(of: Node, by: Node) -> Derivative | None:
    if not is_name(by):
        return None
    if is_name(of):
        return Derivative(key(of), by, 1, False)
    if isinstance(of, Call) and is_name(of.head) and isinstance(of.fence, Fence) and of.fence.body is not None:
        return Derivative(key(of.head), by, 1, False) if key(of.fence.body) == key(by) else None
    return None


def operand_of(node: Node) -> Node | None:
    """X of dX or ∂X."""
    while isinstance(node, Group):
        node = node.body
    if isinstance(node, Prefix) and isinstance(node.sign, Sym) and node.sign.name == "∂":
        return node.operand
    if isinstance(node, Factors) and len(node.items) == 2 and not any(node.signs) and is_d(node.items[0]):
        return node.items[1]
    return None


def is_d(node: Node) -> bool:
    """Whether a node is the d, or the ∂, of d/dx."""
    while isinstance(node, Group):
        node = node.body
    return isinstance(node, Sym) and node.name in ("d", "∂")


def bodies_of(roots: Sequence[Lines]) -> Iterator[Body]:
    """What each formula gives for a name, or for a function of one variable, at the head of a chain."""
    for number, root in enumerate(roots):
        for chain in stated(root):
            first, second = chain.chain.items[0], chain.chain.items[1]
            if chain.chain.relations[0].sign not in ("=", ":=", "≡") or isinstance(second, Num):
                continue
            if is_name(first):
                yield Body(key(first), None, second, number)
            elif isinstance(first, Call) and is_name(first.head) and isinstance(first.fence, Fence):
                inner = first.fence.body
                if inner is not None and is_name(inner):
                    yield Body(key(first.head), key(inner), second, number)


def of_several(roots: Sequence[Lines]) -> frozenset[str]:
    """The functions that a document defines with several arguments: f in f(x, y) = …"""
    heads = (chain.chain.items[0] for root in roots for chain in stated(root))
    calls = (h for h in heads if isinstance(h, Call) and is_name(h.head) and isinstance(h.fence, Fence))
    return frozenset(key(c.head) for c in calls if isinstance(c.fence, Fence) and isinstance(c.fence.body, Phrase))


def _differentiated(body: Node, derivative: Derivative) -> Node:
    operator = rf"\frac{{\partial}}{{\partial {to_latex(derivative.variable)}}} \left( %s \right)"
    text = to_latex(body)
    for _ in range(min(derivative.times, MOST_TIMES)):
        text = operator % text
    return parse(text).statements[0]


def refuted_derivative(
    state: State,
    at: At,
    judged: Judged,
    pair: Pair,
    found: Found,
    derivative: Derivative,
    body: Body,
    roots: Sequence[Lines],
    at_a_point: bool = False,
    parameters: frozenset[str] = frozenset(),
) -> Judged | None:
    """The refutation of a derivative with its definition put in on the left of a pair, where nothing could save it.

    ``at_a_point`` says that it is taken at numbers; ``parameters`` are the names that these are put in for.
    """
    if not isinstance(found.verdict, Refuted) or not found.known or derivative.times > MOST_TIMES:
        return None
    if supposes_a_link_before_zero(at, pair.position):
        return None
    inside, outside = free_names(body.node), free_names(pair.right)
    if poses_an_equation(derivative, pair.right, at.prose, glossed(state.document.text)):
        return None
    if not outside and found.verdict.by.witness and not at_a_point:
        return None  # its value at one point
    if not outside <= inside or not _has(body.node, key(derivative.variable)):
        return None
    mended = repaired(pair, state.options.seed, conditionally=True) or _lost_factor(pair, inside, state.options.seed)
    on_right = mended is not None and not mended.left
    names = (inside | outside) - {key(derivative.variable)}
    given = {b.name for b in bodies_of(roots)}
    fixed = names - (parameters if at_a_point else parameters & outside)
    if (names & given and not on_right) or fixed & _numbered(state):
        return None
    if not on_right and (derivative.primed and not _SPEAKS.search(at.prose)):
        return None
    message = f"with its definition put in, {found.message}"
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    out = replace(
        judged, kind=Kind.CLAIM, verdict=found.verdict, where=(*found.where, _taken(state, body)), rule="E311",
        message=message, focus=focus,
    )  # fmt: skip
    if mended is None or not on_right:
        return out
    label = f"{SLIPS[mended.repair.slip]} (right side)"
    return replace(out, verdict=replace(found.verdict, repair=mended.repair), label=label)


def _has(body: Node, name: str) -> bool:
    """Whether a name stands anywhere in a body, raised or not."""
    return mentions(body, name) or any(key(unraised(n)) == name for n in walk(body) if isinstance(n, Script))


def _numbered(state: State) -> set[str]:
    """The names that the document gives a number."""
    bodies = expressions_of(state)
    return {name for name, each in bodies.items() if any(map(is_number, each))}


def poses_an_equation(derivative: Derivative, right: Node, prose: str, text: str) -> bool:
    """Whether a relation may pose a differential equation, y' = x + y, or be of something else than what was defined:
    a different example.
    """
    of_itself = _EQUATION.search(text) is not None and mentions(right, derivative.name)
    return of_itself or _ANOTHER.search(prose) is not None


def _lost_factor(pair: Pair, names: set[str], seed: int) -> Repaired | None:
    """A name by which the right side has to be multiplied or divided."""
    right = to_latex(pair.right)
    for name in sorted(names):
        for edited in (rf"{name} \cdot \left( {right} \right)", rf"\frac{{{right}}}{{{name}}}"):
            mended = replace(pair, right=parse(edited).statements[0])
            try:
                found = judge_identity(mended, {}, seed).verdict
            except (Unlowered, RecursionError):
                continue
            if isinstance(found, Supported | Proved):
                return Repaired(Repair(edited, "lost-factor"), pair.right.start, pair.right.end, False, mended)
    return None


def judge_derivatives(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """A derivative, or a matrix of derivatives cell by cell: the first that is wrong, or all of them."""
    cells = _cells(pair)
    if cells is None:
        return judge_derivative(state, at, judged, pair) or _of_established(state, judged, pair)
    found = [judge_derivative(state, at, judged, cell) for cell in cells]
    wrong = next((one for one in found if one is not None and isinstance(one.verdict, Refuted)), None)
    if wrong is not None:
        return wrong
    held = [one for one in found if one is not None and isinstance(one.verdict, Supported | Proved)]
    return held[0] if len(held) == len(cells) else None


def _of_established(state: State, judged: Judged, pair: Pair) -> Judged | None:
    """The support of ∂LL(a, b)/∂a = … by an expression that the document has established for LL(a, b)."""
    parts = _quotient(pair.left)
    if parts is None or pair.relation.sign not in ("=", "≡"):
        return None
    of, by = parts
    bodies = [(body, fact) for fact in facts_about(of, state.facts) for body in reversed(fact.members)]
    for body, fact in bodies[:MOST_BODIES]:
        if not mentions(body, key(by)):
            continue
        put_in = replace(pair, left=_differentiated(body, Derivative(key(of), by, 1, False)))
        try:
            found = judge_identity(put_in, {}, state.options.seed)
        except (Unlowered, RecursionError):
            continue
        if isinstance(found.verdict, Supported | Proved):
            condition = f"given what line {fact.line} says" if fact.said else f"with what line {fact.line} established"
            verdict = Supported(tuple(found.verdict.by), condition)
            return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=found.where)
    return None


def _quotient(node: Node) -> tuple[Node, Node] | None:
    """F and x of dF/dx and (d/dx) F, where F is a name or a call."""
    match node:
        case Frac(top=top, bottom=bottom):
            of, by = operand_of(top), operand_of(bottom)
        case Factors(items=(Frac(top=top, bottom=bottom), of), signs=("", "")) if is_d(top):
            by = operand_of(bottom)
        case _:
            return None
    named = by is not None and is_name(by) and (isinstance(of, Call) or (of is not None and is_name(of)))
    return (of, by) if named and of is not None and by is not None else None


def _cells(pair: Pair) -> list[Pair] | None:
    """The pairs of cells of two matrices of one size."""
    left, right = (_rows(side) for side in (pair.left, pair.right))
    if left is None or right is None or [len(row) for row in left] != [len(row) for row in right]:
        return None
    return [
        replace(pair, left=a, right=b)
        for one, other in zip(left, right, strict=True)
        for a, b in zip(one, other, strict=True)
    ]


def _rows(node: Node) -> tuple[tuple[Node, ...], ...] | None:
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    return node.rows if isinstance(node, Grid) and "matrix" in node.environment else None


def _taken(state: State, body: Body) -> str:
    line = state.document.place(state.document.formulas[body.formula].offset(body.node.start)).line
    return f"{body.name} = {to_latex(body.node)} (line {line})"
