"""A draw written as moved and stretched noise: z = m + s ⊙ e with e ∼ N(0, I), where the document says z ∼ N(m, s²).

The mean and the variance of the right side are held against those of the law that is stated for the left one, number by
number: a product entry by entry acts on each entry alone. It supports, and refutes nothing, since a name may be drawn
in several ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from claims.verdict import Supported
from errata.checking.context import At, State
from errata.checking.families.affine import compared
from errata.checking.families.atoms import spelled
from errata.checking.families.likelihoods import models_of
from errata.checking.judgement import Judged, Kind
from errata.reading.calculus import mentions
from errata.reading.families.joint import JointNormal
from errata.reading.families.models import Model, letter_of
from errata.reading.families.notation import is_identity
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Node, Num, Script, Sym, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined

NEAR = 2_500
"""Characters between the laws of the noise and of what is drawn, and the draw after them."""
MOST_LAWS = 3
DEVIATION = "the second parameter of N(·, ·) is a standard deviation"
_BY_ENTRIES = frozenset({r"\odot", "⊙"})


def judge_draw(state: State, at: At, judged: Judged, pair: Pair) -> Judged | None:
    """The support for a draw by the law that the document gives it; None where it gives none, or another one."""
    if pair.relation.sign != "=" or pair.position or not is_name(pair.left):
        return None
    place = at.formula.offset(at.chain.chain.start)
    near = [m for m in reversed(models_of(state)) if place - NEAR < m.place < place]
    body = _in_numbers(pair.right)
    if _speaks_of_matrices(body):
        return None
    for noise in (m for m in near if _is_noise(m) and mentions(body, key(m.point))):
        if _speaks_of_matrices(_number(noise.arguments[1])):
            continue
        joint = JointNormal((key(noise.point),), (Num(0, 0, "0"),), ((_number(noise.arguments[1]),),), place)
        for model, arguments, condition in _laws(near, pair.left):
            try:
                found = compared(state, at, pair, arguments, body, joint)
            except (Unlowered, Undetermined, TypeError, ValueError):
                continue
            if found is not None and isinstance(found.verdict, Supported):
                verdict = replace(found.verdict, holds_if=condition)
                said = (_told(state, model), _told(state, noise))
                return replace(judged, kind=Kind.CLAIM, verdict=verdict, where=said)
    return None


def _laws(near: list[Model], name: Node) -> Iterator[tuple[Model, tuple[Node, ...], str | None]]:
    """The normal laws of a name; a second parameter without a square may be a variance or a standard deviation."""
    known = [m for m in near if m.name == "N" and not m.noise and spelled(m.point).lower() == spelled(name).lower()]
    for model in known[:MOST_LAWS]:
        if len(model.arguments) == 2 and not any(map(_speaks_of_matrices, model.arguments)):
            mean, spread = model.arguments
            yield model, (mean, spread), None
            if not any(isinstance(n, Script) and n.sup is not None for n in walk(spread)):
                yield model, (mean, parse(rf"\left({to_latex(spread)}\right)^2").statements[0]), DEVIATION


def _speaks_of_matrices(node: Node) -> bool:
    """Whether a capital letter stands in an expression: what holds of numbers shows nothing of matrices."""
    return any(isinstance(n, Sym) and n.name[:1].isupper() for n in walk(node))


def _is_noise(model: Model) -> bool:
    """Whether a model is a centred normal law of a plain name."""
    centred = model.name == "N" and len(model.arguments) == 2 and letter_of(model.arguments[0]) == "0"
    return centred and not model.noise and not model.given


def _number(variance: Node) -> Node:
    """The variance of an entry."""
    return Num(variance.start, variance.end, "1") if is_identity(variance) else variance


def _in_numbers(node: Node) -> Node:
    """An expression with products of entries as products of numbers."""

    def plain(n: Node) -> Node | None:
        if isinstance(n, Factors) and _BY_ENTRIES & set(n.signs):
            return replace(n, signs=tuple("" if s in _BY_ENTRIES else s for s in n.signs))
        return None

    return rebuilt(node, plain)


def _told(state: State, model: Model) -> str:
    law = f"{to_latex(model.head)}({', '.join(map(to_latex, model.arguments))})"
    return f"{to_latex(model.point)} follows {law} (line {state.document.place(model.place).line})"
