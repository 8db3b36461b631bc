"""One line for each finding, as editors and grep like it."""

from __future__ import annotations

from collections.abc import Iterator

from errata.reporting.diagnostic import Diagnostic
from errata.reporting.renderers.glyphs import visible
from errata.reporting.renderers.ink import OF_SEVERITY
from errata.reporting.renderers.location import location
from errata.reporting.renderers.look import Look
from errata.reporting.renderers.summary import judged, summary
from errata.reporting.renderers.text import shown
from errata.reporting.report import Report


def concise(report: Report, look: Look) -> str:
    """``path:line:column: code message; diagnosis; repair`` for each finding, then the summary."""
    lines = [_line(d, look) for d in shown(report, look)]
    return "\n".join([*lines, f"{summary(report)}; {judged(report)}"]) + "\n"


def _line(diagnostic: Diagnostic, look: Look) -> str:
    code = look.ink.paint(OF_SEVERITY[diagnostic.severity], diagnostic.code)
    said = "; ".join(_parts(diagnostic))
    return f"{location(diagnostic.document.path, diagnostic.start)}: {code} {visible(said)}"


def _parts(diagnostic: Diagnostic) -> Iterator[str]:
    """The sentence, the diagnosis where it says more, and the repair; "should be 3" is what a repair says."""
    yield diagnostic.sentence
    label = diagnostic.label
    if (
        label
        and label not in diagnostic.sentence
        and not (diagnostic.help and label.startswith(("should be ", "the value is ")))
    ):
        yield label
    if diagnostic.help:
        yield diagnostic.help
