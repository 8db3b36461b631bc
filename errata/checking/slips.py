"""The slips that authors make, planted in or taken out of a formula: one small edit of its tree at a time.

The same edits serve twice. Undone in a wrong formula they are repairs; planted in a right one they test the judge.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar, cast

from claims.records import Record, replace
from errata.reading.alike import Places
from errata.reading.calculus import derivation, is_derivative
from errata.reading.indicators import chains, condition
from errata.reading.names import is_name, is_transpose, key, names_in
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Differential,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Node,
    Num,
    Phrase,
    Relation,
    Script,
    Styled,
    Sym,
    Terms,
    child_fields,
    children,
)

_T = TypeVar("_T")
PI = r"\pi"
"""The key of π, which stands for no name of the other side, but may by a slip stand where one should."""
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
MOST_NUMBER = 12
"""Numbers beyond this are not changed by one."""


class Slip(Record):
    """An edit: its kind, the edited formula, and the place in the old one."""

    kind: str
    node: Node
    start: int
    end: int


def slips(
    root: Node,
    beside: Node | None = None,
    places: Places | None = None,
    common: Container[str] = (),
    spare: Sequence[Node] = (),
) -> Iterator[Slip]:
    """Every formula that is one slip away, the commonest kinds first; within some places only, where these are given.

    ``beside`` is what it should equal: a name of it that is missing may have been taken for one that both have, or for
    one in ``common``, which both sides of a larger relation have. Names in ``spare`` may have been taken for any other.
    """
    found: dict[str, list[tuple[Node, Node]]] = {kind: [] for kind in KINDS}
    if not isinstance(root, Terms | Num) and not is_name(root) and _is_at(root, places):
        found["sign"].append((root, Terms(root.start, root.end, ("-",), (root,))))
    for node in quantities(root):
        if _is_at(node, places):
            for kind, edited in _edits(node):
                found[kind].append((node, edited))
    whole = Rewriting(root)
    for kind in KINDS:
        for node, edited in found[kind]:
            yield Slip(kind, whole.of(node, edited), node.start, node.end)
    yield from _other_names(whole, root, beside, places, common, spare)


def _is_at(node: Node, places: Places | None) -> bool:
    return places is None or any(node.start < end and start < node.end for start, end in places)


KINDS = (
    "sign", "direction", "factor-2", "factor-1/2", "square", "lost-term", "bracket", "log", "inverse", "off-by-one",
    "name",
)  # fmt: skip
"""Kinds of slips, in the order in which repairs are tried."""


def rewritten(root: Node, old: Node, new: Node) -> Node:
    """The tree with one node, told by identity, replaced."""
    if root is old:
        return new
    changed: dict[str, Any] = {}
    for name in child_fields(type(root)):
        value = getattr(root, name)
        fresh = _within(value, old, new)
        if fresh is not value:
            changed[name] = fresh
    return replace(root, **changed) if changed else root


def _within(value: object, old: Node, new: Node) -> object:
    if isinstance(value, tuple):
        fresh = tuple(_within(v, old, new) for v in value)
        return value if all(a is b for a, b in zip(fresh, value, strict=True)) else fresh
    return None if value is None else rewritten(cast("Node", value), old, new)


class Rewriting:
    """A tree in which one node after the other is replaced: what is above each one is looked for once for all."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._above: dict[int, Node] | None = {}
        stack = [root]
        while stack:
            node = stack.pop()
            for child in children(node):
                if self._above is None or id(child) in self._above:
                    self._above = None  # one node stands in two places, and is replaced in both
                    return
                self._above[id(child)] = node
                stack.append(child)

    def of(self, old: Node, new: Node) -> Node:
        """The tree with one of its nodes, told by identity, replaced."""
        if self._above is None:
            return rewritten(self._root, old, new)
        while old is not self._root:
            above = self._above.get(id(old))
            if above is None:
                return self._root
            old, new = above, replace(above, **_with(above, old, new))
        return new


