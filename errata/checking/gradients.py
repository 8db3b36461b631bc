"""Gradients and Hessians of quadratic functions of a vector or a matrix: ∇_θ ‖y − Xθ‖² = −2 Xᵀ(y − Xθ), dF(B)/dB = …

F(θ + hD) − F(θ − hD) = 2h tr(DᵀG) for all directions D and all numbers h says that G is the gradient of F; where F is
quadratic the gradient fulfils it as it stands, and linear algebra judges it. F(θ + hD) + F(θ − hD) − 2F(θ) = h² DᵀHD
says the same of a symmetric H and the Hessian. Any other function is left undecided.
Refuted is only what holds once a factor 2, 1/2 or −1 is put before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.evidence import Evidence
from claims.verdict import Proved, Refuted, Repair, Supported
from errata.checking.algebra import Found
from errata.checking.context import At, State
from errata.checking.derivatives_of_definitions import is_d, operand_of
from errata.checking.facts import facts_about
from errata.checking.families.ruling import supposes
from errata.checking.linear import judge_linear
from errata.checking.members import judge_vectors
from errata.checking.parts import Noted, also_if
from errata.checking.said_matrices import supported_as_said
from errata.reading.calculus import mentions
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.substitution import replaced
from errata.reading.tree import Call, Factors, Fence, Frac, Group, Node, Num, Prefix, Script, Sym, Terms
from errata.reading.unparse import to_latex

MOST_BODIES = 3
FACTORS = (("2", "factor-2"), (r"\frac{1}{2}", "factor-1/2"), ("(-1)", "sign"))
"""What may be missing before a gradient."""


def judge_gradient(state: State, at: At, pair: Pair) -> Found | None:
    """The judgement on a relation whose left side is the gradient of a quadratic function; None without a verdict."""
    first, second = _gradient(pair.left), _hessian(pair.left)
    parts = first or second
    if parts is None or pair.relation.sign not in ("=", "≡"):
        return None
    function, variable = parts
    if first is None and _held(state, replace(pair, left=_transposed(pair.right))) is None:
        return None  # of a matrix that isn't symmetric, only a part would be told
    for body, condition in _bodies(function, state):
        if not mentions(body, key(variable)):
            continue
        differs = (_second_difference if first is None else _difference)(pair, body, variable)
        held = _held(state, differs) or _held_as_said(state, at, differs, pair)
        if held is not None:
            found, by = held
            said = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
            found = replace(found, verdict=Supported(by, said), where=(*_where(variable), *found.where))
            return found if condition is None else also_if(found, condition)
    return None if supposes(at) else _missed_factor(state, at, pair, function, variable, first is None)


def _missed_factor(
    state: State, at: At, pair: Pair, function: Node, variable: Node, twice: bool
) -> Found | None:  # fmt: skip
    """The refutation of a gradient or a Hessian that is the right one but for a factor; None where the document says
    several things of the function, or a row of derivatives may be meant."""
    bodies = [body for body, _ in _bodies(function, state) if mentions(body, key(variable))]
    bodies = [body for body in bodies if body is not function] or bodies
    if len({key(body) for body in bodies}) != 1:
        return None
    difference = _second_difference if twice else _difference
    wrong = judge_linear(difference(pair, bodies[0], variable), state.options.seed)
    if wrong is None or not isinstance(wrong.verdict, Refuted):
        return None
    start, end = pair.right.start, pair.right.end
    for latex, slip in FACTORS:
        factor = parse(latex).statements[0]
        mended = Factors(start, end, ("", r"\cdot"), (factor, Fence(start, end, "(", pair.right, ")")))
        differs = difference(replace(pair, right=mended), bodies[0], variable)
        if _held(state, differs) is not None or _held_as_said(state, at, differs, pair) is not None:
            verdict = replace(wrong.verdict, repair=Repair(to_latex(mended), slip))
            return replace(wrong, verdict=verdict, where=_where(variable))
    return None


def _held(state: State, pair: Pair) -> tuple[Found, tuple[Evidence, ...]] | None:
    """What linear algebra says of a relation that it supports, and by what."""
    found = judge_vectors(pair, state.options.seed, plainly=True)
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    return found, tuple(found.verdict.by)


def _held_as_said(state: State, at: At, differs: Pair, pair: Pair) -> tuple[Found, tuple[Evidence, ...]] | None:
    """The same where the text says that a matrix is symmetric or orthogonal."""
    found = supported_as_said(state, at, differs, pair)
    return None if found is None or not isinstance(found.verdict, Supported) else (found, tuple(found.verdict.by))


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
        case Factors(items=(Prefix() as first, *rest), signs=signs) if not any(signs) and _nabla_in(first) is not None:
            whole = replace(node, items=(first.operand, *rest))  # ∇_x xᵀA x: it takes all that follows
            return whole, _nabla_in(first) or first
        case Prefix(sign=Sym(name="∇"), operand=Call(fence=Fence(body=body)) as called) if body is not None:
            return (called, body) if is_name(body) else None
        case Frac(top=top, bottom=bottom):
            of, by = operand_of(top), operand_of(bottom)
            return (of, by) if of is not None and by is not None and is_name(by) else None
        case Factors(items=(Frac(top=top, bottom=bottom), of), signs=("", "")) if is_d(top):
            by = operand_of(bottom)
            return (of, by) if by is not None and is_name(by) else None
    return None


def _nabla_in(node: Prefix) -> Node | None:
    """The x of ∇_x; None for any other sign."""
    match node.sign:
        case Script(base=Sym(name="∇"), sub=sub, sup=None) if sub is not None:
            variable = sub.body if isinstance(sub, Group) else sub
            return variable if is_name(variable) else None
    return None


def _hessian(node: Node) -> tuple[Node, Node] | None:
    """F and x of ∇² F(x) and ∇_x² F."""
    match node:
        case Prefix(sign=Script(base=Sym(name="∇"), sub=sub, sup=Num(text="2")), operand=operand):
            variable = sub.body if isinstance(sub, Group) else sub
            if variable is None and isinstance(operand, Call) and isinstance(operand.fence, Fence):
                variable = operand.fence.body
            return (operand, variable) if variable is not None and is_name(variable) else None
    return None


def _transposed(node: Node) -> Node:
    top = Sym(node.end, node.end, "T", "roman", r"\mathrm{T}")
    return Script(node.start, node.end, Fence(node.start, node.end, "(", node, ")"), None, top)


def _bodies(function: Node, state: State) -> Iterator[tuple[Node, str | None]]:
    """What the function is: as it stands, or what the document says of it."""
    if not is_name(function):
        yield function, None
    for fact in facts_about(function, state.facts)[:MOST_BODIES]:
        for member in fact.members[::-1][:MOST_BODIES]:
            yield member, Noted(fact.line, not fact.said).condition


def _steps(at: tuple[int, int], body: Node, variable: Node) -> tuple[Node, Script, Node, Node]:
    """The step h, the direction D, and F at θ + hD and at θ − hD."""
    step = Script(*at, Sym(*at, "h", "gradient"), Num(*at, "00"), None)
    direction = Script(*at, Sym(*at, "D", "gradient"), Num(*at, "00"), None)
    moved = (
        Terms(*at, ("", sign), (variable, Factors(*at, ("", r"\cdot"), (step, direction)))) for sign in ("+", "-")
    )  # fmt: skip
    forth, back = (Fence(*at, "(", replaced(body, {key(variable): m}), ")") for m in moved)
    return step, direction, forth, back


def _second_difference(pair: Pair, body: Node, variable: Node) -> Pair:
    """F(θ + hD) + F(θ − hD) − 2F(θ) = h² DᵀHD."""
    at = (pair.left.start, pair.left.end)
    step, direction, forth, back = _steps(at, body, variable)
    turned = replace(direction, sup=Sym(*at, "T", "roman", r"\mathrm{T}"))
    twice = Factors(*at, ("", r"\cdot"), (Num(*at, "2"), Fence(*at, "(", body, ")")))
    inner = (step, step, turned, Fence(*at, "(", pair.right, ")"), direction)
    right = Factors(*at, ("", *[r"\cdot"] * 4), inner)
    return replace(pair, left=Terms(*at, ("", "+", "-"), (forth, back, twice)), right=right)


def _difference(pair: Pair, body: Node, variable: Node) -> Pair:
    """F(θ + hD) − F(θ − hD) = 2h tr(DᵀG)."""
    at = (pair.left.start, pair.left.end)
    step, direction, forth, back = _steps(at, body, variable)
    turned = replace(direction, sup=Sym(*at, "T", "roman", r"\mathrm{T}"))
    inner = Factors(*at, ("", r"\cdot"), (turned, Fence(*at, "(", pair.right, ")")))
    trace = Call(*at, Sym(*at, "tr", "roman"), Fence(*at, "(", inner, ")"), True)
    right = Factors(*at, ("", r"\cdot", r"\cdot"), (Num(*at, "2"), step, trace))
    return replace(pair, left=Terms(*at, ("", "-"), (forth, back)), right=right)
