"""KL divergences between normal laws of vectors, KL(N(μ₁, Σ₁) ‖ N(μ₂, Σ₂)), held against the moments of the first law.

E log p(x) − log q(x) under p needs E (x − m)(x − m)ᵀ = Σ₁ + (μ₁ − m)(μ₁ − m)ᵀ only, so that it is written out, and
compared in several dimensions. The dimension is the letter for a number of things that stands alone on the other side.
"""

from __future__ import annotations

from claims.records import replace
from claims.verdict import IllFormed, Refuted, Supported
from errata.checking.context import At, State, span_of
from errata.checking.families.reach import given_names
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.linear import judge_linear
from errata.checking.linear_relation import COUNTS
from errata.checking.linear_repairs import repaired_shapes
from errata.checking.repairs import SLIPS
from errata.checking.slips import rewritten
from errata.reading.families.notation import law_call
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Bar, Call, Fence, Node, Num, Script, Sym, walk
from errata.reading.unparse import to_latex

_NAMES = frozenset({"KL", "D_KL", "D"})
_NO_NAMES = frozenset({"I", r"\ln", r"\log"})
BY_MOMENTS = "the divergence is written out by the moments of the first law"
SIGNS = frozenset({"||", r"\|", r"\parallel", "‖", r"\Vert"})


def judge_vector_divergence(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation with such a divergence on one side; None where there is none, or nothing is settled."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    sides = [_written_out(side, other) for side, other in ((pair.left, pair.right), (pair.right, pair.left))]
    if sides[0] is None and sides[1] is None:
        return None
    left, right = sides[0] or pair.left, sides[1] or pair.right
    found = judge_linear(replace(pair, left=left, right=right), state.options.seed, state.known or {})
    if found is None:
        return _misshapen(state, at, pair)
    where = (*found.where, BY_MOMENTS)
    if isinstance(found.verdict, Supported):
        return Ruling(found.verdict, where)
    names, others = ({*bare_names(side)} - _NO_NAMES for side in (left, right))
    alike = names == others and not names & given_names(state)
    if not isinstance(found.verdict, Refuted) or not (found.sound or alike) or supposes(at):
        return None
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(found.verdict, where, "E314", found.message, focus)


def _misshapen(state: State, at: At, pair: Pair) -> Ruling | None:
    """The refutation of a relation whose names no shapes fit, and that gives the divergence once a slip is undone."""
    if supposes(at):
        return None
    mended = repaired_shapes(pair, state.options.seed, _both_written_out)
    if mended is None:
        return None
    focus = span_of(at.formula, mended.start, mended.end)
    side = to_latex(mended.mended.left if mended.left else mended.mended.right)
    message = f"no shapes of its names fit; they would in {side}, with which it holds in every dimension"
    label = f"{SLIPS[mended.repair.slip]} ({'left' if mended.left else 'right'} side)"
    wrong = IllFormed("E411", message, focus.start, focus.end, mended.repair)
    return Ruling(wrong, (BY_MOMENTS,), "E411", message, focus, label)


def _both_written_out(pair: Pair) -> Pair:
    left, right = _written_out(pair.left, pair.right), _written_out(pair.right, pair.left)
    return replace(pair, left=left or pair.left, right=right or pair.right)


def _written_out(side: Node, other: Node) -> Node | None:
    """A side with its one divergence between normal laws of vectors written out; None where there is none."""
    calls = [n for n in walk(side) if isinstance(n, Call) and _laws(n) is not None]
    counts = {name for name in bare_names(other) if name in COUNTS}
    if len(calls) != 1 or len(counts) != 1:
        return None
    laws = _laws(calls[0])
    assert laws is not None
    first, second = (tuple(map(_bracketed, law)) for law in laws)
    latex = _moments(first, second, counts.pop())
    return rewritten(side, calls[0], parse(latex).statements[0])


def _laws(call: Call) -> tuple[tuple[Node, ...], tuple[Node, ...]] | None:
    """Mean and covariance of both laws of KL(N(…) ‖ N(…)), one of them of vectors by its letters."""
    head = call.head.sub if isinstance(call.head, Script) else call.head
    if not isinstance(head, Sym) or head.name not in _NAMES or not isinstance(call.fence, Fence):
        return None
    body = call.fence.body
    if not isinstance(body, Bar) or body.sign not in SIGNS:
        return None
    first, second = law_call(body.left), law_call(body.right)
    if first is None or second is None or first.name != "N" or second.name != "N":
        return None
    if len(first.arguments) != 2 or len(second.arguments) != 2 or first.point or second.point:
        return None
    return (first.arguments, second.arguments) if _is_matrix(first.arguments[1]) else None


def _is_matrix(node: Node) -> bool:
    return any(isinstance(n, Sym) and len(n.name) == 1 and (n.name.isupper() or n.font == "bold") for n in walk(node))


def _moments(first: tuple[str, ...], second: tuple[str, ...], dimension: str) -> str:
    (m1, s1), (m2, s2) = first, second
    gap = m1 if m2 == "0" else f"{m1} - {m2}" if m1 != "0" else f"- {m2}"
    square = "" if m1 == m2 else rf"+ \left( {gap} \right)^\mathrm{{T}} \left( {s2} \right)^{{-1}} \left( {gap} \right)"
    trace = rf"\mathrm{{tr}}\left( \left( {s2} \right)^{{-1}} {s1} \right)"
    return rf"\frac{{1}}{{2}} \left[ {trace} {square} - {dimension} - \ln \frac{{|{s1}|}}{{|{s2}|}} \right]"


def _bracketed(node: Node) -> str:
    latex = to_latex(node)
    return latex if is_name(node) or isinstance(node, Num) else rf"\left( {latex} \right)"
