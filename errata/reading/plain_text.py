"""Bytes to text, in a shape in which line and column stay exact, or a clear error."""

from __future__ import annotations

import codecs
import re

MAX_CHARACTERS = 25_000_000
"""Longer texts are refused: no notes come near, even with pictures inside, and reading one takes tens of seconds."""
MAX_NOTEBOOK_CHARACTERS = 200_000_000
"""The same for the file of a notebook, which also holds all that its cells have put out."""

_SAMPLE = 100_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class ReadingError(Exception):
    """An input that can't be read: which one, why, and what its owner can do."""

    def __init__(self, path: str, why: str, remedy: str) -> None:
        super().__init__(f"{path}: {why}; {remedy}")
        self.path = path
        self.why = why
        self.remedy = remedy


def text_of(data: bytes | str, path: str, limit: int = MAX_CHARACTERS) -> str:
    """The text in ``data`` with every line ended by a single newline and no byte order mark.

    Bytes that aren't UTF-8 are read as ``encoding_of`` says. Raises ReadingError for what isn't text or is longer than
    ``limit``.
    """
    if len(data) > 4 * limit:
        raise too_long(path, limit)
    text = _decoded(data) if isinstance(data, bytes) else data
    if len(text) > limit:
        raise too_long(path, limit)
    if _is_binary(text[:_SAMPLE]):
        raise ReadingError(path, "this isn't text", "export it to Markdown, LaTeX, HTML or a notebook, in UTF-8")
    if isinstance(data, bytes) and encoding_of(data) == WINDOWS:
        text = data.decode("cp1252", errors="replace")
    return normal(text)


WINDOWS = "Windows-1252"


def encoding_of(data: bytes) -> str:
    """How bytes that aren't UTF-8 are read, in words; empty for UTF-8.

    Where no character of several bytes is sound they are taken for Windows-1252, which includes Latin-1.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if any(c != "\ufffd" and ord(c) > 127 for c in data.decode("utf-8", errors="replace")):
            return "UTF-8 with broken characters"
        return WINDOWS
    return ""


def normal(text: str) -> str:
    """``text`` with newlines as ``\\n``, without a byte order mark, and with lone surrogates made U+FFFD."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def _is_binary(sample: str) -> bool:
    odd = sum(1 for _ in _CONTROL.finditer(sample))
    return odd > 4 and odd > 0.1 * len(sample)


def too_long(path: str, limit: int) -> ReadingError:
    """The error for an input with more characters than ``limit``."""
    return ReadingError(path, f"it is longer than {limit:,} characters", "split it into smaller documents")
