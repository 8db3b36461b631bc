"""How slopes in a point are written: ∇_x F, ∇·F, ∇²F, ΔF, ∂_x F, ∂_x² F, ∂F/∂x."""

from __future__ import annotations

from enum import Enum

from claims.records import Record, replace
from errata.reading.calculus import derivation
from errata.reading.names import is_name, key
from errata.reading.tree import Call, Factors, Fence, Frac, Function, Group, Node, Num, Prefix, Script, Sym

MOST_ORDER = 3


class Kind(Enum):
    """What is made of the slopes of a quantity."""

    GRADIENT = "the gradient of a number, the matrix of slopes of a vector"
    DIVERGENCE = "the sum of the slopes of the entries, each in its coordinate"
    SECOND = "the second slopes, as a matrix or as their sum"
    LAPLACIAN = "the sum of the second slopes"


class Slope(Record):
    """``order`` times the slope of ``operand`` in ``variable``; None stands for the point that it is a function of."""

    kind: Kind
    operand: Node
    variable: Node | None
    order: int = 1


def slope_in(node: Node) -> Slope | None:
    """The derivative that a prefix or a fraction with its numerator is; None for anything else."""
    match node:
        case Prefix(sign=sign, operand=operand):
            return _of_prefix(sign, operand)
        case Frac():
            found = derivation(node)
            if found is None or found.operand is None or found.squared:
                return None
            return _of_partial(found.variables, found.operand)
        case Call(head=Script(base=base, sub=sub, sup=None, primes=times) as head, fence=Fence(body=body)):
            if not times or times > MOST_ORDER or body is None or not is_name(body):
                return None
            plain = base if sub is None else replace(head, primes=0)
            return Slope(Kind.GRADIENT, replace(node, head=plain, sure=True), body, times)
    return None


def slope_of_factors(node: Factors, at: int) -> tuple[Slope, int] | None:
    """The derivative that starts at a factor, with how many factors it takes: Δ p; (∂/∂x) [f p]."""
    item, rest = node.items[at], node.items[at + 1 :]
    if not rest:
        return None
    if isinstance(item, Sym) and item.name == "Δ" and not node.signs[at + 1]:
        return Slope(Kind.LAPLACIAN, rest[0], None), 2
    found = derivation(item) if isinstance(item, Frac) else None
    if found is None or found.operand is not None or found.squared or any(node.signs[at + 1 :]):
        return None
    if len(rest) > 1 and isinstance(rest[0], Fence):
        return None
    operand = rest[0] if len(rest) == 1 else replace(node, items=rest, signs=("", *node.signs[at + 2 :]))
    slope = _of_partial(found.variables, operand)
    return None if slope is None else (slope, 1 + len(rest))


def _of_prefix(sign: Node, operand: Node) -> Slope | None:
    if isinstance(sign, Sym):
        kinds = {"∇": Kind.GRADIENT, "∇·": Kind.DIVERGENCE}
        return Slope(kinds[sign.name], operand, None) if sign.name in kinds else None
    if not isinstance(sign, Script) or not isinstance(sign.base, Sym) or sign.primes:
        return None
    variable = sign.sub.body if isinstance(sign.sub, Group) else sign.sub
    if variable is not None and not is_name(variable):
        return None
    order = _order(sign.sup)
    match sign.base.name, order:
        case "∇", 1:
            return Slope(Kind.GRADIENT, operand, variable)
        case "∇", 2:
            return Slope(Kind.SECOND, operand, variable)
        case "∇·", 1:
            return Slope(Kind.DIVERGENCE, operand, variable)
        case "∂", int() if variable is not None:
            return Slope(Kind.GRADIENT, operand, variable, order)
    return None


def _order(sup: Node | None) -> int | None:
    if sup is None:
        return 1
    digits = sup.text if isinstance(sup, Num) else ""
    return int(digits) if digits in ("1", "2", "3") else None


def _of_partial(variables: tuple[Node, ...], operand: Node) -> Slope | None:
    if len(variables) > MOST_ORDER or len({key(v) for v in variables}) != 1:
        return None
    return Slope(Kind.GRADIENT, operand, variables[0], len(variables))


def narrowed(node: Node) -> Node:
    """∇ log p(x) f(x) with the logarithm of the density alone, as it reaches no further in most notes."""
    match node:
        case Prefix(operand=Function(argument=Factors(items=items, signs=signs) as product) as log) if len(items) > 1:
            first = replace(node, operand=replace(log, argument=items[0]))
            return replace(product, items=(first, *items[1:]), signs=signs)
    return node
