"""Two trees that are built alike: which of their parts stand in the same places, and which differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, zip_longest

from claims.records import replace
from errata.reading.matrix_notation import transposes
from errata.reading.names import is_name, key
from errata.reading.tree import (
    Bar,
    Big,
    Binom,
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Phrase,
    Root,
    Script,
    Terms,
)

MOST_SHUFFLED = 3
"""Terms of a sum that are held against those of the other side in any order."""
Parts = tuple[tuple[Node, Node], ...]
Places = list[tuple[int, int]]


def suspects(left: Node, right: Node) -> tuple[Places, Places]:
    """The places in either tree that don't stand in the other one as well: where a slip must be."""
    left, right = bare(left), bare(right)
    if key(left) == key(right):
        return [], []
    if isinstance(left, Terms) or isinstance(right, Terms):
        alone, rest = apart(terms(left), terms(right))
        if (
            len(alone) == len(rest) == 1
            and alone[0][0] == rest[0][0]
            and not (alone[0][1] is left or rest[0][1] is right)
        ):
            return suspects(alone[0][1], rest[0][1])
        return [(n.start, n.end) for _, n in alone], [(n.start, n.end) for _, n in rest]
    parts = list(alike(left, right))
    if not parts:
        return [(left.start, left.end)], [(right.start, right.end)]
    found = [suspects(a, b) for a, b in parts[-1]]
    return [p for one, _ in found for p in one], [p for _, other in found for p in other]


def bare(node: Node) -> Node:
    """A node without brackets that only hold it together."""
    while True:
        match node:
            case Group(body=inner):
                node = inner
            case Fence(open="(" | "[", body=inner, close=")" | "]") if inner is not None and not isinstance(
                inner, Phrase | Bar
            ):
                node = inner
            case Terms(signs=("",), items=(inner,)):
                node = inner
            case _:
                return node


def alike(left: Node, right: Node) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """The ways in which two nodes are built alike, each as the parts that stand in the same places."""
    match left, right:
        case (Terms(), Terms()) | (Terms(), _) | (_, Terms()):
            yield from _sums(terms(left), terms(right))
        case (Factors(), Factors()):
            yield from _products(left, right)
        case (Frac(), Frac()):
            yield ((left.top, right.top), (left.bottom, right.bottom))
        case (Binom(), Binom()):
            yield ((left.top, right.top), (left.bottom, right.bottom))
        case (Root(), Root()) if _same(left.index, right.index):
            yield ((left.body, right.body),)
        case (Script(), Script()) if left.primes == right.primes:
            yield from _scripts(left, right)
        case (Fence(), Fence()) if (left.open, left.close) == (right.open, right.close):
            if left.body is not None and right.body is not None:
                yield ((left.body, right.body),)
        case (Call(), Call()) if key(left.head) == key(right.head):
            yield ((left.fence, right.fence),)
        case (Function(), Function()) if key(left.head) == key(right.head):
            yield ((left.argument, right.argument),)
        case (Function(), Call()) if key(left.head) == key(right.head):
            yield ((left.argument, right.fence),)
        case (Call(), Function()) if key(left.head) == key(right.head):
            yield ((left.fence, right.argument),)
        case (Big(), Big()) if _same_operator(left, right) and left.body is not None and right.body is not None:
            yield ((left.body, right.body),)
        case (Bar(), Bar()) if left.sign == right.sign:
            yield ((left.left, right.left), (left.right, right.right))
        case (Chain(), Chain()) if [r.sign for r in left.relations] == [r.sign for r in right.relations]:
            yield tuple(zip(left.items, right.items, strict=True))
        case (Phrase(), Phrase()) if left.separators == right.separators and len(left.items) == len(right.items):
            yield tuple(zip(left.items, right.items, strict=True))


def _same(one: Node | None, other: Node | None) -> bool:
    return (one is None) == (other is None) and (one is None or other is None or key(one) == key(other))


def _same_operator(left: Big, right: Big) -> bool:
    same = key(left.head) == key(right.head)
    return same and [key(d) for d in left.differentials] == [key(d) for d in right.differentials]


