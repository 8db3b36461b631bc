"""One line for each finding, as editors and grep like it."""

from __future__ import annotations

from errata.reporting.diagnostic import Diagnostic
from errata.reporting.renderers.glyphs import visible
from errata.reporting.renderers.ink import OF_SEVERITY
from errata.reporting.renderers.location import location
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.summary import summary
from errata.reporting.renderers.text import shown
from errata.reporting.report import Report


def concise(report: Report, look: Look) -> str:
    """``path:line:column: code message`` for each finding, then the summary."""
    lines = [_line(d, look) for d in shown(report, look)]
    return "\n".join([*lines, summary(report)]) + "\n"


def _line(diagnostic: Diagnostic, look: Look) -> str:
    code = look.ink.paint(OF_SEVERITY[diagnostic.severity], diagnostic.code)
    return f"{location(diagnostic.document.path, diagnostic.start)}: {code} {visible(diagnostic.sentence)}"
