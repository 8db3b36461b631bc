"""What a user may set about checking."""

from __future__ import annotations

from claims.records import Record


class Options(Record):
    """The seed of every draw, and the budget of one formula."""

    seed: int = 0
    budget_s: float = 2.0
    memory_mb: int = 1024
