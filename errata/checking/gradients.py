"""Gradients and Hessians of quadratic functions of a vector or a matrix: ∇_θ ‖y − Xθ‖² = −2 Xᵀ(y − Xθ), dF(B)/dB = …

F(θ + hD) − F(θ − hD) = 2h tr(DᵀG) for all directions D and all numbers h says that G is the gradient of F; where F is
quadratic the gradient fulfils it as it stands, and linear algebra judges it. The Hessian H is what fulfils
F(θ + hu + kv) − F(θ + hu) − F(θ + kv) + F(θ) = hk uᵀHv for all u and v. Any other function is left undecided.
Both may rest on what the text says of a matrix, such as that it is symmetric. Refuted is only what holds once a sign or
a factor 2 or 1/2 is undone in it, or put before it, and what is no gradient written as a row, either.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice

from claims.evidence import Evidence
from claims.records import replace
from claims.verdict import Proved, Refuted, Repair, Supported
from errata.checking.algebra import Found
from errata.checking.context import At, State, definitions_of
from errata.checking.facts import facts_about
from errata.checking.families.ruling import supposes
from errata.checking.linear import judge_linear
from errata.checking.members import judge_vectors
from errata.checking.parts import Noted, also_if
from errata.checking.said_matrices import said_of, supported_as_said
from errata.checking.slips import rewritten, slips
from errata.checking.written_gradients import Written, written_gradient
from errata.reading.calculus import mentions
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.substitution import replaced, unfolded
from errata.reading.tree import Call, Factors, Fence, Node, Num, Script, Sym, Terms, walk
from errata.reading.unparse import to_latex

MOST_BODIES = 3
FACTORS = (("2", "factor-2"), (r"\frac{1}{2}", "factor-1/2"), ("(-1)", "sign"))
"""What may be missing before a gradient."""
KINDS = frozenset(kind for _, kind in FACTORS)
"""Slips within a gradient that are undone."""
MOST_SLIPS = 30
MOST_CHOICES = 3
"""Choices of points at which a wrong gradient is tried."""
MOST_DEEP = 4
AROUND = 160
"""Characters before and after a relation that may say that it is wrong."""
_DENIED = re.compile(
    r"\b(?:wrong\w*|mistake\w*|incorrect\w*|erroneous\w*|false\w*|tempt\w*|beware|claims? that|would like|hope\w*|"
    r"find the (?:error|bug|slip)|not (?:hold|true|correct|equal|the)\w*|naive\w*)\b|n['’]t\b|\\neq?\b",
    re.I,
)


def judge_gradient(state: State, at: At, pair: Pair) -> Found | None:
    """The judgement on a relation whose left side is the gradient of a quadratic function; None without a verdict."""
    written = written_gradient(pair.left)
    if written is None or pair.relation.sign not in ("=", "≡"):
        return None
    matrices = said_of(state, at, pair)
    pair = replace(pair, right=_multiplied(pair.right, matrices))
    bodies = [(_multiplied(body, matrices), condition) for body, condition in _bodies(written, state)]
    for body, condition in bodies:
        held = _held(state, at, pair, body, written)
        if held is not None:
            found, by = held
            said = found.verdict.holds_if if isinstance(found.verdict, Supported) else None
            found = replace(found, verdict=Supported(by, said), where=(_where(written), *found.where))
            return found if condition is None else also_if(found, condition)
    return None if supposes(at) else _refuted(state, at, pair, written, bodies)


def _refuted(
    state: State, at: At, pair: Pair, written: Written, found: Sequence[tuple[Node, str | None]]
) -> Found | None:  # fmt: skip
    """The refutation of a gradient or a Hessian that is the right one once a slip is undone; None where the document
    says several things of the function, a row of derivatives may be meant, or the text takes the relation back."""
    bodies = [body for body, line in found if line is not None] or [body for body, _ in found]
    if not bodies or _is_denied(state, at):
        return None
    wrong = [_failing(state, pair, body, written) for body in bodies]
    if wrong[0] is None or None in wrong:
        return None

    def holds(right: Node) -> bool:
        return all(_held(state, at, replace(pair, right=right), body, written) is not None for body in bodies)

    if holds(_transposed(pair.right)):
        return None
    wholes = [(_times(parse(latex).statements[0], pair.right), kind) for latex, kind in FACTORS]
    if _is_set_to_zero(at) and any(holds(whole) for whole, _ in wholes):
        return None  # 0 has any factor
    inside = ((s.node, s.kind) for s in slips(pair.right) if s.kind in KINDS)
    for mended, kind in islice(inside, MOST_SLIPS):
        if holds(mended) and _are_apart(pair, replace(pair, right=mended), bodies[0], written, state.options.seed):
            return _told(wrong[0], written, mended, kind)
    return next((_told(wrong[0], written, whole, kind) for whole, kind in wholes if holds(whole)), None)


def _failing(state: State, pair: Pair, body: Node, written: Written) -> Found | None:
    """The refutation of a gradient as it stands, which also fails with all put in that the document gives for names in
    terms of the variable: of aᵀx/2 with a = Ax, a gradient is a where A is symmetric."""
    seed, variable = state.options.seed, key(written.variable)
    given = _depending(definitions_of(state), variable)
    if given:
        put_in = replace(pair, right=unfolded(pair.right, given))
        if _failing_at_points(_differs(put_in, unfolded(body, given), written), seed) is None:
            return None
    return _failing_at_points(_differs(pair, body, written), seed)


def _failing_at_points(differs: Pair, seed: int) -> Found | None:
    """The refutation of a relation by linear algebra: by chance both sides may be 0 at some points of one choice."""
    for other in range(seed, seed + MOST_CHOICES):
        found = judge_linear(differs, other)
        if found is None:
            return None
        if isinstance(found.verdict, Refuted):
            return found
    return None


def _depending(definitions: Mapping[str, Node], variable: str) -> dict[str, Node]:
    """The definitions of names that depend on a variable, or on such a name."""
    out: dict[str, Node] = {}
    for _ in range(MOST_DEEP):
        names = {variable, *out}
        new = {n: b for n, b in definitions.items() if n not in names and any(mentions(b, name) for name in names)}
        if not new:
            break
        out |= new
    return out


def _is_denied(state: State, at: At) -> bool:
    """Whether the text around a relation says that it is wrong, or may be."""
    text, span = state.document.text, at.formula.span
    near = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return any(_DENIED.search(glossed(part)) is not None for part in near)


def _is_set_to_zero(at: At) -> bool:
    return any(key(item) in ("0", r"\mathbf0") for item in at.chain.chain.items)


def _are_apart(wrong: Pair, right: Pair, body: Node, written: Written, seed: int) -> bool:
    """Whether two gradients differ in some direction whatever their names stand for, projections and the like too."""
    one, other = (_differs(pair, body, written).right for pair in (wrong, right))
    found = _failing_at_points(replace(wrong, left=other, right=one), seed)
    return found is not None and found.sound


def _told(wrong: Found, written: Written, mended: Node, kind: str) -> Found:
    assert isinstance(wrong.verdict, Refuted)
    verdict = replace(wrong.verdict, repair=Repair(to_latex(mended), kind))
    return replace(wrong, verdict=verdict, where=(_where(written),))


def _held(
    state: State, at: At, pair: Pair, body: Node, written: Written
) -> tuple[Found, tuple[Evidence, ...]] | None:  # fmt: skip
    """What supports a gradient or a Hessian of this body as it stands, or by what the text says of its matrices."""
    differs = _differs(pair, body, written)
    found = judge_vectors(differs, state.options.seed, plainly=True)
    if found is None or not isinstance(found.verdict, Supported | Proved):
        found = supported_as_said(state, at, differs, pair)
    if found is None or not isinstance(found.verdict, Supported | Proved):
        return None
    return found, tuple(found.verdict.by)


def _where(written: Written) -> str:
    return f"the {'Hessian' if written.twice else 'gradient'} in {key(written.variable)} is of its shape"


def _times(factor: Node, node: Node) -> Node:
    start, end = node.start, node.end
    return Factors(start, end, ("", r"\cdot"), (factor, Fence(start, end, "(", node, ")")))


def _transposed(node: Node) -> Node:
    top = Sym(node.end, node.end, "T", "roman", r"\mathrm{T}")
    return Script(node.start, node.end, Fence(node.start, node.end, "(", node, ")"), None, top)


def _bodies(written: Written, state: State) -> Iterator[tuple[Node, str | None]]:
    """What the function is: as it stands, or what the document says of it."""
    function = written.function
    if not is_name(function) and written.is_of(function):
        yield function, None
    facts = facts_about(function, state.facts)
    if is_name(function):  # F is F(x)
        facts = (*facts, *facts_about(_called(function, written.variable), state.facts))
    for fact in facts[:MOST_BODIES]:
        for member in fact.members[::-1][:MOST_BODIES]:
            if written.is_of(member):
                yield member, Noted(fact.line, not fact.said).condition


def _multiplied(node: Node, matrices: Container[str]) -> Node:
    """W(x − As) as a product, where the text says that W is a matrix."""
    for call in [n for n in walk(node) if isinstance(n, Call) and key(n.head) in matrices]:
        product = Factors(call.start, call.end, ("", ""), (call.head, call.fence))
        node = rewritten(node, call, product)
    return node


def _called(function: Node, variable: Node) -> Node:
    start, end = function.start, function.end
    return Call(start, end, function, Fence(start, end, "(", variable, ")"), True)


def _differs(pair: Pair, body: Node, written: Written) -> Pair:
    """The relation in every direction that a gradient or a Hessian stands for."""
    return (_second_difference if written.twice else _difference)(pair, body, written.variable)


def _second_difference(pair: Pair, body: Node, variable: Node) -> Pair:
    """F(θ + hu + kv) − F(θ + hu) − F(θ + kv) + F(θ) = hk uᵀHv, with H + uvᵀ − uvᵀ for H: 2 is no matrix, and 2I is."""
    at = (pair.left.start, pair.left.end)
    h, k, u, v = (_named(at, letter, number) for letter in "hu" for number in ("00", "01"))
    ahead, aside = _along(at, h, u), _along(at, k, v)
    both, one, other, none = (
        _moved(at, body, variable, steps) for steps in ((ahead, aside), (ahead,), (aside,), ())
    )  # fmt: skip
    square = Factors(*at, ("", r"\cdot"), (u, _turned(v)))
    hessian = Terms(*at, ("", "+", "-"), (Fence(*at, "(", pair.right, ")"), square, square))
    right = Factors(*at, ("", *[r"\cdot"] * 4), (h, k, _turned(u), Fence(*at, "(", hessian, ")"), v))
    return replace(pair, left=Terms(*at, ("", "-", "-", "+"), (both, one, other, none)), right=right)


def _difference(pair: Pair, body: Node, variable: Node) -> Pair:
    """F(θ + hD) − F(θ − hD) = 2h tr(DᵀG)."""
    at = (pair.left.start, pair.left.end)
    step, direction = _named(at, "h", "00"), _named(at, "D", "00")
    along = _along(at, step, direction)
    forth, back = (_moved(at, body, variable, (along,), sign) for sign in "+-")
    inner = Factors(*at, ("", r"\cdot"), (_turned(direction), Fence(*at, "(", pair.right, ")")))
    trace = Call(*at, Sym(*at, "tr", "roman"), Fence(*at, "(", inner, ")"), True)
    right = Factors(*at, ("", r"\cdot", r"\cdot"), (Num(*at, "2"), step, trace))
    return replace(pair, left=Terms(*at, ("", "-"), (forth, back)), right=right)


def _named(at: tuple[int, int], letter: str, number: str) -> Script:
    return Script(*at, Sym(*at, letter, "gradient"), Num(*at, number), None)


def _turned(direction: Script) -> Script:
    return replace(direction, sup=Sym(direction.start, direction.end, "T", "roman", r"\mathrm{T}"))


def _along(at: tuple[int, int], step: Node, direction: Node) -> Node:
    return Factors(*at, ("", r"\cdot"), (step, direction))


def _moved(
    at: tuple[int, int], body: Node, variable: Node, steps: Sequence[Node], sign: str = "+"
) -> Node:  # fmt: skip
    """F after some steps from θ."""
    moved = Terms(*at, ("", *[sign] * len(steps)), (variable, *steps))
    return Fence(*at, "(", replaced(body, {key(variable): moved}) if steps else body, ")")
