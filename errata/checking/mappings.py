"""Functions of several names that the document gives, f(x, y) = …, and their derivatives as formulas."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from claims.records import Record
from errata.checking.context import State
from errata.reading.document import Document
from errata.reading.generic import Generic
from errata.reading.names import is_name, is_transpose, key
from errata.reading.parser import parse
from errata.reading.relations import stated
from errata.reading.sides import lower_side
from errata.reading.tree import Big, Call, Chain, Fence, Grid, Group, Lines, Node, Phrase, Script, Styled, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered


class Given(Record):
    """f(x, y) = body, in the formula of this number, by the key of f(x, y)."""

    name: str
    call: str
    parameters: tuple[Node, ...]
    body: Node
    formula: int


def mappings(roots: Sequence[Lines]) -> list[Given]:
    """What each formula gives for a function of one or more names, at the head of a chain."""
    out: list[Given] = []
    for number, root in enumerate(roots):
        for chain in stated(root):
            first, second = chain.chain.items[0], chain.chain.items[1]
            if chain.chain.relations[0].sign not in ("=", ":=", "≡") or not isinstance(first, Call):
                continue
            parameters = bracketed(first.fence)
            names = [key(p) for p in parameters if is_name(p)]
            if is_name(first.head) and parameters and len(set(names)) == len(parameters):
                out.append(Given(key(first.head), key(first), parameters, second, number))
    return out


def in_force(document: Document, index: int, known: Sequence[Given]) -> list[Given]:
    """What the section of a formula has given before it; where that is nothing for a name, what the text before has."""
    edges = [h.span.start for h in document.headings if h.span.start <= document.formulas[index].span.start]
    first = max(edges, default=0)
    before = [m for m in known if m.formula < index]
    here = [m for m in before if document.formulas[m.formula].span.start >= first]
    names = {m.name for m in here}
    return [*(m for m in before if m.name not in names), *here]


def is_of_numbers(body: Node) -> bool:
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


def bracketed(node: Node | None) -> tuple[Node, ...]:
    """What stands in round brackets, or right of (x, y) = (a, b)."""
    while isinstance(node, Group):
        node = node.body
    if isinstance(node, Fence) and node.open == "(" and node.body is not None:
        return node.body.items if isinstance(node.body, Phrase) else (node.body,)
    if isinstance(node, Chain) and len(node.items) == 2 and node.relations[0].sign == "=":
        return bracketed(node.items[1])
    return ()


def rows_of(node: Node) -> list[list[Node]] | None:
    """The rows of a vector or a matrix that is written out."""
    if isinstance(node, Script) and node.sub is None and node.sup is not None and is_transpose(node.sup):
        rows = rows_of(node.base)
        return None if rows is None else [list(column) for column in zip(*rows, strict=False)]
    if isinstance(node, Fence) and node.open in ("(", "[", r"\langle") and isinstance(node.body, Phrase):
        return [list(node.body.items)] if all(s in (",", "") for s in node.body.separators) else None
    while isinstance(node, Fence | Group) and node.body is not None:
        node = node.body
    if not isinstance(node, Grid) or "matrix" not in node.environment:
        return None
    return [list(row) for row in node.rows]


def taken(state: State, function: Given) -> str:
    line = state.document.place(state.document.formulas[function.formula].offset(function.body.start)).line
    return f"{function.call} = {to_latex(function.body)} (line {line})"


def derivative_of(function: Given, variables: Sequence[Node], place: Sequence[Node]) -> Node:
    """The derivative of the body as a formula, at a point where there is one."""
    if vanishes(function.body, variables):
        return parse("0").statements[0]
    text = to_latex(function.body)
    for variable in reversed(variables):
        text = rf"\frac{{\partial}}{{\partial {to_latex(variable)}}} \left( {text} \right)"
    for name, value in zip(function.parameters, place, strict=False):
        text = rf"\left. \left( {text} \right) \right|_{{{to_latex(name)} = {to_latex(value)}}}"
    return parse(text).statements[0]


def vanishes(body: Node, variables: Sequence[Node]) -> bool:
    """Whether a derivative is nothing because a variable is in none of what is left to derive: ∂²(x² y)/∂y²."""
    generic = Generic({})
    try:
        value, *symbols = (lower_side(node, generic) for node in (body, *reversed(variables)))
    except (Unlowered, RecursionError):
        return False
    for symbol in () if generic.uninterpreted else symbols:
        if symbol not in value.free_symbols:
            return isinstance(symbol, sp.Symbol)
        value = sp.diff(value, symbol)
    return False
