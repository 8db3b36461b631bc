"""How a derivative is written: ∇_θ F, dF/dθ, ∂F/∂z_{i,k}, (d/dz) F, with F an expression of any kind."""

from __future__ import annotations

from claims.records import replace
from errata.checking.kinds import is_number
from errata.reading.calculus import derivation, is_derivative
from errata.reading.names import is_name, key
from errata.reading.tree import Call, Factors, Fence, Frac, Group, Node, Phrase, Prefix, Script, Sym


def slope_of(node: Node) -> tuple[Node, Node] | None:
    """F and the name that it is derived by, once; None where a node is no derivative."""
    match node:
        case Prefix(sign=Script(base=Sym(name="∇"), sub=sub, sup=None), operand=operand) if sub is not None:
            variable = sub.body if isinstance(sub, Group) else sub
            return (operand, variable) if is_name(variable) else None
        case Frac() if is_derivative(node):
            return _of_quotient(node, None)
        case Factors(items=(Frac() as quotient, *rest), signs=("", sign, *others)) if is_derivative(quotient):
            if sign or any(s == "/" for s in others) or (len(rest) > 1 and isinstance(rest[0], Fence)):
                return None
            if is_taken_at_a_place(node):
                at, found = rest[0], _of_quotient(quotient, None)
                place = at.body if isinstance(at, Fence) else None
                same = found is not None and place is not None and key(place) == key(found[1])
                return found if len(rest) == 1 and same else None
            following = rest[0] if len(rest) == 1 else replace(node, items=tuple(rest), signs=("", *others))
            return _of_quotient(quotient, following)
        case Factors(items=(above, below), signs=("", "/")):
            top, bottom = _differential(above), _differential(below)
            return (top, bottom) if top is not None and bottom is not None and is_name(bottom) else None
    return None


def is_taken_at_a_place(node: Factors) -> bool:
    """Whether a derivative stands right before a bracket, which says where it is taken: dg/dx (x_0)."""
    if len(node.items) < 2:
        return False
    first, second = node.items[:2]
    if not isinstance(first, Frac) or not isinstance(second, Fence) or node.signs[1] or not is_derivative(first):
        return False
    found = derivation(first)
    return found is not None and found.operand is not None


def is_at_a_member(function: Node, variable: Node) -> bool:
    """Whether a function of a name is derived by it at a member of its family: ∇_w f(w_k, x_k), its slope at w_k."""
    if not isinstance(function, Call) or not isinstance(function.fence, Fence) or function.fence.body is None:
        return False
    body = function.fence.body
    arguments = body.items if isinstance(body, Phrase) else (body,)
    named = {key(a) for a in arguments}
    members = {key(a.base) for a in arguments if isinstance(a, Script) and a.sub is not None and not is_number(a.sub)}
    return key(variable) in members and key(variable) not in named


def applied_to(function: Node, variable: Node) -> Node:
    """What is derived; g(x) derived by x is a function at x, and not g times x."""
    body = function.fence.body if isinstance(function, Call) and isinstance(function.fence, Fence) else None
    if isinstance(function, Call) and body is not None and key(body) == key(variable):
        return replace(function, sure=True)
    return function


def _of_quotient(quotient: Frac, following: Node | None) -> tuple[Node, Node] | None:
    """What d/dx is applied to: what stands in its numerator, or what follows where nothing does."""
    found = derivation(quotient)
    if found is None or len(found.variables) != 1 or found.squared:
        return None
    if (found.operand is None) is (following is None):
        return None
    function = found.operand or following
    return None if function is None else (function, found.variables[0])


def _differential(node: Node) -> Node | None:
    """X of ∂X and d(X)."""
    if isinstance(node, Prefix) and isinstance(node.sign, Sym) and node.sign.name == "∂":
        return node.operand
    if isinstance(node, Call) and isinstance(node.head, Sym) and node.head.name in ("d", "∂"):
        return node.fence if isinstance(node.fence, Fence) else None
    return None
