"""How far a logarithm without brackets reaches: log p(x) q(z) is the log of a product, or a product with a log."""

from __future__ import annotations

from typing import Any, cast

from claims.records import Record, replace
from errata.reading.sentences.heads import letter
from errata.reading.tree import Call, Factors, Function, Node, child_fields

NARROW = "a logarithm reaches over its first factor only"


def narrowed(node: Node) -> Node:
    """The expression with each logarithm of several calls taken of the first one only; itself where there is none."""
    changed = {name: _inside(getattr(node, name)) for name in child_fields(type(node))}
    changed = {name: value for name, value in changed.items() if value is not getattr(node, name)}
    node = replace(cast("Any", node), **changed) if changed else node
    if not isinstance(node, Function) or (calls := _calls(node)) is None:
        return node
    first, *rest = calls.items
    log = Function(node.start, first.end, node.head, first)
    return Factors(node.start, node.end, calls.signs, (log, *rest))


def _inside(value: object) -> object:
    if isinstance(value, tuple):
        fresh = tuple(_inside(v) for v in value)
        return value if all(a is b for a, b in zip(fresh, value, strict=True)) else fresh
    return narrowed(cast("Node", value)) if isinstance(value, Record) else value


def _calls(part: Function) -> Factors | None:
    """What a logarithm without brackets is of, where that is a product of calls."""
    inside = part.argument
    if letter(part.head)[0] not in ("log", "ln") or not isinstance(inside, Factors) or any(inside.signs):
        return None
    return inside if all(isinstance(item, Call) for item in inside.items) else None
