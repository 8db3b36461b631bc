"""Tables of LaTeX: ``tabular`` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.document import Cell, Table
from errata.reading.pairing import braces, environments
from errata.reading.tables import cell, table_of

_BEGIN = re.compile(r"\\begin[ \t]*\{(tabular[*xy]?|tabulary|longtable|array)\}")
_ARGUMENT = re.compile(r"\s*(?:\[[^\[\]\n]*\])?\s*(?=\{)")
_SEPARATOR = re.compile(r"\\\\(?:\*|\[[^\[\]\n]*\])*|\\[\s\S]|[&{}]")
_RULE = re.compile(
    r"\s*(?:\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)(?![A-Za-z])"
    r"|\\(?:cline|cmidrule)(?:\([^()\n]*\))?\{[^{}\n]*\}|\\addlinespace(?:\[[^\[\]\n]*\])?)"
)


def latex_tables(text: str) -> tuple[Table, ...]:
    """The tables in ``text``, in which comments are spaces; the header is the first row with anything in it."""
    marks = [m for m in _BEGIN.finditer(text) if m.group(1) != "array"]
    if not marks:
        return ()
    ends, partner = environments(text), braces(text)
    tables: list[Table] = []
    done = 0
    for mark in marks:
        end = ends.get(mark.start())
        if end is None or mark.start() < done:
            continue
        start = _content_start(text, mark, partner)
        rows = [row for row in _rows(text, start, end.start()) if any(c.text for c in row)]
        if rows:
            tables.append(table_of(rows, mark.start(), end.end()))
        done = end.end()
    return tuple(tables)


def _content_start(text: str, mark: re.Match[str], partner: dict[int, int]) -> int:
    """Behind the arguments: the columns, and the width before them in ``tabular*``, ``tabularx`` and the like."""
    cursor = mark.end()
    for _ in range(1 if mark.group(1) in ("tabular", "longtable") else 2):
        argument = _ARGUMENT.match(text, cursor)
        if argument is not None and argument.end() in partner:
            cursor = partner[argument.end()] + 1
    return cursor


def _rows(text: str, start: int, end: int) -> Iterator[tuple[Cell, ...]]:
    row: list[Cell] = []
    depth = 0
    for mark in _SEPARATOR.finditer(text, start, end):
        sign = mark.group()
        depth += (sign == "{") - (sign == "}")
        if depth > 0 or (sign != "&" and not sign.startswith("\\\\")):
            continue
        row.append(_cell(text, start, mark.start()))
        start = mark.end()
        if sign != "&":
            yield tuple(row)
            row = []
    yield (*row, _cell(text, start, end))


def _cell(text: str, start: int, end: int) -> Cell:
    while rule := _RULE.match(text, start, end):
        start = rule.end()
    return cell(text, start, end)