def _scripts(left: Script, right: Script) -> Iterator[tuple[tuple[Node, Node], ...]]:
    named = is_name(left) or is_name(right)
    if left.sup is not None and right.sup is not None and (transposes(left.sup) or not named):
        if key(left.sup) == key(right.sup):
            yield ((_without_power(left), _without_power(right)),)
        elif not transposes(left.sup) and not transposes(right.sup):
            yield ((_without_power(left), _without_power(right)), (left.sup, right.sup))
    elif left.sup is None and right.sup is None and not named and _same(left.sub, right.sub):
        yield ((left.base, right.base),)


def _without_power(node: Script) -> Node:
    return node.base if node.sub is None else replace(node, sup=None)


def terms(node: Node) -> list[tuple[str, Node]]:
    """The terms of a sum with their signs, those of bracketed sums with a plus before them included."""
    node = bare(node)
    if not isinstance(node, Terms):
        return [("+", node)]
    out: list[tuple[str, Node]] = []
    for sign, item in zip(node.signs, node.items, strict=True):
        if sign in ("", "+"):
            out += terms(item)
        else:
            out.append((sign, bare(item)))
    return out


def _sums(left: list[tuple[str, Node]], right: list[tuple[str, Node]]) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """Sums without the terms that stand on both sides: term against term, then what is left as a whole."""
    alone, rest = apart(left, right)
    if not alone or not rest:
        return
    smaller = len(alone) < max(len(left), len(right)) or len(alone) > 1 or alone[0][0] != "+"
    if smaller and sorted(sign for sign, _ in alone) == sorted(sign for sign, _ in rest):
        for order in permutations(rest) if len(rest) <= MOST_SHUFFLED else (rest,):
            if [sign for sign, _ in alone] == [sign for sign, _ in order]:
                yield tuple((a, b) for (_, a), (_, b) in zip(alone, order, strict=True))
    if len(alone) < len(left):
        yield ((_sum(alone), _sum(rest)),)


def apart(
    left: list[tuple[str, Node]], right: list[tuple[str, Node]]
) -> tuple[list[tuple[str, Node]], list[tuple[str, Node]]]:
    """The terms of two sums without those that stand in both."""
    rest = list(right)
    alone = []
    for sign, item in left:
        same = next((n for n, (s, i) in enumerate(rest) if s == sign and key(i) == key(item)), None)
        if same is None:
            alone.append((sign, item))
        else:
            del rest[same]
    return alone, rest


def _sum(parts: list[tuple[str, Node]]) -> Node:
    if len(parts) == 1 and parts[0][0] == "+":
        return parts[0][1]
    signs = tuple("" if n == 0 and sign == "+" else sign for n, (sign, _) in enumerate(parts))
    return Terms(parts[0][1].start, parts[-1][1].end, signs, tuple(item for _, item in parts))


def _products(left: Factors, right: Factors) -> Iterator[tuple[tuple[Node, Node], ...]]:
    """Products of the same length factor by factor; without what both begin and end with, what is left as a whole."""
    if len(left.items) == len(right.items):
        yield tuple(zip(left.items, right.items, strict=True))
    first = _common(left.items, right.items)
    last = min(_common(left.items[::-1], right.items[::-1]), len(left.items) - first, len(right.items) - first)
    one, other = _cut(left, first, last), _cut(right, first, last)
    if (first or last) and one is not None and other is not None:
        yield ((one, other),)


def _common(left: tuple[Node, ...], right: tuple[Node, ...]) -> int:
    same = (a is not None and b is not None and key(a) == key(b) for a, b in zip_longest(left, right))
    return next((n for n, equal in enumerate(same) if not equal), 0)


def _cut(node: Factors, first: int, last: int) -> Node | None:
    items = node.items[first : len(node.items) - last]
    signs = node.signs[first : len(node.items) - last]
    if any(s not in ("", r"\cdot", r"\times", "*") for s in (*signs, *node.signs)):
        return None
    if not items:
        return None
    return items[0] if len(items) == 1 else Factors(items[0].start, items[-1].end, ("", *signs[1:]), items)
