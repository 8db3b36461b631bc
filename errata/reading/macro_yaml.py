"""Macro tables in YAML: ``macros:`` of Jupyter Book and mkdocs, ``math:`` of MyST, of a site or a page.

Reads just the shapes in which such tables are written: one entry per line, a quoted or bare string, or a list in
brackets; or, for MyST, an entry whose next line is ``macro: …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.document import Macro
from errata.reading.macro_tables import macro_of

_TABLE = re.compile(r"( *)(?:- )?[\"']?(?:macros|math)[\"']?:[ \t]*(?:#.*)?\Z", re.IGNORECASE)
_ENTRY = re.compile(r"( *)(\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|\\?[A-Za-z]+)[ \t]*+:[ \t]*+(.*)", re.DOTALL)
_SCALAR = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^']|'')*+)'|([^\s\[\]{}&*!|>%@`\"',#][^#,\]]*+)")
_ESCAPE = re.compile(r"\\(.)")
_LIST = re.compile(r"\[[ \t]*+")
_NEXT = re.compile(r"[ \t]*+,[ \t]*+")


def macros_of_yaml(text: str) -> dict[str, Macro]:
    """The macros in the ``macros:`` and ``math:`` tables of ``text``, by name; what can't be read is passed over."""
    macros: dict[str, Macro] = {}
    depth = -1
    pending: tuple[int, str] | None = None
    for line in text.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if depth >= 0 and indent <= depth:
            depth, pending = -1, None
        if depth < 0:
            table = _TABLE.match(line)
            depth = len(table.group(1)) if table else -1
            continue
        for macro in _entry(line, pending):
            macros[macro.name] = macro
        pending = _opened(line) or pending
    return macros


def _entry(line: str, pending: tuple[int, str] | None) -> Iterator[Macro]:
    found = _ENTRY.match(line)
    if found is None or not found.group(3).strip():
        return
    name = _text(found.group(2))
    if pending is not None and len(found.group(1)) > pending[0]:
        if name != "macro":
            return
        name = pending[1]
    value = _value(found.group(3))
    macro = value and macro_of(name, value[0], value[1])
    if macro:
        yield macro


def _opened(line: str) -> tuple[int, str] | None:
    """The indentation and name of an entry that continues on the lines below it."""
    found = _ENTRY.match(line)
    if found is None or found.group(3).strip():
        return None
    return len(found.group(1)), _text(found.group(2))


def _value(source: str) -> tuple[str, int | None] | None:
    """Body and arity of an entry."""
    opening = _LIST.match(source)
    body = _SCALAR.match(source, opening.end() if opening else 0)
    if body is None:
        return None
    separator = _NEXT.match(source, body.end()) if opening else None
    number = source[separator.end() : separator.end() + 1] if separator else ""
    return _text(body.group()), int(number) if number.isascii() and number.isdigit() else None


def _text(scalar: str) -> str:
    """What a scalar stands for: backslashes escape in double quotes only."""
    scalar = scalar.strip()
    if scalar[:1] == '"' and scalar[-1:] == '"' and len(scalar) > 1:
        return _ESCAPE.sub(lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), scalar[1:-1])
    if scalar[:1] == "'" and scalar[-1:] == "'" and len(scalar) > 1:
        return scalar[1:-1].replace("''", "'")
    return scalar
