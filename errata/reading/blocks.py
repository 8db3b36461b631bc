"""The block structure of a Markdown page: what is running text, what is mathematics, what isn't read at all.

The dialects differ (plain, Jekyll, Quarto, MyST, pandoc, Obsidian); where they do, what more of them render wins.
"""

from __future__ import annotations

import re

from claims.records import Record
from errata.reading.document import Heading, Span
from errata.reading.fences import Fence, Holds, is_option, opening
from errata.reading.front_matter import front_matter_end
from errata.reading.lines import Line, line_at
from errata.reading.pairing import Finder
from errata.reading.scanner import Block

_ITEM = re.compile(r"[ \t]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\Z)")
_CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===|\[\^[^\]\n]+\]:|:)[ \t]")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]|\Z)")
_SETEXT = re.compile(r" {0,3}(?:=+|--+)[ \t]*+\Z")
_RAW = re.compile(r"[ \t]*+<(?:(!--)|(script|style|pre|textarea|svg)\b)", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]*\}\Z")


class MathFence(Record):
    """A fenced formula: where its content starts and ends, behind how many quotation marks, under which name."""

    start: int
    end: int
    quote: int
    name: str
    outer: tuple[int, int]


class Layout(Record):
    """What the blocks of a page are; offsets are those of the page."""

    blocks: list[Block]
    fences: list[MathFence]
    lines: list[Line]
    """The lines of running text."""
    headings: list[Heading]
    comments: list[Span]
    front: int
    """Where the front matter ends."""


def layout(text: str) -> Layout:
    """The block structure of a Markdown page."""
    return _Blocks(text).layout()


