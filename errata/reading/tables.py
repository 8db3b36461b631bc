"""Tables of Markdown: rows of pipes, and rows of tabs as the extraction of slides leaves them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from claims.records import replace
from errata.reading.document import Cell, Formula, Span, Table
from errata.reading.lines import Line, runs

_DELIMITER = re.compile(r"[ \t]*+\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?[ \t]*+")
_PIPE = re.compile(r"\\.|\|")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")

_ESCAPED_BAR = re.compile(r"\\\\\||\\\|")
"""A pipe that is escaped since it stands in a row: \\| is one for TeX, too."""
_CONDITIONED = re.compile(
    r"(?:\b(?:[HhIPpqEf]|Pr|Var|Cov|Corr|Ent)|\\(?:pi|mathbb\{E\}|mathbb\{P\}|E|P|Pr|Var|Cov))\s*\Z"
)
"""What takes a condition: H(X | Y); D(p ‖ q) keeps its two bars."""
_SIZE = re.compile(r"\\(?:left|[bB]igg?l?)\s*\Z")
_SCRIPTS = re.compile(r"(?:[_^](?:\{[^{}]*\}|\\?\w+)|'|\\!|\\,|\s)+\Z")

Spans = Sequence[tuple[int, int]]


def cell(text: str, start: int, end: int) -> Cell:
    """The cell between two offsets, without the white space around its text."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    inner = raw.strip()
    return Cell(inner, Span(start, start + len(inner)))


def table_of(rows: Sequence[tuple[Cell, ...]], start: int, end: int) -> Table:
    """A table whose header is the first row."""
    return Table(rows[0], tuple(rows[1:]), Span(start, end))


def pipe_tables(text: str, lines: Sequence[Line], taken: Spans) -> tuple[Table, ...]:
    """Tables of pipes with a delimiter row; a pipe inside ``taken`` (a formula, code) separates nothing."""
    places = sorted(taken)
    tables: list[Table] = []
    index = 1
    while index < len(lines):
        if not _is_table_head(text, lines[index - 1], lines[index]):
            index += 1
            continue
        end = index + 1
        while end < len(lines) and lines[end].start == lines[end - 1].end + 1 and _has_pipe(text, lines[end]):
            end += 1
        rows = [_pipe_row(text, line, places) for line in (lines[index - 1], *lines[index + 1 : end])]
        tables.append(table_of(rows, lines[index - 1].body, lines[end - 1].end))
        index = end + 1
    return tuple(tables)


def unescaped(formulas: Sequence[Formula], tables: Sequence[Table]) -> tuple[Formula, ...]:
    """The formulas with the pipes as they are meant that had to be escaped in the rows of tables: p(x \\| z) is a law
    under a condition there. The norm \\|x\\|, which has two of them, stays one."""
    spans = [t.span for t in tables]

    def within(f: Formula) -> bool:
        return "\\|" in f.latex and any(s.start <= f.span.start < s.end for s in spans)

    return tuple(replace(f, latex=_unescaped(f.latex)) if within(f) else f for f in formulas)


def _unescaped(latex: str) -> str:
    """The LaTeX of a cell with its escaped pipes as bars, of the same length."""
    out = list(latex)
    open_at: list[int] = []
    bars: dict[int, list[re.Match[str]]] = {}
    escaped = {m.start(): m for m in _ESCAPED_BAR.finditer(latex)}
    for at, sign in enumerate(latex):
        if sign in "([":
            open_at.append(at)
        elif sign in ")]" and open_at:
            open_at.pop()
        elif at in escaped:
            bars.setdefault(open_at[-1] if open_at else -1, []).append(escaped[at])
    for at, found in bars.items():
        head = _SCRIPTS.sub("", _SIZE.sub("", latex[: max(at, 0)]))
        is_condition = len(found) == 1 and _CONDITIONED.search(head) is not None
        for m in found:
            if len(m[0]) == 3 or is_condition:
                out[m.start()] = " "
    return "".join(out)


def tab_tables(text: str, lines: Sequence[Line]) -> tuple[Table, ...]:
    """Two or more lines under each other with the same number of cells between tabs, two or more."""
    if "\t" not in text:
        return ()
    tables: list[Table] = []
    for group in runs(lines):
        same: list[tuple[Cell, ...]] = []
        for line in group:
            row = _tab_row(text, line)
            if same and len(row) != len(same[0]):
                tables += _tab_table(same)
                same = []
            if len(row) > 1:
                same.append(row)
        tables += _tab_table(same)
    return tuple(tables)


def _tab_table(rows: list[tuple[Cell, ...]]) -> list[Table]:
    return [table_of(rows, rows[0][0].span.start, rows[-1][-1].span.end)] if len(rows) > 1 else []


def _tab_row(text: str, line: Line) -> tuple[Cell, ...]:
    if text.find("\t", line.body, line.end) < 0:
        return ()
    raw = text[line.body : line.end]
    body = raw.strip()
    if "\t" not in body or _ITEM.match(body):
        return ()
    start = line.body + len(raw) - len(raw.lstrip())
    cells: list[Cell] = []
    for piece in body.split("\t"):
        cells.append(cell(text, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(cells)


def _has_pipe(text: str, line: Line) -> bool:
    return text.find("|", line.body, line.end) >= 0


def _is_table_head(text: str, head: Line, rule: Line) -> bool:
    if rule.start != head.end + 1 or not _has_pipe(text, rule) or not _has_pipe(text, head):
        return False
    return _DELIMITER.fullmatch(text, rule.body, rule.end) is not None


def _pipe_row(text: str, line: Line, places: Spans) -> tuple[Cell, ...]:
    cuts = [m.start() for m in _PIPE.finditer(text, line.body, line.end) if m.group() == "|"]
    cuts = [cut for cut in cuts if not _is_inside(cut, places)]
    edges = [line.body - 1, *cuts, line.end]
    if cuts and not text[line.body : cuts[0]].strip():
        edges = edges[1:]
    if cuts and not text[cuts[-1] + 1 : line.end].strip():
        edges = edges[:-1]
    return tuple(cell(text, a + 1, b) for a, b in pairwise(edges))


def _is_inside(offset: int, places: Spans) -> bool:
    index = bisect_left(places, (offset + 1,)) - 1
    return index >= 0 and places[index][0] <= offset < places[index][1]
