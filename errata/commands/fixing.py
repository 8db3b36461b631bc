"""``--diff`` and ``--fix``: repairs that are certain, put into the notes.

A repair is certain where it is one edit of the source, and where the document, judged again with it, has that relation
right and no error that it hadn't before. What can't be told is left to the author.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from claims.records import Record
from claims.verdict import Proved, Supported
from errata.checking.judgement import Examined
from errata.checking.pool.messages import File
from errata.reporting.diagnostic import Diagnostic, diagnostics
from errata.reporting.rules.rule import Severity
from errata.reporting.selection import Selection

if TYPE_CHECKING:
    from errata.commands.engine import Crew
    from errata.commands.runs import Run
    from errata.reporting.edits import Edit
    from errata.reporting.report import Report

MOST_CHARACTERS = 24
"""Characters that an edit may put in or take out: a digit, a sign, a factor, a power."""


class Fix(Record):
    """A file with the certain repairs put in; ``before`` is what it must hold for them to be."""

    path: str
    before: bytes
    after: bytes
    repairs: int
    left: int
    """Repairs that were not certain."""


def fixes(report: Report, run: Run) -> tuple[Fix, ...]:
    """The files that certain repairs change."""
    from errata.reporting.notebook_source import source_of

    found: list[Fix] = []
    wanted = _by_document(report)
    if not wanted:
        return ()
    with run.engine.crew(run.options) as crew:
        for examined in report.examined:
            edits = wanted.get(id(examined.document), ())
            if not edits or examined.document.path == "-":
                continue
            source = source_of(examined.document)
            if source is None:
                continue
            trial = _Trial(examined, source.with_edits, crew, run.jobs)
            sure = trial.certain(edits)
            if sure:
                after = source.with_edits([e for _, e in sure])
                found.append(Fix(examined.document.path, source.data, after, len(sure), len(edits) - len(sure)))
    return tuple(found)


def diff(fix: Fix) -> str:
    """The change of a file as a unified diff."""
    before, after = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (fix.before, fix.after))
    path = PurePath(os.path.normpath(fix.path)).as_posix()
    lines = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def apply(fix: Fix) -> bool:
    """Write a file, whole or not at all; False, and nothing is written, where it has changed since it was judged."""
    from errata.commands.output import replace_bytes

    path = Path(os.path.realpath(fix.path))
    try:
        if path.read_bytes() != fix.before:
            return False
        replace_bytes(path, fix.after)
    except OSError:
        return False
    return True


Wanted = Sequence[tuple[Diagnostic, "Edit"]]


def _by_document(report: Report) -> Mapping[int, Wanted]:
    out: dict[int, list[tuple[Diagnostic, Edit]]] = {}
    for d in report.diagnostics:
        if d.severity is Severity.ERROR and d.edit is not None and _is_small(d.edit):
            edits = out.setdefault(id(d.document), [])
            if all(not _touch(d.edit, other) for _, other in edits):
                edits.append((d, d.edit))
    return out


def _is_small(edit: Edit) -> bool:
    return max(len(edit.text), edit.span.end - edit.span.start) <= MOST_CHARACTERS


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


class _Trial:
    """A document, and edits tried in it."""

    def __init__(self, examined: Examined, edited: Callable[[Sequence[Edit]], bytes], crew: Crew, jobs: int) -> None:
        self._examined, self._edited, self._crew, self._jobs = examined, edited, crew, jobs

    def certain(self, edits: Wanted) -> Wanted:
        """Those edits that mend what they should and break nothing: all at once, or else those that do alone."""
        (together,) = self._outcomes([edits])
        if self._is_good(together, edits):
            return edits
        alone = self._outcomes([[one] for one in edits])
        good = [one for one, outcome in zip(edits, alone, strict=True) if self._is_good(outcome, [one])]
        if not good:
            return ()
        (again,) = self._outcomes([good])
        return good if self._is_good(again, good) else ()

    def _outcomes(self, trials: Sequence[Wanted]) -> list[Examined | None]:
        path = self._examined.document.path
        sources = [File(path, self._edited([e for _, e in edits])) for edits in trials]
        out: list[Examined | None] = [None] * len(trials)
        for n, result in self._crew.examined(sources, self._jobs, lambda i, event: None):
            out[n] = result if isinstance(result, Examined) else None
        return out

    def _is_good(self, after: Examined | None, edits: Wanted) -> bool:
        """Whether the edited relations hold, and no finding is there that was not."""
        before = self._examined
        if after is None or after.faults or len(after.judged) != len(before.judged):
            return False
        mended = 0
        for old, new in zip(before.judged, after.judged, strict=True):
            edited = any((old.focus or old.span).start <= e.span.start <= old.span.end for _, e in edits)
            mended += edited and isinstance(new.verdict, Proved | Supported)
        return mended >= len(edits) and len(_findings(after)) <= len(_findings(before)) - len(edits)


def _findings(examined: Examined) -> list[Diagnostic]:
    return [d for d in diagnostics(examined, Selection()) if d.severity is not Severity.NOTE]
