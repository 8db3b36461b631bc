"""Printed numbers: what their commas mean.

A comma groups thousands, 1,200 and 1{,}200, or stands before the decimals, 0,96 and 12{,}5, as most of the world but
the English-speaking one prints them. Groups have three digits, and the first of them doesn't begin with a zero.
"""

from __future__ import annotations

import re

_COMMA = r"(?:,|\{,\}|\\,)"
_GROUPED = re.compile(rf"[1-9]\d*(?:{_COMMA}\d{{3}})+(?:\.\d+)?\Z")
_SEPARATOR = re.compile(_COMMA)


def plain(text: str) -> str:
    """A printed number with a point before its decimals and nothing between its thousands."""
    if not has_decimal_comma(text):
        return _SEPARATOR.sub("", text)
    return _SEPARATOR.sub(".", text)


def has_decimal_comma(text: str) -> bool:
    """Whether the comma of a printed number stands before its decimals."""
    return len(_SEPARATOR.findall(text)) == 1 and "." not in text and _GROUPED.match(text) is None
