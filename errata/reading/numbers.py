"""Printed numbers: what their commas mean.

A comma groups thousands, 1,200 and 1{,}200, or stands before the decimals, 0,96 and 12{,}5, as most of the world but
the English-speaking one prints them. Groups have three digits, and the first of them doesn't begin with a zero.
"""

from __future__ import annotations

import re

_COMMA = r"(?:(?:,|\{,\})(?:\\!)?|\\,)"
_GROUPED = re.compile(rf"[1-9]\d*(?:{_COMMA}\d{{3}})+(?:\.\d+)?\Z")
_SEPARATOR = re.compile(_COMMA)


def plain(text: str) -> str:
    """A printed number with a point before its decimals and nothing between its thousands; 1e-6 is written out."""
    if "e-" in text:
        return _written_out(*text.split("e-"))
    if not has_decimal_comma(text):
        return _SEPARATOR.sub("", text)
    return _SEPARATOR.sub(".", text)


def _written_out(digits: str, exponent: str) -> str:
    whole, _, decimals = digits.partition(".")
    shifted = whole.rjust(int(exponent) + 1, "0")
    return f"{shifted[: -int(exponent)]}.{shifted[-int(exponent) :]}{decimals}" if int(exponent) else digits


def has_decimal_comma(text: str) -> bool:
    """Whether the comma of a printed number stands before its decimals."""
    return len(_SEPARATOR.findall(text)) == 1 and "." not in text and _GROUPED.match(text) is None
