"""Gradients of quadratic functions of a vector or a matrix: ∇_θ ‖y − Xθ‖² = −2 Xᵀ(y − Xθ), dF(B)/dB = …

F(θ + hD) − F(θ − hD) = 2h tr(DᵀG) for all directions D and all numbers h says that G is the gradient of F; where F is
quadratic the gradient fulfils it as it stands, and linear algebra judges it. Any other function is left undecided, and
nothing is refuted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.verdict import Proved, Supported
from errata.checking.algebra import Found
from errata.checking.context import State
from errata.checking.derivatives_of_definitions import is_d, operand_of
from errata.checking.facts import facts_about
from errata.checking.members import judge_vectors
from errata.checking.parts import Noted, also_if
from errata.reading.calculus import mentions
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import Call, Factors, Fence, Frac, Group, Node, Num, Prefix, Script, Sym, Terms

MOST_BODIES = 3


def judge_gradient(state: State, pair: Pair) -> Found | None:
    """The support of a relation whose left side is the gradient of a quadratic function; None where it gets none."""
    parts = _gradient(pair.left)
    if parts is None or pair.relation.sign not in ("=", "≡"):
        return None
    function, variable = parts
    for body, condition in _bodies(function, state):
        if not mentions(body, key(variable)):
            continue
        found = judge_vectors(_difference(pair, body, variable), state.options.seed, plainly=True)
        if found is not None and isinstance(found.verdict, Supported | Proved):
            found = replace(found, verdict=Supported(tuple(found.verdict.by)), where=(*_where(variable), *found.where))
            return found if condition is None else also_if(found, condition)
    return None


def _where(variable: Node) -> tuple[str, ...]:
    return (f"the gradient in {key(variable)} is of its shape",)


def _gradient(node: Node) -> tuple[Node, Node] | None:
    """F and θ of ∇_θ F, dF/dθ and (d/dθ) F."""
    while isinstance(node, Group):
        node = node.body
    match node:
        case Prefix(sign=Script(base=Sym(name="∇"), sub=sub, sup=None), operand=operand) if sub is not None:
            variable = sub.body if isinstance(sub, Group) else sub
            return (operand, variable) if is_name(variable) else None
        case Frac(top=top, bottom=bottom):
            of, by = operand_of(top), operand_of(bottom)
            return (of, by) if of is not None and by is not None and is_name(by) else None
        case Factors(items=(Frac(top=top, bottom=bottom), of), signs=("", "")) if is_d(top):
            by = operand_of(bottom)
            return (of, by) if by is not None and is_name(by) else None
    return None


def _bodies(function: Node, state: State) -> Iterator[tuple[Node, str | None]]:
    """What the function is: as it stands, or what the document says of it."""
    if not is_name(function):
        yield function, None
    for fact in facts_about(function, state.facts)[:MOST_BODIES]:
        for member in fact.members[::-1][:MOST_BODIES]:
            yield member, Noted(fact.line, not fact.said).condition


def _difference(pair: Pair, body: Node, variable: Node) -> Pair:
    """F(θ + hD) − F(θ − hD) = 2h tr(DᵀG)."""
    at = (pair.left.start, pair.left.end)
    step = Script(*at, Sym(*at, "h", "gradient"), Num(*at, "00"), None)
    direction = Script(*at, Sym(*at, "D", "gradient"), Num(*at, "00"), None)
    moved = (
        Terms(*at, ("", sign), (variable, Factors(*at, ("", r"\cdot"), (step, direction)))) for sign in ("+", "-")
    )  # fmt: skip
    forth, back = (Fence(*at, "(", replaced(body, {key(variable): m}), ")") for m in moved)
    turned = replace(direction, sup=Sym(*at, "T", "roman", r"\mathrm{T}"))
    inner = Factors(*at, ("", r"\cdot"), (turned, Fence(*at, "(", pair.right, ")")))
    trace = Call(*at, Sym(*at, "tr", "roman"), Fence(*at, "(", inner, ")"), True)
    right = Factors(*at, ("", r"\cdot", r"\cdot"), (Num(*at, "2"), step, trace))
    return replace(pair, left=Terms(*at, ("", "-"), (forth, back)), right=right)
