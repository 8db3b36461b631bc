"""A display that begins with a relation sign: "= c" in a display of its own goes on from the end of the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims.records import replace
from errata.reading.document import Document
from errata.reading.tree import (
    Chain,
    Dots,
    Fence,
    Gap,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Remark,
    Styled,
    Terms,
    Text,
    opaque_parts,
)

REACH = 600
"""Characters between two displays of which the second goes on from the first."""
_STATES = frozenset("= ≡ ≈ ≃ ∝ ≤ ≥ < > ≲ ≳ := ≜ ≅ ≐".split())
"""Signs after which a member stands that the next formula can go on from."""


def going_on(root: Lines, document: Document, index: int, root_of: Callable[[int], Lines]) -> Lines:
    """The tree of a formula; with the last member of the formula before it in front, where it begins with a sign."""
    if not _begins_open(root):
        return root
    before = _before(document, index)
    if before is None or (not document.formulas[before].display and _begins_open(root_of(before))):
        return root
    last = _last_member(root_of(before))
    if last is None or opaque_parts(last):
        return root
    whole = _with_first(root, last)
    return whole if isinstance(whole, Lines) else root


def _before(document: Document, index: int) -> int | None:
    """The formula that one goes on from: the one right before it, or, for a display, the last display nearby."""
    formulas, here = document.formulas, document.formulas[index]
    for number in range(index - 1, -1, -1):
        end = formulas[number].span.end
        between = document.text[end : here.span.start]
        if len(between) > REACH or any(end <= h.span.start < here.span.start for h in document.headings):
            return None
        if number == index - 1 and not between.strip(" \n$\\[]().,;:>") and (here.display or "\n" not in between):
            return number
        if not here.display:
            return None
        if formulas[number].display:
            return number
    return None


def _begins_open(node: Node) -> bool:
    match node:
        case Lines(statements=parts) | Phrase(items=parts) if parts:
            return _begins_open(parts[0])
        case Chain(items=items, relations=relations):
            says = not all(isinstance(item, Gap) for item in items)
            return isinstance(items[0], Gap) and says and relations[0].sign in _STATES
    return False


def _last_member(node: Node) -> Node | None:
    """The last member of what a formula states, or the expression that it is; None where it ends in dots or words."""
    match node:
        case Lines(statements=parts) | Logic(items=parts):
            return _last_member(parts[-1]) if parts else None
        case Phrase(items=parts):
            end = next((i for i, p in enumerate(parts) if i and isinstance(p, Text)), len(parts))
            stated = [p for p in parts[:end] if not isinstance(p, Text | Gap | Remark) and not _is_number_of_formula(p)]
            return _last_member(stated[-1]) if len(stated) == 1 else None
        case Group(body=body) | Styled(body=body):
            return _last_member(body)
        case Chain(items=items, relations=relations):
            return _last_member(items[-1]) if relations[-1].sign in _STATES else None
        case Dots() | Gap() | Opaque() | Text():
            return None
        case Terms(items=items) if any(isinstance(i, Dots) for i in items):
            return None
    return node


def _is_number_of_formula(node: Node) -> bool:
    return isinstance(node, Fence) and node.open == "(" and isinstance(node.body, Num)


def _with_first(node: Node, first: Node) -> Node:
    match node:
        case Lines(statements=parts):
            return replace(node, statements=(_with_first(parts[0], first), *parts[1:]))
        case Phrase(items=parts):
            return replace(node, items=(_with_first(parts[0], first), *parts[1:]))
        case Chain(items=items):
            return replace(node, items=(_placed(first, items[0].start), *items[1:]))
    return node


def _placed(node: Any, at: int) -> Any:
    """A node as it is, at a place where it isn't written."""
    if isinstance(node, tuple):
        return tuple(_placed(part, at) for part in node)
    if not hasattr(node, "start"):
        return node
    fields = {name: _placed(getattr(node, name), at) for name in type(node).__annotations__}
    return replace(node, **{**fields, "start": at, "end": at})
