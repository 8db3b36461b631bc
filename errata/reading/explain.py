"""How one formula is read: in words, as a tree, with the sort of each name, and with what was not understood."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record, fields
from errata.reading.ambiguities import ambiguities
from errata.reading.customary import customary_macros, said_of
from errata.reading.document import Macro
from errata.reading.parser import parse
from errata.reading.sorts import sorts_of
from errata.reading.tree import Gap, Group, Lines, Node, Opaque, children, opaque_parts
from errata.reading.undefined import said_undefined
from errata.reading.words import words


class Reading(Record):
    """A formula as understood. ``opaque`` holds text, start and end of each part that was not.

    ``notes`` says what the formula leaves open.
    """

    words: str
    tree: str
    sorts: tuple[tuple[str, str], ...]
    opaque: tuple[tuple[str, int, int], ...]
    notes: tuple[str, ...]


def read_latex(text: str, macros: Mapping[str, Macro] | None = None) -> Reading:
    """How the LaTeX of a formula, without its delimiters, is read."""
    latex, shift = undelimited(text)
    customary = customary_macros([latex], macros or {})
    root = parse(latex, {**customary, **(macros or {})})
    opaque = tuple((o.text, o.start + shift, o.end + shift) for o in opaque_parts(root))
    return Reading(
        words(root),
        "\n".join(_outline(root, "", 0)),
        sorts_of(root),
        opaque,
        (*said_of(latex, customary), *said_undefined(root), *ambiguities(root)),
    )


def undelimited(text: str) -> tuple[str, int]:
    """The formula between its dollars or brackets, if it was given with them, and where it starts."""
    for opening, closing in (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)")):
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening) + len(closing) + 1:
            return text[len(opening) : -len(closing)], len(opening)
    return text, 0


def _outline(node: Node, label: str, depth: int) -> list[str]:
    """An indented line for each node: what it is, and in words what it says."""
    if isinstance(node, Lines) and len(node.statements) == 1 and not node.environment:
        return _outline(node.statements[0], label, depth)
    if isinstance(node, Group):
        return _outline(node.body, label, depth)
    kind = type(node).__name__.lower()
    detail = f" ({node.why})" if isinstance(node, Opaque) else ""
    out = [f"{'  ' * depth}{label}{kind}: {words(node)}{detail}"]
    below = list(children(node))
    names = _labels(node)
    if depth < 12:
        for i, child in enumerate(below):
            if not isinstance(child, Gap):
                out += _outline(child, names[i] if i < len(names) else "", depth + 1)
    return out


def _labels(node: Node) -> list[str]:
    """The role of each child where the class names it: base, sub, sup, top, bottom, …"""
    out: list[str] = []
    for name in fields(node):
        value = getattr(node, name)
        if name in ("start", "end") or value is None or isinstance(value, str | int | bool):
            continue
        if isinstance(value, tuple):
            out.extend("" for v in _flat(value) if not isinstance(v, str))
        else:
            out.append(f"{name} ")
    return out


def _flat(values: tuple[object, ...]) -> list[object]:
    out: list[object] = []
    for v in values:
        out.extend(_flat(v) if isinstance(v, tuple) else [v])
    return out
