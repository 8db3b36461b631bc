"""Integrals without limits: ∫ x² dx = x³/3 + C, where the derivative of the right side has to be the integrand.

Where the variable of integration doesn't stand on the other side, the integral may run over all values, as notes on
densities write it, and nothing is judged.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, judge_identity
from errata.checking.repairs import Repaired, repaired
from errata.reading.calculus import mentions
from errata.reading.matrix_notation import bare_names, names_of_quantities
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Big, Differential, Group, Node, Sym, Terms, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered

PI = r"\pi"
"""What the integral of exp(−x²) brings in."""


def judge_antiderivative(pair: Pair, seed: int) -> Found | None:
    """The verdict on an integral without limits and a function of its variable; None for any other relation, or where
    one of them can't be computed."""
    framed = differentiated(pair)
    if framed is None:
        return None
    try:
        found = judge_identity(framed, {}, seed)
    except (Unlowered, RecursionError):
        return None
    if isinstance(found.verdict, Supported | Proved):
        return found
    new = names_of_quantities(framed.right) - names_of_quantities(framed.left)
    if not isinstance(found.verdict, Refuted) or not (found.known or found.sound) or new - {PI}:
        return None
    if new and repaired_antiderivative(pair, seed) is None:
        return None  # π may be a name, as that of a policy, unless it is the number once a slip is undone
    by = found.verdict.by
    message = f"the integrand is {by.left} at a random point, the derivative of the other side {by.right}"
    return replace(found, message=message)


def repaired_antiderivative(pair: Pair, seed: int) -> Repaired | None:
    """The slip in the function whose undoing makes it an antiderivative."""
    return repaired(pair, seed, frame=lambda one: differentiated(one) or one)


def differentiated(pair: Pair) -> Pair | None:
    """integrand = derivative, for an integral without limits and a function of its variable on the other side."""
    for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
        parts = _without_limits(one)
        if parts is None:
            continue
        variable, body = parts
        function = _with(other, variable)
        if function is None or any(isinstance(n, Big) for n in walk(function)) or not _is_of_names(other):
            return None
        name = to_latex(variable)
        derivative = parse(rf"\frac{{\partial}}{{\partial {name}}} \left( {to_latex(function)} \right)").statements[0]
        return replace(pair, left=body, right=derivative)
    return None


def _without_limits(node: Node) -> tuple[Node, Node] | None:
    """The variable and the integrand of ∫ f(x) dx."""
    while isinstance(node, Group):
        node = node.body
    if not isinstance(node, Big) or not isinstance(node.head, Sym) or node.head.name != "∫" or node.body is None:
        return None
    if len(node.differentials) != 1 or not isinstance(node.differentials[0], Differential):
        return None
    variable = node.differentials[0].variable
    return (variable, node.body) if is_name(variable) else None


def _with(node: Node, variable: Node) -> Node | None:
    """A function without the terms that are free of its variable, constants of integration; None where none is left."""
    if not mentions(node, key(variable)):
        return None
    if not isinstance(node, Terms):
        return node
    kept = [(s, i) for s, i in zip(node.signs, node.items, strict=True) if mentions(i, key(variable))]
    return replace(node, signs=tuple(s for s, _ in kept), items=tuple(i for _, i in kept))


def _is_of_names(node: Node) -> bool:
    """Whether a node has names that an antiderivative can have: bold ones may be vectors."""
    return not any(name.startswith(r"\mathbf") for name in bare_names(node))
