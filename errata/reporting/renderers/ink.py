"""Colour, or none: the only place that knows escape sequences."""

from __future__ import annotations

from enum import StrEnum

from claims.records import Record
from errata.reporting.rules.rule import Severity


class Style(StrEnum):
    """What a piece of text is, as terminal attributes."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;36"
    STRONG = "1"
    GUTTER = "1;34"
    HELP = "1;32"
    FAINT = "2"


OF_SEVERITY = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.NOTE: Style.NOTE}


class Ink(Record):
    """Paints if it is on."""

    on: bool = False

    def paint(self, style: Style, text: str) -> str:
        """The text in its style."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.on and text else text
