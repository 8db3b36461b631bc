"""A function of a sum or a product that is distributed over its parts, though it can't be: log(a + b) = log a + log b,
√(a² + b²) = a + b, det(A + B) = det A + det B, (AB)ᵀ = AᵀBᵀ.

As an equation for its names such a relation is hardly ever meant, so that it is refuted where it fails, alone in a
formula as well, as long as no word around it takes it back or tells of what would make the parts apart vanish.
"""

from __future__ import annotations

import re

from claims.records import Record, replace
from claims.verdict import Refuted
from errata.checking.algebra import Found, judge_identity, may_be_identity
from errata.checking.context import At, State, known_in
from errata.checking.families.ruling import wishes
from errata.checking.linear import judge_matrices
from errata.checking.said_matrices import is_doubted, said_of
from errata.checking.special import speaks_of_special
from errata.reading.gloss import glossed
from errata.reading.lowering import operator_parts
from errata.reading.names import is_inverse, is_name, is_transpose, key
from errata.reading.relations import Pair
from errata.reading.tree import Call, Factors, Fence, Frac, Function, Group, Node, Num, Root, Script, Sym, Terms, walk
from errata.reading.vectors import Unlowered

_MATRIX = frozenset({"⊤", "-1", "det", "tr"})
"""Functions of matrices; of the inverse alone numbers have one, too."""
_SCALAR = frozenset("log ln exp sin cos tan sinh cosh tanh Γ".split())
_TRACES = ("tr", "Tr", "trace")
_PLUS = ("", "+", "-", "−")
_TIMES = ("", r"\cdot", r"\times")
_COMMUTES = re.compile(r"\bcommut\w*|\bdiagonal\w*", re.I)
_APART = re.compile(
    r"\b(?:orthogonal|perpendicular|disjoint|exclusive|independen\w*|uncorrelated|cross[ -]terms?|vanish\w*|"
    r"characteristic|modul[oe]|freshman\w*|small|negligible|ignor\w*|neglect\w*)\b",
    re.I,
)
"""Words by which products of the parts may be nothing."""


class Applied(Record):
    """A function by its name, and what it is applied to."""

    function: str
    inside: Node


def judge_distributed(state: State, at: At, pair: Pair) -> Found | None:
    """The refutation of a relation that distributes a function over the parts of what it is applied to; None where it
    may hold, or be meant otherwise."""
    if pair.relation.sign not in ("=", "≡") or pair.position or wishes(at) or is_doubted(state, at):
        return None
    taken = _distributes(pair) or _distributes(replace(pair, left=pair.right, right=pair.left))
    if taken is None or not may_be_identity(pair, at.chain, at.prose):
        return None
    parts = taken.inside.items if isinstance(taken.inside, Terms | Factors) else ()
    capitals = {key(p) for p in parts if is_name(p) and _is_capital(p)}
    if taken.function in _MATRIX and capitals:
        return _of_matrices(state, at, pair, taken, capitals)
    return None if taken.function in _MATRIX - {"-1"} else _of_numbers(state, at, pair)


def _of_numbers(state: State, at: At, pair: Pair) -> Found | None:
    span, text = at.formula.span, state.document.text
    if _APART.search(glossed(text[max(0, span.start - 400) : span.end + 200])) is not None:
        return None
    try:
        found = judge_identity(pair, {}, state.options.seed)
    except (Unlowered, RecursionError):
        return None
    return found if isinstance(found.verdict, Refuted) and (found.closed or found.sound) else None


def _of_matrices(state: State, at: At, pair: Pair, taken: Applied, names: set[str]) -> Found | None:
    said = said_of(state, at, pair)
    inverted = _inverted(pair)
    if taken.function == "-1" and not all(name in said or name in inverted for name in names):
        return None
    found = judge_matrices(pair, state.options.seed, known_in(state))
    if found is None or not isinstance(found.verdict, Refuted) or not found.sound:
        return None
    text = glossed(state.document.text)
    sums = not any(isinstance(n, Factors) for side in (pair.left, pair.right) for n in walk(side))
    if not sums and (_COMMUTES.search(text) or speaks_of_special(text)):
        return None  # matrices that commute, or special ones, may fulfil it
    return found


def _inverted(pair: Pair) -> set[str]:
    scripts = (n for side in (pair.left, pair.right) for n in walk(side) if isinstance(n, Script))
    return {key(n.base) for n in scripts if is_inverse(n.sup)}


