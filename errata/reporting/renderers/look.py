"""How a text report should look; the machine formats have no choice."""

from __future__ import annotations

from claims.records import Record, field
from errata.reporting.renderers.ink import Ink


class Look(Record):
    """Colour, width of the terminal, and how much to say."""

    ink: Ink = field(default_factory=Ink)
    width: int = 100
    verbose: int = 0
    quiet: bool = False
