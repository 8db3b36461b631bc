"""From places in a document back to its file: the bytes of a text, and for a notebook the strings of its JSON.

A notebook's document is the text of its Markdown cells; annotations and edits need the lines of the ``.ipynb``.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from claims.records import Record
from errata.reading.document import Document, Place
from errata.reading.plain_text import normal
from errata.reporting.edits import Edit

_LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)
_CHARACTER = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
MOST_BYTES = 64 * 2**20


class Source(Record):
    """A file, its text, and for each character of the document where it stands in that text."""

    data: bytes
    text: str
    offsets: Sequence[int]
    """Of each character of the document, and of the end after the last; in a notebook, of a JSON string's part."""
    is_json: bool
    returns: bool = False
    """Whether its lines end in a carriage return and a newline."""

    def with_edits(self, edits: Sequence[Edit]) -> bytes:
        """The bytes of the file with some parts of the document replaced."""
        text = self.text
        for edit in sorted(edits, key=lambda e: e.span.start, reverse=True):
            start = self.offsets[edit.span.start]
            last = edit.span.end - 1
            end = start if last < edit.span.start else self._after(last)
            put = json.dumps(edit.text, ensure_ascii=False)[1:-1] if self.is_json else edit.text
            text = text[:start] + put + text[end:]
        return (text.replace("\n", "\r\n") if self.returns else text).encode("utf-8")

    def _after(self, index: int) -> int:
        """The offset in the file after a character of the document."""
        start = self.offsets[index]
        if not self.is_json:
            return start + 1
        found = _CHARACTER.match(self.text, start)
        return found.end() if found else start + 1


def place_in_file(document: Document, offset: int) -> Place:
    """Line and column in the file. In a notebook these are of the ``.ipynb``, where it is still as it was read; else
    the place within its cell.
    """
    if not document.cells:
        return document.place(offset)
    source = source_of(document)
    if source is None:
        return document.place(offset)
    at = source.offsets[min(offset, len(source.offsets) - 1)]
    starts = _line_starts(source.text)
    line = bisect_right(starts, at)
    return Place(line, at - starts[line - 1] + 1)


@lru_cache(maxsize=8)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in re.finditer("\n", text)))


def source_of(document: Document) -> Source | None:
    """The file of a document; None where it is gone, or holds something else by now."""
    try:
        path = Path(document.path)
        state = path.stat()
        return None if state.st_size > MOST_BYTES else _source(document, (state.st_mtime_ns, state.st_size))
    except (OSError, ValueError):
        return None


def _source(document: Document, state: tuple[int, int]) -> Source | None:
    known = document.__dict__.get("source")
    if known is not None and known[0] == state:
        found: Source | None = known[1]
        return found
    found = _read(document, Path(document.path).read_bytes())
    document.__dict__["source"] = (state, found)
    return found


def _read(document: Document, data: bytes) -> Source | None:
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if document.cells:
        return _of_notebook(document, data, raw)
    returns = "\r\n" in raw and raw.count("\r\n") == raw.count("\n") == raw.count("\r")
    text = raw.replace("\r\n", "\n") if returns else raw
    return Source(data, text, range(len(text) + 1), False, returns) if text == document.text else None


def _of_notebook(document: Document, data: bytes, raw: str) -> Source | None:
    offsets: list[int] = []
    pieces: list[str] = []
    for n, pairs in enumerate(_markdown_cells(raw)):
        if n:
            offsets.append(offsets[-1] + 1 if offsets else 0)
            pieces.append("\n")
        pieces += [c for c, _ in pairs]
        offsets += [at for _, at in pairs]
    if "".join(pieces) != document.text:
        return None
    offsets.append(offsets[-1] + 1 if offsets else 0)
    return Source(data, raw, offsets, True)


def _markdown_cells(raw: str) -> Iterator[list[tuple[str, int]]]:
    """The characters of the source of each Markdown cell, each with its offset in the file."""
    for cell in _cells(raw):
        kind = next((text for path, text, _ in cell if path == ("cell_type",)), None)
        if kind not in ('"markdown"', '"heading"'):
            continue
        strings = [(text, at) for path, text, at in cell if path in (("source",), ("source", "[]"))]
        pairs = [pair for text, at in strings for pair in _characters(text, at)]
        whole = "".join(c for c, _ in pairs)
        yield pairs if normal(whole) == whole else []


def _characters(literal: str, at: int) -> Iterator[tuple[str, int]]:
    """The characters of a string in JSON, each with its offset; a surrogate pair is one."""
    high = ""
    for found in _CHARACTER.finditer(literal, 1, len(literal) - 1):
        piece = found[0]
        if piece.startswith("\\u") and 0xD800 <= int(piece[2:], 16) < 0xDC00:
            high, first = piece, at + found.start()
            continue
        char = json.loads(f'"{high}{piece}"') if piece.startswith("\\") else piece
        yield char, first if high else at + found.start()
        high = ""


def _cells(raw: str) -> Iterator[list[tuple[tuple[str, ...], str, int]]]:
    """The strings of each cell of a notebook, with the keys that lead to them and their offsets."""
    stack: list[str] = []
    keys: list[str] = []
    cell: list[tuple[tuple[str, ...], str, int]] = []
    pending, after_colon = "", False
    for found in _LEXEME.finditer(raw):
        mark = found[0]
        if mark in "{[":
            stack.append(mark)
            keys.append(pending if stack[-2:-1] != ["["] else "[]")
            pending, after_colon = "", False
        elif mark in "}]":
            if len(stack) == 3 and keys[1:2] == ["cells"] and mark == "}":
                yield cell
                cell = []
            if stack:
                stack.pop()
                keys.pop()
            after_colon = False
        elif mark == ":":
            after_colon = True
        elif mark == ",":
            after_colon = False
        elif stack and stack[-1] == "{" and not after_colon:
            pending = json.loads(mark)
        elif len(stack) >= 3 and keys[1:2] == ["cells"]:
            path = (*keys[3:], pending if stack[-1] == "{" else "[]")
            cell.append((path, mark, found.start()))
