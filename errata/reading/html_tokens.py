"""HTML to tags, text, character references and the raw content of scripts, in one linear pass."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import Enum

from claims.records import Record
from errata.reading.pairing import Finder

_MARK = re.compile(r"<!--|<[!?]|</?[A-Za-z]|&")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*+)>")
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset({"script", "style", "textarea", "title"})


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    REFERENCE = "reference"
    OPEN = "open"
    CLOSE = "close"
    RAW = "raw"
    COMMENT = "comment"


class Token(Record):
    """One token: where it stands; for a tag its name and attributes, for a reference the text it stands for."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    detail: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an HTML page, in order and without gaps but for declarations."""
    closers: dict[str, Finder] = {}
    done = cursor = 0
    while mark := _MARK.search(text, cursor):
        found = _token(text, mark, closers)
        if found is None:
            cursor = mark.end()
            continue
        if done < mark.start():
            yield Token(Kind.TEXT, done, mark.start())
        yield found
        done = cursor = found.end
        if found.kind is Kind.OPEN and found.name in _RAW:
            closer = _finder(closers, text, rf"</{found.name}\b").next(found.end)
            done = cursor = closer.start() if closer else len(text)
            yield Token(Kind.RAW, found.end, cursor, found.name, found.detail)
    if done < len(text):
        yield Token(Kind.TEXT, done, len(text))


def _token(text: str, mark: re.Match[str], closers: dict[str, Finder]) -> Token | None:
    start = mark.start()
    if mark.group() == "&":
        return _reference(text, start)
    if mark.group() == "<!--":
        closer = _finder(closers, text, "-->").next(mark.end())
        return Token(Kind.COMMENT, start, closer.end()) if closer else None
    if mark.group() in ("<!", "<?"):
        declaration = _DECLARATION.match(text, start)
        return Token(Kind.COMMENT, start, declaration.end(), "declaration") if declaration else None
    tag = _TAG.match(text, start) or _LOOSE_TAG.match(text, start)
    if tag is None:
        return None
    return Token(Kind.CLOSE if tag.group(1) else Kind.OPEN, start, tag.end(), tag.group(2).lower(), tag.group(3))


def _reference(text: str, start: int) -> Token | None:
    found = _REFERENCE.match(text, start)
    meant = html.unescape(found.group()) if found else ""
    if found is None or meant == found.group() or not found.group().endswith(";"):
        return None
    return Token(Kind.REFERENCE, start, found.end(), detail=meant)


def _finder(closers: dict[str, Finder], text: str, pattern: str) -> Finder:
    if pattern not in closers:
        closers[pattern] = Finder(text, pattern)
    return closers[pattern]