def _distributes(pair: Pair) -> Applied | None:
    """The function that a relation distributes, with what it is applied to: f(a + b) = f(a) + f(b), f(ab) = f(a) f(b),
    f(a/b) = f(a)/f(b), f(cA) = c f(A)."""
    taken, right = _applied(pair.left), _bare(pair.right)
    if taken is None:
        return None
    inside = taken.inside
    if isinstance(inside, Frac) and isinstance(right, Frac):
        both = ((right.top, inside.top), (right.bottom, inside.bottom))
        return taken if all(_is_of(f, taken, part) for f, part in both) else None
    for kind, signs in ((Terms, _PLUS), (Factors, _TIMES)):
        if isinstance(inside, kind) and isinstance(right, kind) and len(inside.items) == len(right.items) > 1:
            alike = [s or "+" for s in inside.signs] == [s or "+" for s in right.signs] or kind is Factors
            if alike and all(s in signs for s in (*inside.signs, *right.signs)):
                return taken if _each(taken, inside, right) else None
    return None


def _each(taken: Applied, inside: Terms | Factors, right: Terms | Factors) -> bool:
    """Whether each part on the right is the function of that on the left; a number before a matrix may be left as it is
    where its determinant is taken."""
    pairs = list(zip(right.items, inside.items, strict=True))
    if taken.function == "det" and isinstance(inside, Factors) and not _is_capital(inside.items[0]):
        pairs = pairs[1:] if key(right.items[0]) == key(inside.items[0]) else []
    return bool(pairs) and all(_is_of(f, taken, part) for f, part in pairs)


def _is_of(node: Node, taken: Applied, part: Node) -> bool:
    """Whether a node is the function of a part; a for the root of a²."""
    applied = _applied(node)
    if applied is not None and applied.function == taken.function:
        return key(_bare(applied.inside)) == key(_bare(part))
    squared = isinstance(part, Script) and isinstance(part.sup, Num) and part.sup.text == "2"
    return taken.function == "√" and squared and isinstance(part, Script) and key(part.base) == key(_bare(node))


def _applied(node: Node) -> Applied | None:
    """The known function that a node is, and what of."""
    node = node.body if isinstance(node, Group) else node
    match node:
        case Script(base=Sym(name="e"), sub=None, sup=sup, primes=0) if sup is not None:
            return Applied("exp", _bare(sup))
        case Script(base=base, sub=None, sup=Sym() | Terms() | Group() as sup, primes=0) if _is_small(base, sup):
            return Applied(f"{key(base)}^", _bare(sup))
        case Script(base=base, sub=None, sup=sup, primes=0) if sup is not None:
            name = "⊤" if is_transpose(sup) else "-1" if is_inverse(sup) else _power(sup)
            return Applied(name, _bare(base)) if name else None
        case Frac(top=Num(text="1"), bottom=bottom):
            return Applied("-1", _bare(bottom))
        case Root(body=body, index=None):
            return Applied("√", _bare(body))
        case Call(head=head, fence=Fence(body=inside)) if inside is not None:
            name = _function(head)
            return Applied(name, _bare(inside)) if name else None
        case Function(head=head, argument=argument):
            name = _function(head)
            return Applied(name, _bare(argument)) if name else None
    return None


def _is_small(base: Node, sup: Node) -> bool:
    """Whether a node is a power such as a^x, and no transpose or inverse."""
    return is_name(base) and not _is_capital(base) and not is_transpose(sup) and not is_inverse(sup)


def _power(sup: Node) -> str:
    """The name of a power of a whole number above one."""
    return f"^{sup.text}" if isinstance(sup, Num) and sup.text.isdigit() and int(sup.text) > 1 else ""


def _function(head: Node) -> str:
    name, sub, sup = operator_parts(head)
    if sub is not None or sup is not None:
        return ""
    name = "tr" if name in _TRACES else name
    return name if name in _SCALAR | _MATRIX else ""


def _bare(node: Node) -> Node:
    while isinstance(node, Fence | Group) and node.body is not None and getattr(node, "open", "(") in ("(", "[", ""):
        node = node.body
    return node


def _is_capital(node: Node) -> bool:
    symbols = [n for n in walk(node) if isinstance(n, Sym)]
    return bool(symbols) and len(symbols[0].name) == 1 and symbols[0].name.isupper()
