"""How calculus is written: d/dx and ∂²/∂x∂y as fractions, integrals with their variable and limits.

Only the notation is taken apart here; what it means is for the lowering.
"""

from __future__ import annotations

from claims.records import Record
from errata.reading.names import is_name, key
from errata.reading.tree import (
    Big,
    Call,
    Differential,
    Factors,
    Frac,
    Group,
    Node,
    Num,
    Prefix,
    Script,
    Sym,
    Terms,
    children,
    walk,
)

MOST_ORDER = 4


class Derivation(Record):
    """d/dx or df/dx: the variables, once for each time; ``operand`` is None where what follows is meant.

    ``squared`` says that the one variable is the square of a name: d/dσ².
    """

    variables: tuple[Node, ...]
    operand: Node | None
    squared: bool = False


class Between(Record):
    """The integral of ``body`` over ``variable`` between two limits; None stands for an infinite one."""

    variable: Node
    body: Node
    low: Node | None
    high: Node | None


def is_derivative(node: Node) -> bool:
    """Whether a node is a fraction of differentials, understood or not."""
    return isinstance(node, Frac) and _differentials(node.bottom) is not None and _order(node.top) is not None


def is_differential_quotient(node: Frac) -> bool:
    """Whether both parts of a fraction begin with d or ∂, whatever its order and its variables."""
    return begins_with_d(node.top) and begins_with_d(node.bottom)


def is_variation(node: Node) -> bool:
    """Whether a node is δy/δx or δ/δx, where δ is no factor: a derivative, of whatever kind."""
    return isinstance(node, Frac) and _begins_with_delta(node.top, 1) and _begins_with_delta(node.bottom, 2)


def _begins_with_delta(node: Node, least: int) -> bool:
    inner = node.body if isinstance(node, Group) else node
    items = inner.items if isinstance(inner, Factors) else (inner,)
    first = items[0].head if isinstance(items[0], Call) else items[0]
    more = len(items) + isinstance(items[0], Call)
    return isinstance(first, Sym) and first.name == "δ" and more >= least


def begins_with_d(node: Node) -> bool:
    """Whether a node is, or begins with, a bare d or ∂, raised to an order or not."""
    inner = node.body if isinstance(node, Group) else node
    first = inner.items[0] if isinstance(inner, Factors) else inner
    sign = first.sign if isinstance(first, Prefix) else first.head if isinstance(first, Call) else first
    return _is_d(sign.base if isinstance(sign, Script) and sign.sub is None else sign)


def derivation(node: Frac) -> Derivation | None:
    """The derivative that a fraction of differentials stands for; None where it can't be told."""
    order, below = _order(node.top), _differentials(node.bottom)
    if order is None or below is None:
        return None
    operand = _operand(node.top)
    total = sum(n for _, n in below)
    if len(below) == 1 and order == 1 and total == 2:
        return Derivation((below[0][0],), operand, squared=True)
    if total != order or total > MOST_ORDER:
        return None
    return Derivation(tuple(v for v, n in below for _ in range(n)), operand)


def between(node: Big) -> Between | None:
    """The parts of ∫ with limits and one differential; None for any other integral."""
    head = node.head
    if not isinstance(head, Script) or head.sub is None or node.body is None or len(node.differentials) != 1:
        return None
    (differential,) = node.differentials
    if not isinstance(differential, Differential) or not is_name(differential.variable):
        return None
    if head.sup is None:
        if not _is_real_line(head.sub):
            return None
        return Between(differential.variable, node.body, None, None)
    low, high = head.sub, head.sup
    if infinite(low) == 1 or infinite(high) == -1:
        return None
    return Between(differential.variable, node.body, None if infinite(low) else low, None if infinite(high) else high)


def bare_operator(node: Node) -> Derivation | None:
    """The derivative of what follows, where a node is d/dx without an operand of its own."""
    found = derivation(node) if isinstance(node, Frac) else None
    return found if found is not None and found.operand is None else None


def holds_derivative(node: Node) -> bool:
    """Whether a derivative stands directly in a term: d/dx f, or a multiple of it."""
    return is_derivative(node) or (isinstance(node, Factors) and any(is_derivative(i) for i in node.items))


def derives_by(node: Node, name: str) -> bool:
    """Whether something in a node is derived by a name."""
    found = (derivation(n) for n in walk(node) if isinstance(n, Frac))
    return any(key(v) == name for one in found if one is not None for v in one.variables)


def mentions(node: Node, name: str) -> bool:
    """Whether a name stands anywhere in a node."""
    return key(node) == name or any(mentions(child, name) for child in children(node))


def infinite(node: Node) -> int:
    """1 for ∞, −1 for −∞, 0 for anything else."""
    inner = node.body if isinstance(node, Group) else node
    if isinstance(inner, Sym) and inner.name == "∞":
        return 1
    if isinstance(inner, Terms) and len(inner.items) == 1 and infinite(inner.items[0]):
        return -1 if inner.signs[0] in ("-", "−") else 1
    return 0


def _is_real_line(node: Node) -> bool:
    return isinstance(node, Sym) and ((node.name == "R" and node.font == "double") or node.name == "ℝ")


def _order(top: Node) -> int | None:
    """How often is derived: 1 for d, ∂ and df, 2 for d² and d²f; None where the top is no differential."""
    inner = top.body if isinstance(top, Group) else top
    first = inner.items[0] if isinstance(inner, Factors) else inner
    sign = first.sign if isinstance(first, Prefix) else first.head if isinstance(first, Call) else first
    if isinstance(sign, Script):
        if sign.sub is not None or not isinstance(sign.sup, Num) or not _is_d(sign.base):
            return None
        return int(sign.sup.text) if sign.sup.text.isdigit() else None
    return 1 if _is_d(sign) else None


def _operand(top: Node) -> Node | None:
    """What stands after the d in a numerator."""
    inner = top.body if isinstance(top, Group) else top
    if not isinstance(inner, Factors):
        return _held(inner)
    first = _held(inner.items[0])
    if first is not None:
        return Factors(first.start, inner.end, inner.signs, (first, *inner.items[1:]))
    rest = inner.items[1:]
    return rest[0] if len(rest) == 1 else Factors(rest[0].start, inner.end, ("", *inner.signs[2:]), rest)


def _held(node: Node) -> Node | None:
    """What a d holds to itself: ∂f, d(x + 1)."""
    return node.operand if isinstance(node, Prefix) else node.fence if isinstance(node, Call) else None


def _differentials(bottom: Node) -> list[tuple[Node, int]] | None:
    """The variables below: each ∂x or d x, and how often; None where the bottom is anything else."""
    inner = bottom.body if isinstance(bottom, Group) else bottom
    parts = list(inner.items) if isinstance(inner, Factors) else [inner]
    if isinstance(inner, Factors) and any(inner.signs):
        return None
    out: list[tuple[Node, int]] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Prefix) and _is_d(part.sign):
            variable = part.operand
        elif _is_d(part) and parts:
            variable = parts.pop(0)
        else:
            return None
        if isinstance(variable, Script) and isinstance(variable.sup, Num) and variable.sup.text.isdigit():
            bare = variable.base
            if variable.sub is not None:
                bare = Script(variable.start, variable.end, variable.base, variable.sub, None)
            out.append((bare, int(variable.sup.text)))
        else:
            out.append((variable, 1))
    return out if all(is_name(v) for v, _ in out) else None


def _is_d(node: Node) -> bool:
    return isinstance(node, Sym) and node.name in ("d", "∂") and node.font in ("", "roman", "text")
