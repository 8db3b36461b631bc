"""tr(I) beside numbers: it is the dimension, which they may give, as 2 in tr(−I) + ½ tr(I) = −2 + 1."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from errata.reading.names import is_name
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Call, Factors, Fence, Function, Group, Node, Num, Styled, Sym, Terms, walk

MOST = 12
"""The largest dimension that is tried: those of examples are small."""


def with_dimensions(pair: Pair) -> Iterator[tuple[Pair, str]]:
    """The relation in each dimension, where nothing but traces of the identity and numbers is in it."""
    sides = [_with(side, 1) for side in (pair.left, pair.right)]
    if sides[0] is pair.left and sides[1] is pair.right:
        return
    if any(is_name(n) for side in sides for n in walk(side)):
        return
    for size in range(2, MOST + 1):
        yield replace(pair, left=_with(pair.left, size), right=_with(pair.right, size)), f"I is {size} by {size}"


def _with(node: Node, size: int) -> Node:
    """An expression with n for tr(I), and −n for tr(−I)."""

    def put_in(n: Node) -> Node | None:
        inside = _traced(n)
        if inside is None or not any(map(_is_identity, walk(inside))):
            return None
        number = rebuilt(inside, lambda m: _bracketed(m, Num(m.start, m.end, str(size))) if _is_identity(m) else None)
        return _bracketed(n, number)

    return rebuilt(node, put_in)


def _bracketed(place: Node, inside: Node) -> Node:
    return Fence(place.start, place.end, "(", inside, ")")


def _traced(node: Node) -> Node | None:
    """What the trace is taken of, where it is a multiple of one matrix."""
    if isinstance(node, Call):
        head, inside = node.head, node.fence
    elif isinstance(node, Function):
        head, inside = node.head, node.argument
    else:
        return None
    while isinstance(inside, Fence | Group) and inside.body is not None:
        inside = inside.body
    named = isinstance(head, Sym) and head.name.lower() in ("tr", "trace")
    plain = all(isinstance(n, Num | Sym | Styled | Group | Fence | Factors | Terms) for n in walk(inside))
    sums = any(isinstance(n, Terms) and len(n.items) > 1 for n in walk(inside))
    return inside if named and plain and not sums and sum(map(_is_identity, walk(inside))) == 1 else None


def _is_identity(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "I"
