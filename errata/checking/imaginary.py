"""Complex numbers, which are not judged: e^{iωt}, cos θ + i sin θ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

_UNITS = frozenset({"i", "j", "ı", "ι"})
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