def _with(above: Node, old: Node, new: Node) -> dict[str, Any]:
    """The field of a node in which another one stands, with that one replaced."""
    for name in child_fields(type(above)):
        value = getattr(above, name)
        if value is old:
            return {name: new}
        if isinstance(value, tuple) and (changed := _put_for(value, old, new)) is not value:
            return {name: changed}
    return {}


def _put_for(value: tuple[Any, ...], old: Node, new: Node) -> tuple[Any, ...]:
    """The same with one of the nodes in it, or in a row of it, replaced."""
    for i, v in enumerate(value):
        changed = new if v is old else _put_for(v, old, new) if isinstance(v, tuple) else v
        if changed is not v:
            return (*value[:i], changed, *value[i + 1 :])
    return value


def quantities(root: Node) -> Iterator[Node]:
    """The parts of a formula that have a value: not the names of functions, not indices, not what a sum binds, neither
    the T of a transpose nor the d of a derivative."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Script):
            powers = isinstance(node.base, Script) and not is_name(node.base)  # (v²)ᵀ
            below: list[Node] = [node.base] if powers or isinstance(node.base, Fence | Group | Frac) else []
            if node.sup is not None and not is_name(node) and not is_transpose(node.sup):
                below.append(node.sup)
        elif isinstance(node, Function):
            below = [node.argument]
        elif isinstance(node, Call):
            below = list(children(node.fence))
        elif isinstance(node, Big):
            below = [node.body] if node.body is not None else []
        elif isinstance(node, Accent | Styled | Relation | Differential):
            below = []
        elif isinstance(node, Frac) and is_derivative(node):
            found = derivation(node)
            operand = None if found is None else found.operand
            below = [part for part in children(node.top) if part is operand]
        else:
            below = list(children(node))
        stack.extend(reversed(below))


_OTHER_WAYS = {
    "<": ((">", ">"), ("≥", r"\ge")), ">": (("<", "<"), ("≤", r"\le")),
    "≤": (("≥", r"\ge"), (">", ">")), "≥": (("≤", r"\le"), ("<", "<")),
}  # fmt: skip
"""The comparisons that each one may have been taken for: turned round, and where it doesn't hold."""


def _edits(node: Node) -> Iterator[tuple[str, Node]]:
    asked = condition(node)
    for relation in (r for chain in (chains(asked) if asked is not None else ()) for r in chain.relations):
        for sign, latex in _OTHER_WAYS.get(relation.sign, ()):
            yield "direction", rewritten(node, relation, replace(relation, sign=sign, latex=latex))
    match node:
        case Terms():
            yield from _edits_of_terms(node)
        case Frac():
            yield "inverse", replace(node, top=node.bottom, bottom=node.top)
            yield "factor-2", replace(node, top=times(2, node.top))
            yield "factor-1/2", replace(node, bottom=times(2, node.bottom))
            if isinstance(node.top, Num) and node.top.text in ("1", "2"):
                yield "factor-2", replace(node, top=replace(node.top, text="2" if node.top.text == "1" else "1"))
        case Script(sup=Num(text="2")) if not is_name(node):
            bare = node.base if node.sub is None else replace(node, sup=None)
            yield "square", bare
        case Script(sup=None) | Sym() | Accent() if is_name(node):
            yield "square", _squared(node)
        case Call() | Fence(body=Terms()):
            if isinstance(node, Call) and (inner := _exponent(node)) is not None:
                yield "sign", rewritten(node, inner, _negated(inner))
            yield "square", Script(node.start, node.end, node, None, Num(node.end, node.end, "2"))
        case Function(argument=argument):
            if (inner := _exponent(node)) is not None:
                yield "sign", rewritten(node, inner, _negated(inner))
            yield "log", argument
        case Num(text=text) if text.isdigit() and int(text) <= MOST_NUMBER:
            for other in (int(text) + 1, int(text) - 1):
                if other >= 0:
                    yield "off-by-one", Num(node.start, node.end, str(other))
        case Factors():
            yield from _edits_of_factors(node)
        case Big(head=Script(sup=Sym() as top) as head):
            less = Terms(top.start, top.end, ("", "-"), (top, Num(top.start, top.end, "1")))
            yield "off-by-one", replace(node, head=replace(head, sup=less))
        case _:
            return


