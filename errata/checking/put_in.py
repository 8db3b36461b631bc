"""A step that puts numbers in for names: m v = 2 · 3, with no value for v before, gives v its value.

Nothing is claimed by such a step where it stands: each side is made of the same parts in the same order, a quantity on
the left and its number on the right. A quantity that has a value already must get that one, and one that stands twice
the same number twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from errata.checking.kinds import is_number
from errata.reading.lowering import Convention, lower
from errata.reading.names import is_name, key, named_call
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Binom, Factors, Fence, Frac, Group, Node, Num, Script, Styled, Terms
from errata.reading.vectors import Unlowered


def puts_numbers_in(pair: Pair, scope: Scope) -> bool:
    """Whether the right side is the left side with numbers for its quantities, at least two of them."""
    put: dict[str, str] = {}
    for quantity, number in _opposite(pair.left, pair.right):
        if number is None:
            return False
        name, value = key(quantity), key(number)
        if put.setdefault(name, value) != value or not _may_be(name, number, scope):
            return False
    return len(put) >= 2


def is_instance(pair: Pair) -> bool:
    """Whether the right side is the left one with the same number put in for a name in several places: for which case
    that is, the step says itself, whatever the name was before."""
    return any(len(values) > 1 for values in numbers_put_in(pair).values())


def numbers_put_in(pair: Pair) -> dict[str, list[Node]]:
    """The number that is put in for each name where the right side is the left one with numbers in it, as often as it
    is; none where it is anything else, or one name gets several numbers."""
    put: dict[str, list[Node]] = {}
    for quantity, number in _opposite(pair.left, pair.right, _is_closed):
        if number is None:
            return {}
        put.setdefault(key(quantity), []).append(number)
    return put if all(len({key(n) for n in numbers}) == 1 for numbers in put.values()) else {}


def _is_closed(node: Node) -> bool:
    try:
        lower(node, Scope(), Convention())
    except Unlowered:
        return False
    return True


def _opposite(
    left: Node, right: Node, is_value: Callable[[Node], bool] = is_number
) -> Iterator[tuple[Node, Node | None]]:
    """Each quantity on the left with the number in its place on the right; None where there is none."""
    left, right = _bare(left), _bare(right)
    match left, right:
        case (Num(text=a), Num(text=b)) if a == b:
            return
        case (Terms() | Factors(), Terms() | Factors()) if type(left) is type(right) and _signs(left) == _signs(right):
            for one, other in zip(left.items, right.items, strict=True):
                yield from _opposite(one, other, is_value)
        case (Frac(), Frac()):
            yield from _opposite(left.top, right.top, is_value)
            yield from _opposite(left.bottom, right.bottom, is_value)
        case (Binom(), Binom()):
            yield from _opposite(left.top, right.top, is_value)
            yield from _opposite(left.bottom, right.bottom, is_value)
        case (Script(sub=None, sup=one), Script(sub=None, sup=other)) if one and other and key(one) == key(other):
            yield from _opposite(left.base, right.base, is_value)
        case (Script(sub=None, sup=one), Script(sub=None, sup=other)) if one and other and is_number(left.base):
            if key(left.base) != key(right.base):
                yield left, None
            yield from _opposite(one, other, is_value)
        case (Fence(open="|", body=one), Fence(open="|", body=other)) if one is not None and other is not None:
            yield from _opposite(one, other, is_value)
        case _:
            is_quantity = is_name(left) or named_call(left)
            yield left, right if is_quantity and is_value(right) else None


def _signs(node: Terms | Factors) -> list[str]:
    """The signs before the items, all ways to write a product taken as one."""
    return ["" if sign in (r"\cdot", r"\times", "*", "·", "×") else sign for sign in node.signs]


def _bare(node: Node) -> Node:
    while True:
        match node:
            case Group(body=inner) | Styled(body=inner) if not is_name(node):
                node = inner
            case Fence(open="(", body=inner) if inner is not None and not is_number(node):
                node = inner
            case Terms(signs=("",), items=(inner,)):
                node = inner
            case _:
                return node


def _may_be(name: str, number: Node, scope: Scope) -> bool:
    """Whether the scope has no other value for a name."""
    known = scope.value(name)
    if known is None:
        return True
    try:
        return bool(lower(number, scope, Convention()).expression == known.printed)
    except Unlowered:
        return False
