"""What a user may set about checking."""

from __future__ import annotations

from claims.records import Record
from errata.reading.document import Macro


class Options(Record):
    """The seed of every draw, the budget of one formula, and what holds in a whole course."""

    seed: int = 0
    budget_s: float = 2.0
    memory_mb: int = 1024
    course: tuple[str, ...] = ()
    """Statements as in an author's comment, heard before each document begins."""
    macros: tuple[Macro, ...] = ()
    """Macros of all documents; a document's own win."""