def _exponent(node: Call | Function) -> Node | None:
    """What exp is applied to, where it bears no sign that could be the wrong one: exp(x²/2)."""
    if not isinstance(node.head, Sym) or node.head.name != "exp":
        return None
    inner = node.fence if isinstance(node, Call) else node.argument
    while isinstance(inner, Fence | Group) and inner.body is not None:
        inner = inner.body
    return None if isinstance(inner, Terms | Phrase) else inner


def _negated(node: Node) -> Node:
    return Terms(node.start, node.end, ("-",), (node,))


def _edits_of_terms(node: Terms) -> Iterator[tuple[str, Node]]:
    for i in (*range(1, len(node.signs)), 0):  # a sign before the first term is seldom the one that is wrong
        sign = node.signs[i]
        flipped = {"-": "+" if i else "", "−": "+" if i else "", "+": "-", "": "-"}.get(sign)
        if flipped is not None:
            signs = (*node.signs[:i], flipped, *node.signs[i + 1 :])
            yield "sign", _tidy(replace(node, signs=signs))
    if len(node.items) == 2 and node.signs[0] == "" and node.signs[1] in ("-", "−"):
        yield "sign", replace(node, items=(node.items[1], node.items[0]))
    for i in range(len(node.items)):
        yield "factor-2", replace(node, items=_put(node.items, i, times(2, node.items[i])))
        yield "factor-1/2", replace(node, items=_put(node.items, i, _half(node.items[i])))
    for i in range(1, len(node.items)):
        if (wider := _bracketed(node, i)) is not None:
            yield "bracket", wider
    if len(node.items) > 1:
        for i in range(len(node.items)):
            signs, items = _without(node.signs, i), _without(node.items, i)
            yield (
                "lost-term",
                _tidy(replace(node, signs=("" if signs[0] == "+" else signs[0], *signs[1:]), items=items)),
            )


def _bracketed(node: Terms, i: int) -> Node | None:
    """a + b c as (a + b) c, for the product at place ``i`` and the term before it."""
    product = node.items[i]
    if not isinstance(product, Factors) or product.signs[1] not in ("", r"\cdot"):
        return None
    both = Terms(node.items[i - 1].start, product.end, ("", node.signs[i]), (node.items[i - 1], product.items[0]))
    fence = Fence(both.start, both.end, "(", both, ")")
    wide = replace(product, items=(fence, *product.items[1:]))
    signs = (*node.signs[:i], *node.signs[i + 1 :])
    return _tidy(replace(node, signs=signs, items=(*node.items[: i - 1], wide, *node.items[i + 1 :])))


def _edits_of_factors(node: Factors) -> Iterator[tuple[str, Node]]:
    if len(node.items) < 2:
        return  # a sign of multiplication with nothing before it: y^{*2}
    first = node.items[0]
    if isinstance(first, Num) and first.text == "2":
        rest = node.items[1:]
        yield "factor-2", rest[0] if len(rest) == 1 else Factors(node.start, node.end, ("", *node.signs[2:]), rest)
    if isinstance(first, Frac) and isinstance(first.top, Num) and isinstance(first.bottom, Num):
        rest = node.items[1:]
        yield "factor-1/2", rest[0] if len(rest) == 1 else Factors(node.start, node.end, ("", *node.signs[2:]), rest)


