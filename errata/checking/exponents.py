"""Densities of vectors up to a factor: e^{A(x)} ∝ e^{B(x)} where A(x) − A(z) = B(x) − B(z) for all vectors x and z."""

from __future__ import annotations

from collections.abc import Sequence

from claims.verdict import Proved, Supported
from errata.checking.algebra import Found
from errata.checking.members import judge_vectors
from errata.reading.calculus import mentions
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Fence, Function, Group, Node, Script, Sym, Terms, walk

_SPARE = "z u v w y".split()


def proportional_exponentials(pair: Pair, variables: Sequence[Node], seed: int) -> Found | None:
    """The support of ``left ∝ right`` in one vector by linear algebra; None where it gets none."""
    a, b = _exponent(pair.left), _exponent(pair.right)
    variable = variables[0] if len(variables) == 1 else None
    if not isinstance(variable, Sym) or a is None or b is None:
        return None
    if not all(mentions(side, key(variable)) for side in (a, b)):
        return None
    names = {n.name for side in (a, b) for n in walk(side) if isinstance(n, Sym)}
    letter = next((name for name in _SPARE if name not in names), None)
    if letter is None:
        return None
    other = Sym(variable.start, variable.end, letter, variable.font, variable.latex.replace(variable.name, letter))
    left, right = (_difference(side, variable, other) for side in (a, b))
    found = judge_vectors(Pair(left, pair.relation, right, pair.position), seed, plainly=True)
    return found if found is not None and isinstance(found.verdict, Supported | Proved) else None


def _difference(side: Node, variable: Sym, other: Sym) -> Node:
    at = (side.start, side.end)
    moved = rebuilt(side, lambda n: other if isinstance(n, Sym) and key(n) == key(variable) else None)
    return Terms(*at, ("", "-"), (Fence(*at, "(", side, ")"), Fence(*at, "(", moved, ")")))


def _exponent(node: Node) -> Node | None:
    """What e is raised to."""
    match node:
        case Group(body=body):
            return _exponent(body)
        case Call(head=Sym(name="exp"), fence=Fence(body=body)):
            return body
        case Function(head=Sym(name="exp"), argument=argument):
            return argument
        case Script(base=Sym(name="e"), sub=None, sup=sup):
            return sup
    return None
