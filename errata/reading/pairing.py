"""Which closing mark belongs to which opening one, in time linear in the text."""

from __future__ import annotations

import re

_BRACES = re.compile(r"\\[\s\S]|[{}]")
_ENVIRONMENT_MARK = re.compile(r"\\(begin|end)[ \t]*\{([A-Za-z]+\*?)\}")


class Finder:
    """The next match of a pattern at or after an offset; cheap when offsets only grow, however often it is asked."""

    def __init__(self, text: str, pattern: str) -> None:
        self._text = text
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._from = 0
        self._found = self._pattern.search(text)

    def next(self, start: int) -> re.Match[str] | None:
        """The first match that starts at ``start`` or later."""
        if start < self._from or (self._found is not None and self._found.start() < start):
            self._from = start
            self._found = self._pattern.search(self._text, start)
        return self._found


def braces(text: str) -> dict[int, int]:
    """The offset of each ``{`` that has a partner, with the offset of its ``}``; ``\\{`` and ``\\}`` don't count."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for mark in _BRACES.finditer(text):
        if mark.group() == "{":
            stack.append(mark.start())
        elif mark.group() == "}" and stack:
            partner[stack.pop()] = mark.start()
    return partner


def environments(text: str) -> dict[int, re.Match[str]]:
    """The offset of each ``\\begin{name}`` that has a partner, with the match of its ``\\end{name}``."""
    partner: dict[int, re.Match[str]] = {}
    stacks: dict[str, list[int]] = {}
    if "\\begin" not in text:
        return partner
    for mark in _ENVIRONMENT_MARK.finditer(text):
        stack = stacks.setdefault(mark.group(2), [])
        if mark.group(1) == "begin":
            stack.append(mark.start())
        elif stack:
            partner[stack.pop()] = mark
    return partner


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with everything in the spans but newlines made spaces; spans may overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start = max(start, done)
        if start < end:
            pieces += [text[done:start], spaces(text[start:end])]
            done = end
    return "".join(pieces) + text[done:] if pieces else text


def spaces(text: str) -> str:
    """As many characters as in ``text``: its newlines, and spaces for all others."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
