"""What a character looks like on a terminal, and how many columns it takes.

Text of a document never reaches a terminal raw: a control character could move the cursor or colour the rest, a
bidirectional one could show a formula in another order than it has.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from claims.records import Record

TAB = "    "
UNSHOWN = "\N{REPLACEMENT CHARACTER}"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})


class Glyph(Record):
    """The safe form of one character."""

    text: str
    width: int


@lru_cache(maxsize=4096)
def glyph(char: str) -> Glyph:
    """What stands for a character: itself where that is harmless."""
    if char == "\t":
        return Glyph(TAB, len(TAB))
    if char < " ":
        return Glyph(chr(0x2400 + ord(char)), 1)  # the pictures ␀ … ␟
    category = unicodedata.category(char)
    if category in _HIDDEN:
        return Glyph(UNSHOWN, 1)
    if category in _COMBINING or "\u1160" <= char <= "\u11ff":
        return Glyph(char, 0)
    return Glyph(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def glyphs(text: str) -> list[Glyph]:
    """One for each character."""
    return [glyph(char) for char in text]


def width(shown: list[Glyph]) -> int:
    """Columns that these take side by side."""
    return sum(g.width for g in shown)


def visible(text: str) -> str:
    """A text on one line, with nothing in it that a terminal would obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(glyph(char).text for char in text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))
