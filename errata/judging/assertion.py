"""A relation under one reading, with what the page says of its symbols."""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import Record
from errata.meaning.terms import Term


class Assertion(Record, frozen=True):
    """A relation of a page under one reading, and what the page says of its symbols in words."""

    left: Term
    sign: str
    right: Term
    said: Mapping[str, str]
    text: str = ""
    """The text around it, in small letters and without blanks, braces and backslashes."""
    mentioned: frozenset[str] = frozenset()
    """The heads of the symbols that stand around it."""
    is_definition: bool = False
    """Whether its sign says that it defines its left side."""
