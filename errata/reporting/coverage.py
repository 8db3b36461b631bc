"""How much of what notes claim was judged: the counts that keep a report from reading like a pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from claims.records import Record
from claims.verdict import IllFormed, NotAClaim, Proved, Refuted, Supported
from errata.checking.judgement import Examined, Judged
from errata.reporting.report import Report


class Coverage(Record):
    """Claims, how many of them were judged and with which outcome; what was not checked, and what was not read."""

    claims: int
    hold: int
    wrong: int
    waived: int
    not_claims: int
    formulas: int
    fully_read: int

    @property
    def judged(self) -> int:
        """Claims with a verdict: they hold, or they are wrong."""
        return self.hold + self.wrong

    @property
    def share(self) -> float:
        """Percent of the claims that were judged; 100 where nothing is claimed."""
        return 100 * self.judged / self.claims if self.claims else 100.0


def coverage_of(examined: Iterable[Examined]) -> Coverage:
    """The counts over some documents."""
    documents = tuple(examined)
    judged = [j for e in documents for j in e.judged]
    kinds = Counter(_outcome(j) for j in judged)
    return Coverage(
        claims=len(judged) - kinds["not a claim"],
        hold=kinds["holds"],
        wrong=kinds["wrong"],
        waived=sum(j.waived for j in judged),
        not_claims=kinds["not a claim"],
        formulas=sum(len(e.document.formulas) for e in documents),
        fully_read=sum(e.fully_read for e in documents),
    )


def coverage_in(report: Report) -> Coverage:
    """The counts of a whole run."""
    return coverage_of(report.examined)


def _outcome(judged: Judged) -> str:
    match judged.verdict:
        case NotAClaim():
            return "not a claim"
        case Proved() | Supported():
            return "holds"
        case Refuted() | IllFormed():
            return "wrong"
        case _:
            return "open"
