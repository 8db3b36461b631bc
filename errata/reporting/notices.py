"""What a run did not look at, or read otherwise than it stands, with codes, for every format beside the text."""

from __future__ import annotations

from claims.records import Record
from errata.reporting.followed import not_followed
from errata.reporting.report import Report
from errata.reporting.silence import silent


class Notice(Record):
    """What it is, how loudly it speaks (warning or note), where, and what can be done."""

    code: str
    name: str
    level: str
    path: str
    line: int
    message: str
    help: str


MEANINGS = {
    "N901": (
        "nothing-read",
        "warning",
        "Mathematics is seen in the document and no formula of it was read, so nothing was checked: a report that "
        "finds nothing there is no pass. Give the file an ending that says what it is (.md, .tex, .ipynb, .html, .rst "
        "or .org), or write its formulas between delimiters.",
    ),
    "N902": (
        "not-followed",
        "warning",
        "The notes name a file, as by \\input or an include, that was not checked in this run, or that is not there: "
        "what stands in it is not part of the report. Check the whole folder, or mend the name.",
    ),
    "N903": (
        "not-utf-8",
        "note",
        "The file is not UTF-8 and was read in the encoding that is named. Where that is a guess, letters outside of "
        "ASCII may be others than the author's. Save the file as UTF-8.",
    ),
}
"""The name, the level and the meaning of each code."""


def notices(report: Report) -> tuple[Notice, ...]:
    """All of a run, by code."""
    quiet = [
        _notice("N901", one.path, one.line, "mathematics is seen and none was read, so nothing was checked")
        for one in silent(report)
    ]
    left = [
        _notice("N902", one.by, one.line, f"names {one.path}, which was not {_lack(one.is_there)}")
        for one in not_followed(report)
    ]
    decoded = [
        _notice("N903", e.document.path, 1, f"not in UTF-8, and read as {e.document.encoding}")
        for e in report.examined
        if e.document.encoding
    ]
    return (*quiet, *left, *decoded)


def _lack(is_there: bool) -> str:
    return "checked in this run" if is_there else "found"


def _notice(code: str, path: str, line: int, message: str) -> Notice:
    name, level, meaning = MEANINGS[code]
    return Notice(code, name, level, path, line, message, meaning.rpartition(". ")[2].removesuffix("."))


def page(code: str) -> str:
    """What a code of a notice means, as Markdown."""
    name, level, meaning = MEANINGS[code]
    of_run = "It speaks of the run, not of a formula: no exit status comes of it."
    return f"## {code} {name} ({level})\n\n{meaning}\n\n{of_run}"
