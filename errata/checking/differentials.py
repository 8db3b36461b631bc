"""Relations between differentials, d(AB) = dA B + A dB, where the d is no factor: they follow by deriving.

A d that stands before something in every term of both sides may be one. Read as a number it could be left out, and
nobody would write it again and again.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import replace
from errata.reading.alike import bare
from errata.reading.calculus import is_differential_quotient
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.tree import (
    Call,
    Differential,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Prefix,
    Sym,
    Terms,
    walk,
)


def equates_differentials(pair: Pair) -> bool:
    """Whether both sides may be differentials, of which neither is a number times one measure: f(y) dy = g(y) dy says
    that f(y) = g(y)."""
    sides = (pair.left, pair.right)
    if not all(_is_differential(side) for side in sides) or not _are_several(pair):
        return False
    alone = [_only(side) for side in sides]
    if alone[0] is not None and alone[0] == alone[1]:
        return False
    measures = [_measure(side) for side in sides]
    return measures[0] is None or measures[0] != measures[1]


def without_measure(pair: Pair) -> Pair | None:
    """f(y) = g(y) for f(y) dy = g(y) dy, where a d stands nowhere else but in d/da; None for anything else."""
    sides = (pair.left, pair.right)
    measures = [_measure(side) for side in sides]
    if measures[0] is None or measures[0] != measures[1]:
        return None
    left, right = (_less(side, 2 * len(measures[0])) for side in sides)
    return None if left is None or right is None else replace(pair, left=left, right=right)


def _less(side: Node, end: int) -> Node | None:
    """A product without its last factors; None where there are no others."""
    if isinstance(side, Terms):
        inner = _less(side.items[0], end)
        return None if inner is None else replace(side, items=(inner,))
    assert isinstance(side, Factors)
    items = side.items[:-end]
    if len(items) < 2:
        return items[0] if items else None
    return replace(side, end=items[-1].end, signs=side.signs[:-end], items=items)


def _measure(side: Node) -> tuple[str, ...] | None:
    """The names after the d's that end a product, a d standing nowhere else but in d/da; None where there are none."""
    if isinstance(side, Terms) and side.signs == ("-",):
        return _measure(side.items[0])
    if not isinstance(side, Factors):
        return None
    items, end = side.items, len(side.items)
    while end >= 2 and _is_d(items[end - 2]) and is_name(items[end - 1]) and not side.signs[end - 1]:
        end -= 2
    rest = [n for item in items[:end] if not _derives(item) for n in walk(item)]
    if end == len(items) or any(_is_d(n) or isinstance(n, Differential) for n in rest):
        return None
    return tuple(key(item) for item in items[end + 1 :: 2])


def _only(side: Node) -> str | None:
    """The name after the one d of a product, which may stand over a fraction: f(x) dx/x; None beside another d."""
    if isinstance(side, Terms) and side.signs == ("-",):
        return _only(side.items[0])
    if not isinstance(side, Factors):
        return None
    nodes = [n for item in side.items if not _derives(item) for n in walk(item)]
    count = sum(_is_d(n) or isinstance(n, Differential) for n in nodes)
    found = list(_ending(side))
    return found[0] if count == len(found) == 1 else None


def _ending(product: Factors) -> Iterator[str]:
    """The names after the d's that end a product, or one that stands over a fraction in it: 2 dx/x."""
    if (name := _at_the_end(product)) is not None:
        yield name
    for item in product.items:
        inner = bare(item.top) if isinstance(item, Frac) else bare(item) if isinstance(item, Group) else None
        if isinstance(inner, Factors):
            yield from _ending(inner)


def _at_the_end(product: Factors) -> str | None:
    """The x of dx where these end a product."""
    *_, d, name = product.items
    return key(name) if _is_d(d) and is_name(name) and not product.signs[-1] else None


def _derives(node: Node) -> bool:
    """Whether a factor is d/da, which derives what stands after it."""
    return isinstance(node, Frac) and is_differential_quotient(node)


def _are_several(pair: Pair) -> bool:
    """Whether a d stands before more than a lone letter somewhere, d(AB), d tr B, d A^{-1}, or in the midst of a
    product: A dB."""
    return any(_acts(n) for side in (pair.left, pair.right) for n in walk(side))


def _acts(node: Node) -> bool:
    if isinstance(node, Call):
        return _is_d(node.head)
    if not isinstance(node, Factors):
        return False
    places = [n for n, item in enumerate(node.items[:-1]) if _is_d(item) and not node.signs[n + 1]]
    return any(n > 0 or not isinstance(node.items[n + 1], Sym) for n in places)


def _is_differential(node: Node) -> bool:
    """Whether each term has a d before something."""
    match node:
        case Group(body=body) | Fence(body=body):
            return body is not None and _is_differential(body)
        case Function(argument=argument):
            return _is_differential(argument)
        case Call(head=head, fence=fence):
            return _is_d(head) or _is_differential(fence)
        case Terms(items=items):
            return all(_is_differential(item) for item in items)
        case Factors(items=items, signs=signs):
            before = (_is_d(a) and not sign for a, sign in zip(items, signs[1:], strict=False))
            return any(before) or any(_is_differential(item) for item in items)
        case Prefix(operand=operand):
            return _is_differential(operand)
        case Frac(top=top):
            return not is_differential_quotient(node) and _is_differential(top)
        case Differential():
            return True
    return False


def _is_d(node: Node) -> bool:
    return isinstance(node, Sym) and node.name == "d" and node.font in ("", "roman", "text")
