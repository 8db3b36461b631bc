"""Documents in which mathematics is seen and none was read: a report that found nothing there is no pass."""

from __future__ import annotations

import re
from pathlib import PurePath

from claims.records import Record
from errata.reading.definitions import definitions
from errata.reading.document import Document
from errata.reading.latex_masks import masked
from errata.reading.math_commands import MATH_COMMANDS
from errata.reading.pairing import blanked
from errata.reporting.report import Report

_COMMAND = re.compile(r"(?<![\\\w:])\\([A-Za-z]{3,})")
_SIGNS = re.compile(r"[∑∏∫√∇∂∞≤≥≈∈]|<math\b|:math:|\$\$|\\\[", re.IGNORECASE)
_CODE = re.compile(
    r"^[ \t>]*(`{3,}|~{3,})[\s\S]*?^[ \t>]*\1|(`+)(?!`)[^\n]*?(?<!`)\2(?!`)|<!--[\s\S]*?-->|^---\n[\s\S]*?^---$"
    r"|<(script|style|pre|code)\b[\s\S]*?</\3",
    re.MULTILINE | re.IGNORECASE,
)


class Silent(Record):
    """A document of which no formula was read, and the line on which mathematics is seen first."""

    path: str
    line: int


def silent(report: Report) -> tuple[Silent, ...]:
    """The documents of a run in which mathematics is seen and none was read."""
    found = ((e.document, _seen(e.document)) for e in report.examined if not e.document.formulas)
    return tuple(Silent(d.path, d.place(at).line) for d, at in found if at is not None)


def _seen(document: Document) -> int | None:
    """Where mathematics stands outside code, comments and definitions; None where there is none."""
    if document.damages:
        return document.damages[0].span.start
    text = document.text
    if PurePath(document.path).suffix.lower() in (".tex", ".ltx", ".rnw"):
        source = masked(text)
        text = blanked(source.text, [(0, source.body)])
    else:
        text = blanked(text, [m.span() for m in _CODE.finditer(text)])
    if "\\" in text:
        text = blanked(text, [(d.span.start, d.span.end) for d in definitions(text)])
    places = [m.start() for m in _COMMAND.finditer(text) if m.group(1) in MATH_COMMANDS][:1]
    places += [m.start() for m in _SIGNS.finditer(text)][:1]
    return min(places, default=None)
