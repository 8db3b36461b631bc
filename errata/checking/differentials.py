"""Relations between differentials, d(AB) = dA B + A dB, where the d is no factor: they follow by deriving.

A d that stands before something in every term of both sides may be one. Read as a number it could be left out, and
nobody would write it again and again.
"""

from __future__ import annotations

from errata.reading.calculus import is_differential_quotient
from errata.reading.relations import Pair
from errata.reading.tree import (
    Call,
    Differential,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Prefix,
    Sym,
    Terms,
    walk,
)


def equates_differentials(pair: Pair) -> bool:
    """Whether both sides may be differentials."""
    return all(_is_differential(side) for side in (pair.left, pair.right)) and _are_several(pair)


def _are_several(pair: Pair) -> bool:
    """Whether a d stands before more than a lone letter somewhere, d(AB), d tr B, d A^{-1}, or in the midst of a
    product: A dB."""
    return any(_acts(n) for side in (pair.left, pair.right) for n in walk(side))


def _acts(node: Node) -> bool:
    if isinstance(node, Call):
        return _is_d(node.head)
    if not isinstance(node, Factors):
        return False
    places = [n for n, item in enumerate(node.items[:-1]) if _is_d(item) and not node.signs[n + 1]]
    return any(n > 0 or not isinstance(node.items[n + 1], Sym) for n in places)


def _is_differential(node: Node) -> bool:
    """Whether each term has a d before something."""
    match node:
        case Group(body=body) | Fence(body=body):
            return body is not None and _is_differential(body)
        case Function(argument=argument):
            return _is_differential(argument)
        case Call(head=head, fence=fence):
            return _is_d(head) or _is_differential(fence)
        case Terms(items=items):
            return all(_is_differential(item) for item in items)
        case Factors(items=items, signs=signs):
            before = (_is_d(a) and not sign for a, sign in zip(items, signs[1:], strict=False))
            return any(before) or any(_is_differential(item) for item in items)
        case Prefix(operand=operand):
            return _is_differential(operand)
        case Frac(top=top):
            return not is_differential_quotient(node) and _is_differential(top)
        case Differential():
            return True
    return False


def _is_d(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "d" and node.font in ("", "roman", "text")
