"""Normal densities of vectors: N(x; μ, Σ) is unfolded to its definition and held against the other side in several
dimensions.

The dimension is the letter that the other side raises 2π to; where it raises 2π to none, nothing is said.
"""

from __future__ import annotations

from dataclasses import replace

from claims.verdict import Refuted, Supported
from errata.checking.algebra import Found
from errata.checking.context import At, State, span_of
from errata.checking.families.reach import given_names
from errata.checking.families.ruling import Ruling, supposes
from errata.checking.linear import COUNTS, judge_linear
from errata.checking.slips import rewritten
from errata.reading.families.notation import normal_vector
from errata.reading.matrix_notation import bare_names
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.relations import Pair
from errata.reading.tree import Call, Fence, Node, Num, Script, Sym, walk
from errata.reading.unparse import to_latex

_DENSITY = (
    r"\frac{1}{\sqrt{(2\pi)^{%(n)s} \left| %(s)s \right|}}"
    r" \exp\left[ -\frac{1}{2} \left( %(x)s - %(m)s \right)^\mathrm{T} \left( %(s)s \right)^{-1}"
    r" \left( %(x)s - %(m)s \right) \right]"
)


def judge_normal_vectors(state: State, at: At, pair: Pair) -> Ruling | None:
    """The ruling on a relation with normal densities of vectors; None where there are none, or nothing is settled."""
    if pair.relation.sign not in ("=", "≡"):
        return None
    dimension = _dimension(pair.left) or _dimension(pair.right)
    left, right = _unfolded(pair.left, dimension), _unfolded(pair.right, dimension)
    if dimension is None or (left is pair.left and right is pair.right):
        return None
    found = judge_linear(replace(pair, left=left, right=right), state.options.seed, state.known or {})
    names = {*bare_names(left)}
    alike = names == {*bare_names(right)} and not names & given_names(state)
    return None if found is None else _ruled(at, pair, found, alike)


def _ruled(at: At, pair: Pair, found: Found, alike: bool) -> Ruling | None:
    """The ruling; a difference counts where both sides have the same names and the document says nothing of them.

    That special matrices would make the sides equal saves nothing, since a density is meant for all.
    """
    where = (*found.where, "N(·; ·, ·) is the normal density of a vector with this mean and covariance")
    if isinstance(found.verdict, Supported):
        return Ruling(found.verdict, where)
    if not isinstance(found.verdict, Refuted) or not (found.sound or alike) or supposes(at):
        return None
    focus = span_of(at.formula, pair.right.start, pair.right.end)
    return Ruling(found.verdict, where, "E315", found.message, focus)


def _dimension(node: Node) -> str | None:
    """n in (2π)^n and (2π)^{n/2}: the one letter in a power of 2π, if it is one for a number of things."""
    found: set[str] = set()
    for n in walk(node):
        if isinstance(n, Script) and n.sup is not None and isinstance(n.base, Fence) and _is_two_pi(n.base):
            found |= {key(s) for s in walk(n.sup) if is_name(s) and isinstance(s, Sym)}
    return next(iter(found)) if len(found) == 1 and found <= COUNTS else None


def _is_two_pi(base: Fence) -> bool:
    names = [n for n in walk(base) if isinstance(n, Sym | Num)]
    return [getattr(n, "name", getattr(n, "text", "")) for n in names] == ["2", "π"]


def _unfolded(node: Node, dimension: str | None) -> Node:
    """The expression with each normal density of a vector in it written out."""
    if dimension is None:
        return node
    for call in [n for n in walk(node) if isinstance(n, Call)]:
        found = normal_vector(call)
        if found is None:
            continue
        x, mean, covariance = map(_bracketed, found)
        latex = _DENSITY % {"n": dimension, "s": covariance, "x": x, "m": mean}
        node = rewritten(node, call, parse(latex).statements[0])
    return node


def _bracketed(node: Node) -> str:
    latex = to_latex(node)
    return latex if is_name(node) or isinstance(node, Num) else rf"\left( {latex} \right)"
