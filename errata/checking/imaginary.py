"""Complex numbers, which are not judged: e^{iωt}, cos θ + i sin θ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.reading.tree import Big, Call, Chain, Factors, Function, Node, Script, Sym, children, walk

_UNITS = frozenset({"i", "j", "ı", "ι"})
_CIRCULAR = frozenset({"cos", "sin", "cosh", "sinh", "cis"})


def has_imaginary_unit(sides: Sequence[Node]) -> bool:
    """Whether a letter of the imaginary unit stands in an exponent of e, or before a sine, and is no index anywhere."""
    letters = {letter for side in sides for letter in _as_unit(side)}
    return bool(letters - {letter for side in sides for letter in _as_index(side)})


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
