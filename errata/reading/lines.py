"""The lines of a text, with the quotation marks of Markdown set apart from what they quote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.records import Record

_QUOTE = re.compile(r"(?:[ \t]*+>)++[ \t]?")


class Line(Record):
    """One line: ``text[start:end]`` without its newline; ``body`` is where it starts behind ``depth`` marks ``>``."""

    start: int
    end: int
    body: int
    depth: int


def line_at(text: str, start: int) -> Line:
    """The line of ``text`` that starts at ``start``."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    quote = _QUOTE.match(text, start, end)
    if quote is None:
        return Line(start, end, start, 0)
    return Line(start, end, quote.end(), quote.group().count(">"))


def runs(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines in groups that stand directly under each other."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and groups[-1][-1].end + 1 == line.start:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
