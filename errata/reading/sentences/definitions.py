"""What a document defines, names and functions by their first expression, and the unfolding of these definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import is_
from typing import Any

from claims.records import Record, replace
from errata.reading.names import is_name, key, parameters
from errata.reading.relations import stated
from errata.reading.sentences.heads import argument_of, law_of, listed, operator
from errata.reading.tree import (
    Bar,
    Call,
    Differential,
    Fence,
    Gap,
    Group,
    Lines,
    Node,
    Num,
    Script,
    Text,
    child_fields,
    walk,
)
from errata.reading.vectors import Unlowered

DEFINING = ("=", ":=", "≡", "≜")
MOST_UNFOLDED = 20


class Definitions(Record):
    """The first expression that a document gives for each name, and for each function with its parameters."""

    names: Mapping[str, Node]
    functions: Mapping[str, tuple[tuple[str, ...], Node]]
    places: frozenset[tuple[str, int]]
    """Each name and function that some formula defines, with the number of the formula."""


def definitions_of(roots: Iterable[Lines], letters: frozenset[str]) -> Definitions:
    """The definitions of a document, each by its first place."""
    roots = tuple(roots)
    names: dict[str, Node] = {}
    functions: dict[str, tuple[tuple[str, ...], Node]] = {}
    places: set[tuple[str, int]] = set()
    for number, root in enumerate(roots):
        for chain in stated(root):
            if chain.chain.relations[0].sign not in DEFINING:
                continue
            left, right = chain.chain.items[0], chain.chain.items[1]
            if isinstance(right, Gap) or any(isinstance(n, Text) for n in walk(right)):
                continue
            if isinstance(left, Call):
                found = _of_function(left, letters)
                if found is not None and key(left.head) not in {key(n) for n in walk(right) if is_name(n)}:
                    functions.setdefault(key(left.head), (found, right))
                    places.add((key(left.head).lower(), number))
            elif is_name(left) and not _is_number(right) and key(left) not in {key(n) for n in walk(right)}:
                names.setdefault(key(left), right)
                places.add((key(left).lower(), number))
    for name, defined, number in _at_the_end(roots, letters):
        if name not in functions:
            functions[name] = defined
            places.add((name.lower(), number))
    return Definitions(names, functions, frozenset(places))


def _at_the_end(
    roots: Iterable[Lines], letters: frozenset[str]
) -> Iterator[tuple[str, tuple[tuple[str, ...], Node], int]]:
    """The functions that the end of a chain first speaks of, E_q[f] = L(q), with what they are equal to there."""
    spoken: set[str] = set()
    for number, root in enumerate(roots):
        for chain in stated(root):
            before, last = chain.chain.items[-2:]
            ends = isinstance(last, Call) and chain.chain.relations[-1].sign in DEFINING
            found = _of_function(last, letters) if ends and isinstance(last, Call) else None
            plain = isinstance(before, Gap) or (isinstance(before, Call) and _of_function(before, letters) is not None)
            if found is None or not isinstance(last, Call) or plain or key(last.head) in spoken:
                continue
            names = {key(n) for n in walk(before) if is_name(n)}
            if key(last.head) not in names and set(found) <= names:
                yield key(last.head), (found, before), number
        spoken |= {key(n) for n in walk(root) if is_name(n)}


def derived_bodies(roots: Iterable[Lines], letters: frozenset[str]) -> Definitions:
    """What a document derives for each function that it defines: the end of the first chain of equations from it."""
    functions: dict[str, tuple[tuple[str, ...], Node]] = {}
    for chain in (c.chain for root in roots for c in stated(root)):
        left, right = chain.items[0], chain.items[-1]
        if not isinstance(left, Call) or not all(r.sign in DEFINING for r in chain.relations):
            continue
        found = _of_function(left, letters)
        if found is None or isinstance(right, Gap) or any(isinstance(n, Text) for n in walk(right)):
            continue
        if key(left.head) not in {key(n) for n in walk(right) if is_name(n)}:
            functions.setdefault(key(left.head), (found, right))
    return Definitions({}, functions, frozenset())


def unfolded(node: Node, definitions: Definitions, names: bool) -> Node:
    """A node with its functions, and if wanted its names, replaced by what they are defined as. Raises Unlowered."""
    return _unfolded(node, definitions, names, [0], frozenset())


def _unfolded(node: Node, definitions: Definitions, names: bool, count: list[int], inside: frozenset[str]) -> Node:
    body = _body(node, definitions, names, inside)
    if body is not None:
        count[0] += 1
        if count[0] > MOST_UNFOLDED:
            raise Unlowered("definitions lead around in a circle")
        what, name = body
        inner = _unfolded(what, definitions, names, count, inside | {name})
        return Fence(node.start, node.end, "(", inner, ")")
    return _rebuilt(node, lambda n: _unfolded(n, definitions, names, count, inside))


def _body(
    node: Node, definitions: Definitions, names: bool, inside: frozenset[str]
) -> tuple[Node, str] | None:  # fmt: skip
    """What a node is defined as, and the name that is defined."""
    if isinstance(node, Call) and isinstance(node.fence, Fence):
        name = key(node.head)
        if name in definitions.functions and name not in inside:
            wanted, what = definitions.functions[name]
            given = _arguments(argument_of(node))
            if given is not None and len(given) == len(wanted):
                return _substituted(what, dict(zip(wanted, given, strict=True))), name
        return None
    if names and is_name(node) and key(node) in definitions.names and key(node) not in inside:
        return definitions.names[key(node)], key(node)
    return None


def _substituted(node: Node, values: Mapping[str, Node]) -> Node:
    if is_name(node) and key(node) in values:
        return values[key(node)]
    return _rebuilt(node, lambda n: _substituted(n, values))


def _rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """A node with changed children; subscripts of names, heads of calls and what is integrated over stay."""
    changes: dict[str, Any] = {}
    for name in _changing(node.__class__):
        value = getattr(node, name)
        if isinstance(value, tuple):
            if not value or isinstance(value[0], tuple):
                continue
            new: Any = tuple([change(v) for v in value])
            same = all(map(is_, new, value))
        elif value is not None:
            new = change(value)
            same = new is value
        else:
            continue
        if not same:
            changes[name] = new
    return replace(node, **changes) if changes else node


def _fields_that_change(kind: type) -> tuple[str, ...]:
    if kind is Differential:
        return ()
    kept = ("sub",) if kind is Script else ("head",)
    return tuple(name for name in child_fields(kind) if name not in kept and name != "relations")


_changing: Callable[[type], tuple[str, ...]] = cache(_fields_that_change)
"""The fields of a kind of node that hold the children that may change."""


def _of_function(left: Call, letters: frozenset[str]) -> tuple[str, ...] | None:
    """The parameters of a function that is defined here; None for laws and operators. I of a single name is no mutual
    information, but may be that of an outcome."""
    found = parameters(left)
    alone = operator(left.head) == "I" and found is not None and len(found) == 1
    if (operator(left.head) and not alone) or law_of(left.head, letters) is not None:
        return None
    return found


def _arguments(node: Node | None) -> list[Node] | None:
    if node is None:
        return None
    parts = [node]
    out: list[Node] = []
    while parts:
        part = parts.pop(0)
        if isinstance(part, Bar):
            parts = [part.left, part.right, *parts]
            continue
        several = listed(part)
        if len(several) > 1:
            parts = [*several, *parts]
        else:
            out.append(part)
    return out


def _is_number(node: Node) -> bool:
    while isinstance(node, Group):
        node = node.body
    return isinstance(node, Num)
