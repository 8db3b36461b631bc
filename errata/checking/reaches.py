"""How far a function without brackets and a slash reach: ln λ e^λ, log ½ ∑ x, sin θ (2 cos θ − 1), 1/3 (1 − x).

Nothing in the notation says it, so that a relation that fails as it is read may hold in the other reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.records import replace
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Factors, Function, Node

NARROW = "a function without a bracket ends before the factors behind it"
WIDE = "a function without a bracket reaches over the factors behind it"
SLASH = "a/b c means (a/b) c"


def with_other_reaches(pair: Pair) -> Iterator[tuple[Pair, str]]:
    """The relation with other reaches, on both sides and on one of them, each with what is meant then."""
    for change, meant in ((_narrow, NARROW), (_but_the_last, NARROW), (_wide, WIDE), (_narrow_slash, SLASH)):
        yield from ((other, meant) for other in _changed(pair, change))


def _changed(pair: Pair, change: Callable[[Node], Node | None]) -> Iterator[Pair]:
    left, right = rebuilt(pair.left, change), rebuilt(pair.right, change)
    sides = (left is not pair.left, right is not pair.right)
    if any(sides):
        yield replace(pair, left=left, right=right)
    if all(sides):
        yield replace(pair, left=left)
        yield replace(pair, right=right)


def _product(node: Factors, items: tuple[Node, ...], signs: tuple[str, ...]) -> Node:
    if len(items) == 1:
        return items[0]
    return replace(node, start=items[0].start, end=items[-1].end, items=items, signs=("", *signs[1:]))


def _ended(node: Node, count: int) -> Node | None:
    """f(a) b for f(a b), where so many factors stay inside; a negative count is one from the end."""
    inside = node.argument if isinstance(node, Function) else None
    if not isinstance(node, Function) or not isinstance(inside, Factors) or any(inside.signs):
        return None
    items = tuple(rebuilt(item, lambda n: _ended(n, count)) for item in inside.items)
    within = _product(inside, items[:count], inside.signs[:count])
    narrow = replace(node, argument=within, end=within.end)
    rest = items[count:]
    return Factors(node.start, node.end, ("", *("" for _ in rest)), (narrow, *rest))


def _narrow(node: Node) -> Node | None:
    return _ended(node, 1)


def _but_the_last(node: Node) -> Node | None:
    inside = node.argument if isinstance(node, Function) else None
    return _ended(node, -1) if isinstance(inside, Factors) and len(inside.items) > 2 else None


def _wide(node: Node) -> Node | None:
    """f(a b) for f(a) b."""
    if not isinstance(node, Factors):
        return None
    for at, item in enumerate(node.items[:-1]):
        end = at + 1
        while end < len(node.items) and not node.signs[end]:
            end += 1
        if not isinstance(item, Function) or end == at + 1:
            continue
        within = _product(node, (item.argument, *node.items[at + 1 : end]), ("", *node.signs[at + 1 : end]))
        whole = replace(item, argument=within, end=within.end)
        return _product(node, (*node.items[:at], whole, *node.items[end:]), (*node.signs[: at + 1], *node.signs[end:]))
    return None


def _narrow_slash(node: Node) -> Node | None:
    """(a/b) · c for a/b c."""
    if not isinstance(node, Factors) or "/" not in node.signs[:-1]:
        return None
    after = {at + 1 for at, sign in enumerate(node.signs) if sign == "/"}
    if not any(at < len(node.signs) and not node.signs[at] for at in after):
        return None
    signs = tuple(r"\cdot" if at in after and not sign else sign for at, sign in enumerate(node.signs))
    return replace(node, signs=signs)
