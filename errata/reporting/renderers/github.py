"""Annotations for a pull request on GitHub: workflow commands on standard output."""

from __future__ import annotations

from pathlib import PurePath

from errata.checking.judgement import Unreadable
from errata.reporting.diagnostic import Diagnostic
from errata.reporting.notebook_source import place_in_file
from errata.reporting.notices import Notice, notices
from errata.reporting.renderers.glyphs import visible
from errata.reporting.renderers.summary import judged, summary
from errata.reporting.report import Report
from errata.reporting.rules.rule import Severity

LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
ORDER = tuple(LEVEL)


def github(report: Report) -> str:
    """Errors first, since GitHub shows only the first ten of each kind; the summary as the last notice."""
    found = sorted(report.diagnostics, key=lambda d: ORDER.index(d.severity))
    lines = [
        *(_unreadable(u) for u in report.unreadable),
        *(_annotation(d) for d in found),
        *(_notice(n) for n in notices(report)),
    ]
    return "\n".join([*lines, f"::notice title=errata::{_data(f'{summary(report)}; {judged(report)}')}"]) + "\n"


def _annotation(d: Diagnostic) -> str:
    parts = {"title": d.title, "file": _file(d.document.path)} | _region(d)
    help = f" ({d.help})" if d.help else ""
    start = place_in_file(d.document, d.span.start)
    cell = f"cell {start.cell}, line {start.line}: " if start.cell is not None else ""
    return f"::{LEVEL[d.severity]} {_properties(parts)}::{_data(cell + d.sentence + help)}"


def _region(d: Diagnostic) -> dict[str, str]:
    """Lines, and columns where GitHub takes them (within one line); a notebook's are those of the file, where it is
    still as it was read."""
    start, end = place_in_file(d.document, d.span.start), place_in_file(d.document, d.span.end)
    if start.cell is not None:
        return {}
    lines = {"line": str(start.line), "endLine": str(end.line)}
    if start.line != end.line:
        return lines
    return lines | {"col": str(start.column), "endColumn": str(end.column)}


def _unreadable(u: Unreadable) -> str:
    return f"::error {_properties({'title': 'not readable', 'file': _file(u.path)})}::{_data(f'{u.why}; {u.remedy}')}"


def _notice(n: Notice) -> str:
    parts = {"title": f"{n.code} {n.name}", "file": _file(n.path), "line": str(n.line)}
    return (
        f"::{'warning' if n.level == 'warning' else 'notice'} {_properties(parts)}::{_data(f'{n.message}. {n.help}')}"
    )


def _file(path: str) -> str:
    """A path from the root of the repository; GitHub finds no line of ./notes.md."""
    return PurePath(path).as_posix()


def _properties(parts: dict[str, str]) -> str:
    return ",".join(f"{key}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in parts.items())


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
