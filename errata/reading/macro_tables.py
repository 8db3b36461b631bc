"""Macro tables of MathJax and KaTeX in the JavaScript of a page: ``macros: {RR: "\\\\mathbb{R}", two: ["{#1}", 1]}``.

A small tolerant reader of object literals; nothing is ever run. Of a table it keeps the entries up to the first that it
can't read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.document import Macro

_TABLE = re.compile(r"[\"']?\bmacros[\"']?\s*+:\s*+\{", re.IGNORECASE)
_SPACE = re.compile(r"(?:\s++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/|,)*+")
_KEY = re.compile(r"([A-Za-z_$][\w$]*+)|\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'")
_STRING = re.compile(
    r"\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|String\.raw`([^`]*+)`|`((?:[^`\\]|\\[\s\S])*+)`"
)
_NUMBER = re.compile(r"\d{1,2}")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])")
_ARGUMENT = re.compile(r"#([1-9])")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def macros_of_tables(text: str) -> dict[str, Macro]:
    """The macros in every ``macros: {…}`` of ``text``, by name; a table that can't be read gives none."""
    macros: dict[str, Macro] = {}
    for table in _TABLE.finditer(text):
        macros.update((macro.name, macro) for macro in _entries(text, table.end()))
    return macros


def macro_of(name: str, body: str, arity: int | None = None, optional: str | None = None) -> Macro | None:
    """A macro from a table entry; without a stated arity it has as many arguments as its body shows."""
    name = name.removeprefix("\\")
    if not (name.isalpha() and name.isascii()) and len(name) != 1:
        return None
    shown = max((int(n) for n in _ARGUMENT.findall(body)), default=0)
    return Macro(name, min(shown if arity is None else arity, 9), body, optional)


def _entries(text: str, start: int) -> Iterator[Macro]:
    """The macros of the table whose ``{`` is before ``start``."""
    cursor = _skip(text, start)
    while key := _KEY.match(text, cursor):
        colon = _skip(text, key.end())
        if not text.startswith(":", colon):
            return
        name = key.group(1) or _unescaped(key.group(2) or key.group(3) or "")
        value = _value(text, _skip(text, colon + 1))
        if value is None:
            return
        body, arity, optional, end = value
        macro = macro_of(name, body, arity, optional)
        cursor = _skip(text, end)
        if macro is not None:
            yield macro


def _value(text: str, start: int) -> tuple[str, int | None, str | None, int] | None:
    """Body, arity and default of an entry, and where it ends; None for anything but a string or a list."""
    if not text.startswith("[", start):
        string = _STRING.match(text, start)
        return (_content(string), None, None, string.end()) if string else None
    body = _STRING.match(text, _skip(text, start + 1))
    if body is None:
        return None
    cursor = _skip(text, body.end())
    number = _NUMBER.match(text, cursor)
    cursor = _skip(text, number.end()) if number else cursor
    default = _STRING.match(text, cursor)
    cursor = _skip(text, default.end()) if default else cursor
    if not text.startswith("]", cursor):
        return None
    return _content(body), int(number.group()) if number else None, default and _content(default), cursor + 1


def _skip(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    return space.end() if space else start


def _content(string: re.Match[str]) -> str:
    if string.group(3) is not None:
        return string.group(3)
    return _unescaped(string.group(1) or string.group(2) or string.group(4) or "")


def _unescaped(string: str) -> str:
    return _ESCAPE.sub(lambda m: _character(m.group(1)), string)


def _character(escape: str) -> str:
    if len(escape) > 1:
        code = int(escape[1:], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    return _CONTROL.get(escape, escape)
