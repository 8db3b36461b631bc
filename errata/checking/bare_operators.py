"""Operators written without what they are applied to, for what stands beside them shortly before: after "compute
log |det J|", log |det| is log |det J|."""

from __future__ import annotations

from claims.records import replace
from errata.checking.context import At, State, root_of
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Function, Lines, Node, Sym, walk
from errata.reading.unparse import to_latex

OPERATORS = frozenset({"det", "tr", "Tr", "diag", "rank"})
"""Names of operators that are nothing by themselves."""
REACH = 400
"""Characters before a formula in which what an operator is applied to may stand."""


def with_operands(state: State, at: At, pair: Pair) -> tuple[Pair, str] | None:
    """A relation with each operator that stands alone in it applied to what it was applied to last, and what that takes
    for granted; None where none does, or where it was applied to several things."""
    bare = {n.name for side in (pair.left, pair.right) for n in _bare(side)}
    found = {name: _last(state, at.index, name) for name in sorted(bare)}
    known = {name: where for name, where in found.items() if where is not None}
    if not known or known.keys() != bare:
        return None
    whole = {name: node for name, (node, _) in known.items()}
    said = [f"{name} stands for {to_latex(node)} (line {line})" for name, (node, line) in known.items()]
    left, right = (_applied(side, whole) for side in (pair.left, pair.right))
    return replace(pair, left=left, right=right), "; ".join(said)


def _bare(node: Node) -> list[Sym]:
    """The operators in a tree that stand alone."""
    heads = {id(n.head) for n in walk(node) if isinstance(n, Call | Function)}
    return [n for n in walk(node) if isinstance(n, Sym) and n.name in OPERATORS and id(n) not in heads]


def _applied(node: Node, whole: dict[str, Node]) -> Node:
    alone = {id(n) for n in _bare(node)}
    return rebuilt(node, lambda n: whole.get(n.name) if isinstance(n, Sym) and id(n) in alone else None)


def _last(state: State, index: int, name: str) -> tuple[Node, int] | None:
    """The operator with what it is applied to in the last formula before one that does so, and that formula's line."""
    formulas = state.document.formulas
    start = formulas[index].span.start
    for number in range(index - 1, -1, -1):
        if start - formulas[number].span.end > REACH:
            return None
        applied = _applications(root_of(state, number), name)
        if applied:
            line = state.document.place(formulas[number].span.start).line
            return (applied[0], line) if len({key(n) for n in applied}) == 1 else None
    return None


def _applications(root: Lines, name: str) -> list[Node]:
    return [
        n for n in walk(root)
        if isinstance(n, Call | Function) and isinstance(n.head, Sym) and n.head.name == name
    ]  # fmt: skip
