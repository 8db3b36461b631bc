"""What a rule is: a page about one kind of mistake."""

from __future__ import annotations

from enum import StrEnum

from claims.records import Record


class Severity(StrEnum):
    """How loudly a finding speaks; a note has no say in the exit status."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(Record):
    """One kind of finding. ``wrong`` and ``right`` are small Markdown notes, run by a test through ``errata check``."""

    code: str
    name: str
    severity: Severity
    headline: str
    """What is the matter, in one line and without the particulars."""
    what: str
    why: str
    wrong: str
    right: str
    silent: str
    """When the rule says nothing, though one might expect it to."""
