"""The source lines of a span with carets right under it, whatever the line holds."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records import Record
from errata.reading.document import Span
from errata.reporting.renderers.glyphs import Glyph, glyphs, width

CUT = Glyph("…", 1)
MOST_LINES = 6
HEAD, TAIL = 3, 2
"""Of a span over more lines, the first and last so many are shown."""


class Row(Record):
    """One source line as shown: ``marked`` carets after ``indent`` columns (none where nothing is underlined)."""

    number: int
    """Counted from the first line of the span, from 0."""
    source: str
    indent: int
    marked: int


def excerpt(text: str, span: Span, room: int) -> list[Row | None]:
    """The rows of a span, at most ``room`` columns wide; None stands for lines left out."""
    lines = list(_lines(text, span))
    rows: list[Row | None] = [_row(text, n, line, room) for n, line in _shown(lines)]
    if len(lines) > MOST_LINES:
        rows.insert(HEAD, None)
    return rows


class _Line(Record):
    start: int
    end: int
    low: int
    high: int
    """The underlined part; empty where only blanks would be."""


def _lines(text: str, span: Span) -> Iterator[_Line]:
    first = min(max(span.start, 0), len(text))
    last = min(max(span.end, first), len(text))
    start = text.rfind("\n", 0, first) + 1
    while True:
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        yield _trimmed(text, start, end, max(first, start), min(max(last, first), end))
        start = end + 1
        if newline < 0 or start >= last:
            return


def _trimmed(text: str, start: int, end: int, low: int, high: int) -> _Line:
    """Without the blanks at both ends of the underlined part, and without a carriage return at the end of the line."""
    if end > start and text[end - 1] == "\r":
        end -= 1
    low, high = min(low, end), min(high, end)
    while low < high and text[low].isspace():
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    return _Line(start, end, low, high)


def _shown(lines: list[_Line]) -> list[tuple[int, _Line]]:
    numbered = list(enumerate(lines))
    return numbered if len(lines) <= MOST_LINES else numbered[:HEAD] + numbered[-TAIL:]


def _row(text: str, number: int, line: _Line, room: int) -> Row:
    """The line in a window around its underlined part; what is far away is never even looked at."""
    marked, marked_cut = _fitting(text, line.low, line.high, room - 2)
    left_over = room - width(marked) - marked_cut
    after_from = line.high if not marked_cut else line.end
    behind = width(glyphs(text[after_from : min(line.end, after_from + room)]))
    before = _fitting_back(text, line.start, line.low, left_over - min(behind, max(1, left_over // 3)))
    after, after_cut = _fitting(text, after_from, line.end, left_over - width(before))
    shown = [*before, *marked, *([CUT] if marked_cut else []), *after, *([CUT] if after_cut else [])]
    blank = line.low == line.high and number > 0
    return Row(number, "".join(g.text for g in shown).rstrip(), width(before), 0 if blank else max(1, width(marked)))


def _fitting(text: str, start: int, end: int, room: int) -> tuple[list[Glyph], bool]:
    """As many characters from the start as fit, leaving a column for the mark of a cut, and whether one is needed."""
    shown = glyphs(text[start : min(end, start + max(room, 0) + 1)])
    if start + len(shown) >= end and width(shown) <= room:
        return shown, False
    while shown and width(shown) > room - 1:
        shown.pop()
    return shown, start < end


def _fitting_back(text: str, start: int, end: int, room: int) -> list[Glyph]:
    """The same from the end backwards, the mark of a cut included."""
    shown = glyphs(text[max(start, end - max(room, 0) - 1) : end])
    if end - len(shown) <= start and width(shown) <= room:
        return shown
    while shown and width(shown) > room - 1:
        shown.pop(0)
    return [CUT, *shown] if start < end else shown
