"""How gradients and Hessians are written: ∇_θ F, dF/dθ, (∂/∂θ)(F); ∇²F(x), ∂²F/∂x∂xᵀ, (∂²/∂x∂x′) F.

Only the notation is taken apart here: what is derived, in which name, and whether once or twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.records import Record, replace
from errata.checking.derivatives_of_definitions import is_d
from errata.reading.calculus import mentions
from errata.reading.matrix_notation import has_capital, transposes, without_power
from errata.reading.names import is_name, key
from errata.reading.tree import Call, Factors, Fence, Frac, Group, Node, Num, Prefix, Script, Sym


class Written(Record):
    """The gradient of a function in a variable, or its Hessian: derived ``twice``.

    ``turned`` is the variable as it is derived by the second time. A function of both x and x′ has another derivative
    in these, since x′ is no transpose there.
    """

    function: Node
    variable: Node
    twice: bool
    turned: Node | None = None

    def is_of(self, body: Node) -> bool:
        """Whether a body of the function depends on the variable, and on nothing that is taken for its transpose."""
        other = self.turned is not None and _is_primed(self.turned) and mentions(body, key(self.turned))
        return mentions(body, key(self.variable)) and not other


def written_gradient(node: Node) -> Written | None:
    """The gradient or the Hessian that a node is written as; None for anything else."""
    node = _bare(node)
    match node:
        case Prefix(sign=sign, operand=operand):
            return _by_nabla(sign, operand)
        case Factors(items=(Prefix(sign=Script() as sign) as first, *rest), signs=signs) if not any(signs):
            if isinstance(first.operand, Fence):
                return None  # ∇(f) g may be the gradient of f alone
            return _by_nabla(sign, replace(node, items=(first.operand, *rest)))  # ∇_x xᵀA x: it takes all that follows
        case Frac(top=top, bottom=bottom):
            return _quotient(top, bottom)
        case Factors(items=(Frac(top=top, bottom=bottom), *rest), signs=signs) if not any(signs):
            if len(rest) == 1 or not isinstance(rest[0], Fence):
                of = rest[0] if len(rest) == 1 else replace(node, items=tuple(rest), signs=signs[1:])
                return _operator(top, bottom, of) or _slashed_twice(node.items)
        case Factors(items=(top, Fence(body=bottom)), signs=("", "/")) if bottom is not None:
            return _quotient(top, bottom)
    return None


def _by_nabla(sign: Node, function: Node) -> Written | None:
    """∇ F(x), ∇_x F, ∇² F(x) and ∇_x² F."""
    match sign:
        case Sym(name="∇"):
            sub, twice = None, False
        case Script(base=Sym(name="∇"), sub=sub, sup=sup) if sup is None or (isinstance(sup, Num) and sup.text == "2"):
            twice = sup is not None
        case _:
            return None
    variable = sub.body if isinstance(sub, Group) else sub
    if variable is None and isinstance(function, Call) and isinstance(function.fence, Fence):
        variable = function.fence.body
    if variable is None or not is_name(variable) or (twice and has_capital(variable)):
        return None  # the Hessian in a matrix is none itself
    return Written(function, variable, twice)


def _quotient(top: Node, bottom: Node) -> Written | None:
    """dF/dθ and ∂²F/∂x∂xᵀ."""
    once, again = _derived(top, ""), _derived(top, "2")
    if once is not None and (by := _variable(bottom)) is not None:
        return Written(once, by, False)
    if again is not None and (both := _both(bottom)) is not None:
        return Written(again, both[0], True, both[1])
    return None


def _operator(top: Node, bottom: Node, of: Node) -> Written | None:
    """(d/dθ) F and (∂²/∂x∂xᵀ) F."""
    top = _bare(top)
    if is_d(top) and (by := _variable(bottom)) is not None:
        return Written(of, by, False)
    if _is_raised_d(top, "2") and (both := _both(bottom)) is not None:
        return Written(of, both[0], True, both[1])
    return None


def _slashed_twice(items: Sequence[Node]) -> Written | None:
    """∂²F/∂x ∂xᵀ, with all after the slash below."""
    match items:
        case (Frac(top=top, bottom=first), *rest) if rest:
            return _quotient(top, Factors(first.start, rest[-1].end, ("",) * (len(rest) + 1), (first, *rest)))
    return None


def _derived(top: Node, times: str) -> Node | None:
    """F of dF and ∂F, or with ``times`` above the d: all that stands after it."""
    match _bare(top):
        case Prefix(sign=sign, operand=operand) if _is_raised_d(sign, times):
            return operand
        case Factors(items=(Prefix(sign=sign, operand=operand), *rest), signs=signs) as whole if _is_raised_d(
            sign, times
        ) and not any(signs):
            return replace(whole, items=(operand, *rest))
        case Factors(items=(d, first, *rest), signs=signs) as whole if _is_raised_d(d, times) and not any(signs):
            return first if not rest else replace(whole, items=(first, *rest), signs=signs[1:])
    return None


def _variable(bottom: Node) -> Node | None:
    """θ of dθ."""
    below = _below(bottom)
    return below[0] if len(below) == 1 and is_name(below[0]) else None


def _both(bottom: Node) -> tuple[Node, Node] | None:
    """x and xᵀ of ∂x∂xᵀ, in either order."""
    match _below(bottom):
        case (one, other):
            for x, turned in ((one, other), (other, one)):
                if is_name(x) and not _is_primed(x) and not has_capital(x) and _turned(turned) == key(x):
                    return x, turned
    return None


def _turned(node: Node) -> str | None:
    """The name x of xᵀ, x′ and (x)ᵀ."""
    if not isinstance(node, Script):
        return None
    if _is_primed(node):
        plain = node.base if node.sub is None else replace(node, primes=0)
        return key(plain) if is_name(plain) else None
    return key(without_power(node)) if node.sup is not None and transposes(node.sup) else None


def _is_primed(node: Node) -> bool:
    return isinstance(node, Script) and node.primes == 1 and node.sup is None


def _below(bottom: Node) -> tuple[Node, ...]:
    """What is derived by: x, y of ∂x∂y and of dx dy; nothing where anything else stands there."""
    inner = _bare(bottom)
    parts = list(inner.items) if isinstance(inner, Factors) and not any(inner.signs) else [inner]
    out: list[Node] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Prefix) and is_d(part.sign):
            out.append(part.operand)
        elif is_d(part) and parts:
            out.append(parts.pop(0))
        else:
            return ()
    return tuple(out)


def _is_raised_d(node: Node, times: str) -> bool:
    """Whether a node is a d or a ∂, with this number above it where one is given."""
    if not times:
        return is_d(node)
    return isinstance(node, Script) and node.sub is None and is_d(node.base) and (
        isinstance(node.sup, Num) and node.sup.text == times
    )  # fmt: skip


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node