class _Blocks:
    def __init__(self, text: str) -> None:
        self.text = text
        self.fences: list[MathFence] = []
        self.lines: list[Line] = []
        self.headings: list[Heading] = []
        self.comments: list[Span] = []
        self._stretches: list[tuple[int, int, int, int]] = []  # start, end, paragraph, quotation marks
        self._paragraph = 0
        self._open: Line | None = None
        self._last: Line | None = None
        self._after_blank = True
        self._in_list = False
        self._in_code = False
        self._containers: list[Fence] = []
        self._closers = {
            name: Finder(text, pattern)
            for name, pattern in {"!--": "-->"}.items()
            | {tag: f"</{tag}" for tag in ("script", "style", "pre", "textarea", "svg")}.items()
        }

    def layout(self) -> Layout:
        front = cursor = front_matter_end(self.text)
        while cursor < len(self.text):
            cursor = self._line(line_at(self.text, cursor))
        self._close()
        return Layout(self._blocks(), self.fences, self.lines, self.headings, self.comments, front)

    def _line(self, line: Line) -> int:
        """Reads one line, or all of a fence or a comment that starts in it; returns where the next one starts."""
        body = self.text[line.body : line.end]
        if not body.strip():
            return self._blank(line)
        if self._containers and self._containers[-1].is_closed_by(body):
            self._containers.pop()
            return self._blank(line)
        if fence := opening(body):
            return self._fence(fence, line)
        if raw := _RAW.match(body):
            after = self._raw(raw, line)
            if after is not None:
                return after
        if self._is_code(line, body):
            self._in_code = True
            return line.end + 1
        return self._heading(line, body) or self._running(line, body)

    def _blank(self, line: Line) -> int:
        self._close()
        self._after_blank = True
        return line.end + 1

    def _fence(self, fence: Fence, line: Line) -> int:
        self._blank(line)
        if fence.holds is Holds.TEXT:
            if fence.character != ":":
                self._containers.append(fence)
            return line.end + 1
        start = cursor = line.end + 1
        while cursor < len(self.text):
            inner = line_at(self.text, cursor)
            if inner.depth < line.depth:
                break
            if fence.is_closed_by(self.text[inner.body : inner.end]):
                self._mathematics(fence, line, start, inner.start, inner.end)
                return inner.end + 1
            cursor = inner.end + 1
        self._mathematics(fence, line, start, min(cursor, len(self.text)), min(cursor, len(self.text)))
        return cursor

    def _mathematics(self, fence: Fence, line: Line, start: int, end: int, after: int) -> None:
        if fence.holds is not Holds.MATHEMATICS:
            return
        while start < end:
            option = line_at(self.text, start)
            body = self.text[option.body : option.end]
            if body.strip() and not is_option(body):
                start = option.body
                break
            start = option.end + 1
        if start < end:
            self.fences.append(MathFence(start, end, line.depth, fence.name, (line.start, after)))

    def _raw(self, raw: re.Match[str], line: Line) -> int | None:
        """Skips a comment or raw HTML of several lines; None where it ends in its line, or never."""
        name = (raw.group(1) or raw.group(2)).lower()
        inside = line.body + raw.end()
        closer = self._closers[name].next(inside)
        if closer is None or closer.start() < line.end:
            return None
        self._close()
        if name == "!--":
            self.comments.append(Span(inside, closer.start()))
        self._after_blank = False
        return line_at(self.text, closer.end()).end + 1 if name != "!--" else self._rest(closer.end())

    def _rest(self, start: int) -> int:
        """Where reading goes on behind a comment: in the same line, when there is more in it."""
        end = line_at(self.text, start).end
        return start if self.text[start:end].strip() else end + 1

    def _is_code(self, line: Line, body: str) -> bool:
        """Whether an indented line is code: it follows a blank line or code, and no list or such is open."""
        if line.depth or self._in_list or not (self._after_blank or self._in_code):
            return False
        head = body[: len(body) - len(body.lstrip(" \t"))]
        return len(head.expandtabs(4)) >= 4

    def _heading(self, line: Line, body: str) -> int | None:
        self._in_code = False
        if found := _ATX.match(body):
            self._close()
            title = body[found.end() :].strip()
            closed = title.rstrip("#")
            title = closed.rstrip() if closed != title and (not closed or closed[-1].isspace()) else title
            self._add_heading(line.body, line.end, title, len(found.group(1)))
            self._alone(line)
            return line.end + 1
        last = self._last
        if _SETEXT.match(body) and last is not None and self._is_title(last, line):
            title = self.text[last.body : last.end].strip()
            self._add_heading(last.body, line.end, title, 1 if "=" in body else 2)
            self._blank(line)
            return line.end + 1
        return None

    def _is_title(self, last: Line, line: Line) -> bool:
        """Whether the line above an underline is a title: the only line of its paragraph, and plain text."""
        above = self.text[last.body : last.end]
        alone = self._open is last and last.end + 1 == line.start and last.depth == line.depth
        return alone and not _ITEM.match(above) and "$$" not in above and "|" not in above and "\t" not in above

    def _add_heading(self, start: int, end: int, title: str, level: int) -> None:
        title = _ATTRIBUTES.sub("", title).strip() if title.endswith("}") and "$" not in title[-40:] else title
        self.headings.append(Heading(title, level, Span(start, end)))

    def _alone(self, line: Line) -> None:
        """Takes a line as a paragraph of its own."""
        self._open = self._last = line
        self.lines.append(line)
        self._close()
        self._in_list = False
        self._after_blank = True

    def _running(self, line: Line, body: str) -> int:
        item = _ITEM.match(body) is not None
        if item or _CONTAINER.match(body):
            self._in_list = True
        elif self._after_blank and body[:1] not in " \t":
            self._in_list = False
        if self._open is None:
            self._open = line
        elif item or body.lstrip().startswith("|") or (self._last and line.depth != self._last.depth):
            self._cut()
            self._open = line
        self._last = line
        self.lines.append(line)
        self._after_blank = False
        return line.end + 1

    def _cut(self) -> None:
        if self._open is not None and self._last is not None:
            self._stretches.append((self._open.body, self._last.end, self._paragraph, self._open.depth))
        self._open = None

    def _close(self) -> None:
        """Ends the paragraph."""
        self._cut()
        self._paragraph += 1
        self._last = None

    def _blocks(self) -> list[Block]:
        ends = {paragraph: end for _, end, paragraph, _ in self._stretches}
        return [Block(start, end, ends[paragraph], quote) for start, end, paragraph, quote in self._stretches]