def _other_names(
    whole: Rewriting,
    root: Node,
    beside: Node | None,
    within: Places | None,
    common: Container[str],
    spare: Sequence[Node],
) -> Iterator[Slip]:
    """Each name in turn read as each other one."""
    places, there = _named(root), {} if beside is None else _anywhere(beside)
    within_powers = {} if beside is None else _anywhere(root)
    missing = {name: node for name, node in {**there, **within_powers}.items() if name not in places}
    shared = {*there, *(names_in(beside) if beside is not None else ())}  # also as the n up to which a sum runs
    for name, nodes in places.items():
        for node in (n for n in nodes if _is_at(n, within)):
            for other, others in places.items():
                if other != name:
                    yield Slip("name", whole.of(node, _in_place(others[0], node)), node.start, node.end)
            known = missing.values() if name in shared or name in common or name == PI else ()
            for stand_in in (*known, *(n for n in spare if key(n) not in places)):
                yield Slip("name", whole.of(node, _in_place(stand_in, node)), node.start, node.end)


def _in_place(node: Node, of: Node) -> Node:
    """A node as if it stood where another one does."""
    return replace(node, start=of.start, end=of.end)


def _anywhere(root: Node) -> Mapping[str, Node]:
    """The names of a formula, those with a power or a transpose or before a bracket included: the S of S⁻¹(x − m)."""
    found: dict[str, Node] = {}
    for node in quantities(root):
        part = _base(node.head if isinstance(node, Call) else node)
        if part is not None:
            found.setdefault(key(part), part)
    return found


def _base(node: Node) -> Node | None:
    """The name that a node is, or is a power of; None for what is neither."""
    if isinstance(node, Script) and node.sup is not None and not is_name(node):
        node = node.base if node.sub is None else replace(node, sup=None)
    return node if is_name(node) else None


def _named(root: Node) -> Mapping[str, list[Node]]:
    """Where each name stands."""
    places: dict[str, list[Node]] = {}
    for node in quantities(root):
        if is_name(node):
            places.setdefault(key(node), []).append(node)
    return places


def times(number: int, node: Node) -> Node:
    """A node with a factor before it, multiplied into the number that it begins with."""
    factor = Num(node.start, node.start, str(number))
    if isinstance(node, Group):
        return replace(node, body=times(number, node.body))
    if isinstance(node, Terms):
        node = Fence(node.start, node.end, "(", node, ")")
    if isinstance(node, Num) and _DECIMAL.fullmatch(node.text):  # "2 1" would be read as 21
        return Num(node.start, node.end, str(number * Decimal(node.text)))
    if isinstance(node, Factors) and isinstance(first := node.items[0], Num) and _DECIMAL.fullmatch(first.text):
        return replace(node, items=(times(number, first), *node.items[1:]))
    if isinstance(node, Factors):
        return Factors(node.start, node.end, ("", r"\cdot", *node.signs[1:]), (factor, *node.items))
    return Factors(node.start, node.end, ("", ""), (factor, node))


def _half(node: Node) -> Node:
    if isinstance(node, Num) and node.text.isdecimal():  # 1 for 2, and 3/2 for 3
        whole, rest = divmod(int(node.text), 2)
        two = Num(node.start, node.start, "2")
        return Frac(node.start, node.end, node, two) if rest else Num(node.start, node.end, str(whole))
    half = Frac(node.start, node.start, Num(node.start, node.start, "1"), Num(node.start, node.start, "2"))
    if isinstance(node, Terms):
        node = Fence(node.start, node.end, "(", node, ")")
    if isinstance(node, Factors):
        return Factors(node.start, node.end, ("", *node.signs), (half, *node.items))
    return Factors(node.start, node.end, ("", ""), (half, node))


def _squared(node: Node) -> Node:
    two = Num(node.end, node.end, "2")
    if isinstance(node, Script):
        return replace(node, sup=two)
    return Script(node.start, node.end, node, None, two)


def _tidy(node: Terms) -> Node:
    return node.items[0] if len(node.items) == 1 and not node.signs[0] else node


def _put(items: tuple[Node, ...], i: int, item: Node) -> tuple[Node, ...]:
    return (*items[:i], item, *items[i + 1 :])


def _without(items: tuple[_T, ...], i: int) -> tuple[_T, ...]:
    return (*items[:i], *items[i + 1 :])
