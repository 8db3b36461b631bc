"""Files that notes take in by name and that a run did not check: a report on the first says nothing about them."""

from __future__ import annotations

import os
from pathlib import PurePath

from claims.records import Record
from errata.reading.followed import has_mathematics, meant, named_in, real, text_at
from errata.reporting.report import Report

_NOTES = frozenset(
    {".tex", ".ltx", ".rnw", ".md", ".qmd", ".rmd", ".myst", ".rst", ".org", ".ipynb", ".html", ".htm"}
    | {".markdown", ".mdx"}
)


class Left(Record):
    """A file that notes name and that was not checked, and the line that names it; it may not be there at all."""

    path: str
    by: str
    line: int
    is_there: bool


def not_followed(report: Report) -> tuple[Left, ...]:
    """The files with notes that the documents of a run take in and that were not among them, each once."""
    documents = [e.document for e in report.examined]
    paths = [d.path for d in documents]
    checked = {real(path) for path in [*paths, *(u.path for u in report.unreadable)]}
    left: dict[str, Left] = {}
    for document in documents:
        for named in named_in(document.text, document.path):
            found = meant(named, document.path, paths)
            path = found or os.path.normpath(os.path.join(os.path.dirname(document.path), named.names[0]))
            if real(path) in checked or (found is not None and not _is_notes(found)):
                continue
            line = document.place(named.offset).line
            left.setdefault(path, Left(path, document.path, line, found is not None))
    return tuple(left.values())


def _is_notes(path: str) -> bool:
    """Whether a file is one that errata reads and that has mathematics of its own."""
    return PurePath(path).suffix.lower() in _NOTES and has_mathematics(text_at(path))
