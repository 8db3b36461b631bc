"""The report for people: each finding with its place, its source and what it rests on; the summary last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.checking.judgement import Examined, Judged
from errata.reporting.diagnostic import Diagnostic, condition_of, reason_of
from errata.reporting.renderers.excerpt import Row, excerpt
from errata.reporting.renderers.glyphs import visible
from errata.reporting.renderers.ink import OF_SEVERITY, Ink, Style
from errata.reporting.renderers.location import location
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.summary import coverage, judged, per_file, reasons, summary
from errata.reporting.report import Report, word_of
from errata.reporting.rules.rule import Severity

LEAST_ROOM = 30
KEY = 8
"""Columns for the longest key, ``holds if``."""


def text(report: Report, look: Look) -> str:
    """The whole report; with ``-v`` also why relations were not judged, with ``-vv`` also how each was read."""
    found = shown(report, look)
    parts = [*(block(d, look) for d in found), *_readings(report, look)]
    return "\n\n".join([*parts, "\n".join(_close(report, found, look))]) + "\n"


def shown(report: Report, look: Look) -> tuple[Diagnostic, ...]:
    """The findings to print: notes only when they are selected or with ``-vv``, warnings not when quiet."""
    kept = {Severity.ERROR} if look.quiet else {Severity.ERROR, Severity.WARNING}
    if not look.quiet and (look.verbose > 1 or any(code.startswith("N") for code in report.selection.select)):
        kept.add(Severity.NOTE)
    return tuple(d for d in report.diagnostics if d.severity in kept)


def block(diagnostic: Diagnostic, look: Look) -> str:
    """One finding."""
    return "\n".join(_block(diagnostic, look))


def _block(d: Diagnostic, look: Look) -> Iterator[str]:
    ink, style = look.ink, OF_SEVERITY[d.severity]
    rows = excerpt(d.document.text, d.span, max(LEAST_ROOM, look.width - len(str(d.end.line)) - 3))
    last = max(row.number for row in rows if row)
    pad = " " * len(str(d.start.line + last))
    bar = ink.paint(Style.GUTTER, f"{pad} |")
    yield ink.paint(style, f"{d.severity}[{d.code}{f' {d.name}' if d.name else ''}]") + ink.paint(
        Style.STRONG, f": {visible(d.headline)}"
    )
    yield f"{pad}{ink.paint(Style.GUTTER, '-->')} {location(d.document.path, d.start)}"
    yield bar
    for row in rows:
        yield from _row(d, row, last, len(pad), look)
    yield bar
    for key, value in _facts(d):
        yield f"{pad} {ink.paint(Style.GUTTER, '=')} {ink.paint(Style.STRONG, key)}{' ' * (KEY - len(key))} {value}"
    if d.help:
        yield f"{ink.paint(Style.HELP, 'help')}: {visible(d.help)}"


def _row(d: Diagnostic, row: Row | None, last: int, digits: int, look: Look) -> Iterator[str]:
    ink = look.ink
    if row is None:
        yield ink.paint(Style.GUTTER, "...")
        return
    number = ink.paint(Style.GUTTER, f"{d.start.line + row.number:>{digits}} |")
    yield f"{number} {row.source}".rstrip()
    if row.marked:
        label = d.label or d.message if row.number == last else None
        carets = "^" * row.marked + (f" {visible(label)}" if label else "")
        bar = ink.paint(Style.GUTTER, f"{' ' * digits} |")
        yield f"{bar} {' ' * row.indent}{ink.paint(OF_SEVERITY[d.severity], carets)}"


def _facts(d: Diagnostic) -> Iterator[tuple[str, str]]:
    if d.label and d.message and d.message != d.label:
        yield "finding", visible(d.message)
    for key, value in d.facts:
        yield key, visible(value)


def _readings(report: Report, look: Look) -> list[str]:
    if look.verbose < 2:
        return []
    lines = [_reading(e, j, look.ink) for e in report.examined for j in e.judged]
    return ["\n".join(lines)] if lines else []


def _reading(examined: Examined, judged: Judged, ink: Ink) -> str:
    where = location(examined.document.path, examined.document.place(judged.span.start))
    word = ink.paint(Style.STRONG, word_of(judged.verdict))
    said = [judged.read_as or " ".join((judged.left, judged.relation, judged.right))]
    said += [f"if {condition}" for condition in [condition_of(judged.verdict)] if condition]
    said += [f"({why})" for why in [reason_of(judged.verdict)] if why]
    return f"{where}: {word}: {visible(' '.join(said))}"


def _close(report: Report, found: Sequence[Diagnostic], look: Look) -> Iterator[str]:
    codes = sorted({d.code for d in found if d.name})
    if codes and not look.quiet:
        yield look.ink.paint(Style.FAINT, f"more about {_listed(codes)}: errata explain {codes[0]}")
    if look.verbose:
        yield from reasons(report)
    if not look.quiet:
        yield from per_file(report)
        yield from coverage(report)
    yield judged(report)
    yield look.ink.paint(Style.STRONG, summary(report))


def _listed(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"
