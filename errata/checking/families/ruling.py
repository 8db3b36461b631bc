"""What is said of a relation under named laws."""

from __future__ import annotations

from dataclasses import dataclass

from claims.verdict import Verdict
from errata.reading.document import Span


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, with what was assumed, and for a refutation its rule, its particulars and its place."""

    verdict: Verdict
    where: tuple[str, ...]
    rule: str | None = None
    message: str | None = None
    focus: Span | None = None
    label: str | None = None
