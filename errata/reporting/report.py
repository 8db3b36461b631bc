"""All that one run of ``errata check`` found, and what of it is counted."""

from __future__ import annotations

import os
from collections import Counter
from functools import cached_property
from typing import assert_never

from claims.records import Record, asdict, field
from claims.verdict import IllFormed, NotAClaim, Proved, Refuted, Supported, Undecided, Unread, Verdict
from errata.checking.judgement import Examined, Fault, Unreadable
from errata.reading.document import Document, Span
from errata.reporting.baseline import Baseline, Entry
from errata.reporting.diagnostic import Diagnostic, diagnostics, reason_of
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection


class Report(Record, dict=True):
    """The results in the order of the inputs, with what was asked."""

    results: tuple[Examined | Unreadable, ...]
    selection: Selection = field(default_factory=Selection)
    seed: int = 0
    elapsed_s: float = 0.0
    baseline: Baseline | None = None
    """What was accepted before; it is neither shown nor counted."""

    @cached_property
    def examined(self) -> tuple[Examined, ...]:
        """The documents that could be read."""
        return tuple(r for r in self.results if isinstance(r, Examined))

    @cached_property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The inputs that could not."""
        return tuple(r for r in self.results if isinstance(r, Unreadable))

    @cached_property
    def found(self) -> tuple[Diagnostic, ...]:
        """Every finding of a selected rule, the accepted ones included."""
        return tuple(d for e in self.examined for d in diagnostics(e, self.selection))

    @cached_property
    def accepted(self) -> frozenset[tuple[int, str]]:
        """The accepted findings, by the identity of their document and their id."""
        if self.baseline is None:
            return frozenset()
        entries = zip(self.found, self.baseline.entries_of(self.found), strict=True)
        return frozenset(name_of(d) for d, entry in entries if entry in self.baseline.entries)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding of a selected rule that was not accepted before."""
        return tuple(d for d in self.found if name_of(d) not in self.accepted)

    @cached_property
    def stale(self) -> tuple[Entry, ...]:
        """Accepted findings that are no longer there, as far as this run looked at their documents and rules."""
        if self.baseline is None:
            return ()
        there = {e for e in self.baseline.entries_of(self.found) if e is not None}
        looked_at = {self.baseline.relative(e.document.path) for e in self.examined}
        missing = (
            e
            for e in self.baseline.entries - there
            if self.selection.at(os.path.join(self.baseline.folder, e.path)).speaks(e.code)
        )
        return tuple(sorted(e for e in missing if e.path in looked_at or self.baseline.gone(e)))

    @cached_property
    def silenced(self) -> int:
        """How many errors and warnings the selection leaves out."""
        spoken = {name_of(d) for d in self.found}
        every = (d for e in self.examined for d in diagnostics(e, Selection()))
        return sum(d.severity is not Severity.NOTE and name_of(d) not in spoken for d in every)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Where errata itself failed."""
        inside = [fault for e in self.examined for fault in e.faults]
        return (*inside, *(u.fault for u in self.unreadable if u.fault is not None))

    @cached_property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why relations are undecided or unread, the most frequent reason first."""
        said = (reason_of(j.verdict) for e in self.examined for j in e.judged)
        counts = Counter(why for why in said if why is not None)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def open_places(self) -> tuple[tuple[str, Document, Span], ...]:
        """Each relation that is undecided or unread: why, and where, in order of place."""
        every = ((reason_of(j.verdict), e.document, j.span) for e in self.examined for j in e.judged)
        return tuple((why, document, span) for why, document, span in every if why is not None)

    def count(self, severity: Severity) -> int:
        """How many findings speak this loudly."""
        return sum(d.severity is severity for d in self.diagnostics)


def name_of(diagnostic: Diagnostic) -> tuple[int, str]:
    """What tells a finding from all others of a run."""
    return id(diagnostic.document), diagnostic.id


class Tally(Record):
    """How many documents, formulas and relations there were, and the relations by verdict."""

    documents: int
    formulas: int
    formulas_fully_read: int
    relations: int
    proved: int
    supported: int
    refuted: int
    ill_formed: int
    undecided: int
    unread: int
    not_a_claim: int
    warnings: int
    waived: int = 0
    """Relations that the author skips, or whose finding is expected; they are among the undecided."""
    accepted: int = 0
    """Errors and warnings that the baseline accepts."""
    stale: int = 0
    """Entries of the baseline that are no longer found."""

    def as_dict(self) -> dict[str, int]:
        """Its counts under their names."""
        return asdict(self)


def tally(report: Report) -> Tally:
    """The counts of a whole run."""
    judged = [j for e in report.examined for j in e.judged]
    words = Counter(word_of(j.verdict) for j in judged)
    return Tally(
        documents=len(report.examined),
        formulas=sum(len(e.document.formulas) for e in report.examined),
        formulas_fully_read=sum(e.fully_read for e in report.examined),
        relations=len(judged),
        proved=words["proved"],
        supported=words["supported"],
        refuted=words["refuted"],
        ill_formed=words["ill-formed"],
        undecided=words["undecided"],
        unread=words["unread"],
        not_a_claim=words["not-a-claim"],
        warnings=report.count(Severity.WARNING),
        waived=sum(j.waived for j in judged),
        accepted=len(report.accepted),
        stale=len(report.stale),
    )


def word_of(verdict: Verdict) -> str:
    """The verdict in one word, as every format writes it."""
    match verdict:
        case Proved():
            return "proved"
        case Supported():
            return "supported"
        case Refuted():
            return "refuted"
        case IllFormed():
            return "ill-formed"
        case Undecided():
            return "undecided"
        case Unread():
            return "unread"
        case NotAClaim():
            return "not-a-claim"
        case _:
            assert_never(verdict)
