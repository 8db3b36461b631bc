"""Sums and products with dots written out: x_1 + … + x_n is ∑_i x_i, k_1! ⋯ k_m! is ∏_j k_j!.

What stands before the dots and what stands after them differ in a whole number and a name only; that
is the index, and it runs from the one to the other. A multinomial coefficient over a list becomes factorials.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from claims.records import Record, fields, replace
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.tree import Binom, Dots, Factors, Fence, Group, Node, Num, Phrase, Sym, Terms, walk
from errata.reading.unparse import to_latex

_LETTERS = "ijklmrst"
_PLUS = frozenset({"", "+"})
_TIMES = frozenset({"", r"\cdot", r"\times", "·", "×", "*"})


class _Series(Record):
    """The summand or factor with its index, and the first and the last value of that."""

    body: Node
    index: str
    first: str
    last: Node


def without_ellipses(node: Node) -> Node:
    """A tree with each sum, product and multinomial coefficient with dots in it written out; others stay."""
    if not any(isinstance(n, Dots | Binom) for n in walk(node)):
        return node
    changes: dict[str, Any] = {}
    for name in fields(node):
        before = getattr(node, name)
        after = _inside(before)
        if after is not before:
            changes[name] = after
    node = replace(node, **changes) if changes else node
    match node:
        case Terms(signs=signs, items=items) if any(isinstance(i, Dots) for i in items):
            return _written(node, signs, items, _PLUS, r"\sum")
        case Factors(signs=signs, items=items) if any(isinstance(i, Dots) for i in items):
            return _written(node, signs, items, _TIMES, r"\prod")
        case Binom(top=top, bottom=bottom):
            return _multinomial(node, top, bottom)
    return node


def _inside(value: object) -> object:
    if isinstance(value, tuple):
        parts = tuple(_inside(v) for v in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    return without_ellipses(cast("Node", value)) if isinstance(value, Record) else value


def _written(node: Node, signs: Sequence[str], items: Sequence[Node], joins: frozenset[str], sign: str) -> Node:
    """The whole of a sum or a product as one ∑ or ∏, where it is one."""
    if not set(signs) <= joins:
        return node
    series = _series(items)
    if series is None:
        return node
    body, last = to_latex(series.body), to_latex(series.last)
    found = parse(rf"{sign}_{{{series.index} = {series.first}}}^{{{last}}} \left( {body} \right)").statements[0]
    return replace(found, start=node.start, end=node.end)


def _series(items: Sequence[Node]) -> _Series | None:
    """A(1), A(2), …, A(n), or A(1), …, A(n)."""
    places = [n for n, item in enumerate(items) if isinstance(item, Dots)]
    if len(places) != 1 or places[0] in (0, len(items) - 1):
        return None
    before, after = items[: places[0]], items[places[0] + 1 :]
    if len(after) != 1 or len(before) > 3:
        return None
    apart = set(_differences(before[0], after[0]))
    if len(apart) != 1:
        return None
    first, last = next(iter(apart))
    if not first.isdigit():
        return None
    ends = [n for n in walk(after[0]) if key(n) == last and (is_name(n) or isinstance(n, Terms))]
    used = {n.name for item in items for n in walk(item) if isinstance(n, Sym)}
    index = next((letter for letter in _LETTERS if letter not in used), None)
    if not ends or index is None:
        return None
    body = _with_index(before[0], after[0], index)
    for step, item in enumerate(before[1:], 1):
        if key(_with_number(body, index, int(first) + step)) != key(item):
            return None
    return _Series(body, index, first, ends[0])


def _differences(a: Node, b: Node) -> Iterator[tuple[str, str]]:
    """The pairs of parts in which two trees of one shape differ, as text; one pair of wholes where the shapes do."""
    if key(a) == key(b):
        return
    alike = type(a) is type(b) and not isinstance(a, Num | Sym)
    if not alike:
        yield key(a), key(b)
        return
    for name in fields(a):
        yield from _apart(getattr(a, name), getattr(b, name), name)


def _apart(one: object, other: object, name: str) -> Iterator[tuple[str, str]]:
    if name in ("start", "end"):
        return
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for x, y in zip(one, other, strict=True):
            yield from _apart(x, y, "")
    elif isinstance(one, Record) and isinstance(other, Record):
        yield from _differences(cast("Node", one), cast("Node", other))
    elif one != other:
        yield f"{one}?", f"{other}?"


def _with_index(a: Node, b: Node, index: str) -> Node:
    """The first of two trees with the index where they differ."""
    if key(a) == key(b):
        return a
    if type(a) is not type(b) or isinstance(a, Num | Sym):
        return Sym(a.start, a.end, index, "", index)
    changes: dict[str, Any] = {
        name: _indexed(getattr(a, name), getattr(b, name), index) for name in fields(a) if name not in ("start", "end")
    }
    return replace(a, **changes)


def _indexed(one: object, other: object, index: str) -> object:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(_indexed(x, y, index) for x, y in zip(one, other, strict=True))
    return _with_index(cast("Node", one), cast("Node", other), index) if isinstance(one, Record) else one


def _with_number(node: Node, index: str, number: int) -> Node:
    if isinstance(node, Sym) and node.name == index:
        return Num(node.start, node.end, str(number))
    changes: dict[str, Any] = {name: _numbered(getattr(node, name), index, number) for name in fields(node)}
    return replace(node, **changes)


def _numbered(value: object, index: str, number: int) -> object:
    if isinstance(value, tuple):
        return tuple(_numbered(v, index, number) for v in value)
    return _with_number(cast("Node", value), index, number) if isinstance(value, Record) else value


def _multinomial(node: Node, top: Node, bottom: Node) -> Node:
    """n!/(x_1! ⋯ x_k!) for n over a list."""
    inner = bottom.body if isinstance(bottom, Group | Fence) and bottom.body is not None else bottom
    if not isinstance(inner, Phrase) or not all("," in s or s == "" for s in inner.separators):
        return node
    items = inner.items
    if any(isinstance(i, Dots) for i in items):
        series = _series(items)
        if series is None:
            return node
        body, last = to_latex(series.body), to_latex(series.last)
        below = rf"\prod_{{{series.index} = {series.first}}}^{{{last}}} \left( \left( {body} \right)! \right)"
    else:
        below = " ".join(rf"\left( {to_latex(i)} \right)!" for i in items)
    found = parse(rf"\frac{{\left( {to_latex(top)} \right)!}}{{{below}}}").statements[0]
    return replace(found, start=node.start, end=node.end)
