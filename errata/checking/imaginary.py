"""Complex numbers, which are not judged: e^{iωt}, cos θ + i sin θ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sympy as sp

from errata.checking.algebra import sizes_in
from errata.reading.generic import Generic
from errata.reading.relations import Pair
from errata.reading.sides import lower_side
from errata.reading.tree import (
    Big,
    Call,
    Chain,
    Factors,
    Function,
    Lines,
    Node,
    Num,
    Root,
    Script,
    Sym,
    Terms,
    children,
    walk,
)
from errata.reading.vectors import Unlowered

POINTS = 3
"""Points at which a relation has to hold with the unit."""
_UNITS = frozenset({"i", "j", "ı", "ι"})
_CALLED = re.compile(r"(?:\$|\\\()\s*(?P<letter>[ijıι])\s*(?:\$|\\\))\s+(?:is|denotes|stands|counts|runs|ranges)\b")
"""A letter by itself of which a text says what it is."""
_CIRCULAR = frozenset({"cos", "sin", "cosh", "sinh", "cis"})


def has_imaginary_unit(sides: Sequence[Node]) -> bool:
    """Whether a letter of the imaginary unit stands in an exponent of e, or before a sine, and is no index anywhere."""
    letters = {letter for side in sides for letter in _as_unit(side)}
    return bool(letters - {letter for side in sides for letter in _as_index(side)})


def said_unit(roots: Sequence[Lines], sides: Sequence[Node]) -> str | None:
    """A letter of the sides, no index in them, of which a formula says that its square is −1, or that it is the root of
    −1."""
    used = {n.name for side in sides for n in walk(side) if isinstance(n, Sym)}
    used -= {letter for side in sides for letter in _as_index(side)}
    said = (letter for root in roots for n in walk(root) if isinstance(n, Chain) for letter in _squares_to_minus_one(n))
    return next((letter for letter in said if letter in used), None) if used & _UNITS else None


def holds_with_unit(roots: Sequence[Lines], pair: Pair, text: str) -> str | None:
    """A letter of a relation by which it holds where the letter is the root of −1; None where there is none, and where
    the document says anything else of it, or has another root of −1."""
    sides = (pair.left, pair.right)
    if any(_introduces_a_unit(root) for root in roots):
        return None
    used = {n.name for side in sides for n in walk(side) if isinstance(n, Sym)} & _UNITS
    used -= {letter for side in sides for letter in _as_index(side)}
    used -= {said["letter"] for said in _CALLED.finditer(text)}
    if not used:
        return None
    generic = Generic(sizes_in(0, *sides))
    try:
        left, right = (lower_side(side, generic) for side in sides)
    except (Unlowered, RecursionError):
        return None
    for letter in sorted(used):
        unit = {sp.Symbol(letter, real=True): sp.I}
        others = sorted((left.free_symbols | right.free_symbols) - unit.keys(), key=str)
        points = ({name: sp.Rational(3 + 2 * k * n, 5 + k) for n, name in enumerate(others, 1)} for k in range(POINTS))
        if all(_is_zero((left - right).xreplace(unit).xreplace(point)) for point in points):
            return letter
    return None


def _introduces_a_unit(root: Lines) -> bool:
    """Whether a formula says what a letter of the unit or its square is."""
    heads = (n.items[0] for n in walk(root) if isinstance(n, Chain))
    bases = (head.base if isinstance(head, Script) and head.sub is None else head for head in heads)
    return any(isinstance(base, Sym) and base.name in _UNITS for base in bases)


def _is_zero(difference: sp.Expr) -> bool:
    try:
        return bool(abs(sp.N(difference, 30)) < sp.Float("1e-20"))
    except (TypeError, ValueError, ArithmeticError):
        return False


def _squares_to_minus_one(chain: Chain) -> Iterator[str]:
    for left, relation, right in zip(chain.items, chain.relations, chain.items[1:], strict=False):
        base = left.base if isinstance(left, Script) and left.sub is None and left.sup is not None else left
        if relation.sign not in ("=", ":=", "≡") or not isinstance(base, Sym) or base.name not in _UNITS:
            continue
        squared = base is not left and isinstance(left, Script) and isinstance(left.sup, Num) and left.sup.text == "2"
        if (squared and _is_minus_one(right)) or (
            base is left and isinstance(right, Root) and right.index is None and _is_minus_one(right.body)
        ):
            yield base.name


def _is_minus_one(node: Node) -> bool:
    one = node.items[0] if isinstance(node, Terms) and len(node.items) == 1 and node.signs[0] in ("-", "−") else None
    return isinstance(one, Num) and one.text == "1"


def _as_unit(side: Node) -> Iterator[str]:
    for node in walk(side):
        if isinstance(node, Script) and isinstance(node.base, Sym) and node.base.name == "e" and node.sup is not None:
            yield from _factors(node.sup)
        elif isinstance(node, Function | Call) and isinstance(node.head, Sym) and node.head.name == "exp":
            yield from _factors(node.argument if isinstance(node, Function) else node.fence)
        elif isinstance(node, Factors) and any(_is_circular(item) for item in node.items):
            yield from (item.name for item in node.items if isinstance(item, Sym) and item.name in _UNITS)


def _factors(node: Node) -> Iterator[str]:
    """Letters of the unit that are factors in an exponent, or all of it."""
    if isinstance(node, Sym):
        yield from (node.name,) if node.name in _UNITS else ()
    elif not isinstance(node, Script | Call | Function | Big):
        for child in children(node):
            yield from _factors(child)


def _is_circular(node: Node) -> bool:
    return isinstance(node, Function | Call) and isinstance(node.head, Sym) and node.head.name in _CIRCULAR


def _as_index(side: Node) -> Iterator[str]:
    """Letters in subscripts, in what a sum runs over, and in chains such as i = 1."""
    for node in walk(side):
        below = node.sub if isinstance(node, Script) else node if isinstance(node, Chain) else None
        if below is not None:
            yield from (n.name for n in walk(below) if isinstance(n, Sym))
