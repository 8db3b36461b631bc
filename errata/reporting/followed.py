"""Files that notes take in by name and that a run did not check: a report on the first says nothing about them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from errata.reading.document import Document
from errata.reading.latex_masks import masked
from errata.reporting.report import Report

_LATEX = re.compile(
    r"\\(?:input|include|subfile)[ \t]*\{([^{}\n#\\]{1,300})\}"
    r"|\\(?:sub)?import\*?\{([^{}\n#\\]{0,300})\}\{([^{}\n#\\]{1,300})\}"
)
_MARKDOWN = re.compile(r"\{\{<\s*include\s+([^\s>]{1,300})\s*>\}\}|^[`:]{3,}\{include\}[ \t]*(\S{1,300})", re.MULTILINE)
_NOTES = frozenset({".tex", ".ltx", ".md", ".qmd", ".rmd", ".myst", ".ipynb", ".html", ".htm", ".markdown", ".mdx"})


def not_followed(report: Report) -> tuple[str, ...]:
    """The files with notes that the documents of a run take in and that were not among them, each once."""
    taken = [(e.document.path, name) for e in report.examined for name in named(e.document)]
    if not taken:
        return ()
    checked = {_real(e.document.path) for e in report.examined}
    paths = dict.fromkeys(os.path.normpath(_resolved(path, name)) for path, name in taken)
    return tuple(p for p in paths if _real(p) not in checked and (_is_notes(p) or not os.path.exists(p)))


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a name that no file can have
        return path


def named(document: Document) -> Iterator[str]:
    """What a document takes in, as it names it."""
    text, suffix = document.text, PurePath(document.path).suffix.lower()
    if suffix in (".tex", ".ltx"):
        if "\\input" in text or "\\include" in text or "\\subfile" in text or "import" in text:
            for mark in _LATEX.finditer(masked(text).text):
                yield (mark[1] or os.path.join(mark[2], mark[3])).strip()
    elif "include" in text:
        for mark in _MARKDOWN.finditer(text):
            yield mark[1] or mark[2]


def _resolved(path: str, name: str) -> str:
    """Where a named file is: LaTeX lets its suffix be left out."""
    there = os.path.join(os.path.dirname(path), name)
    latex = path.lower().endswith((".tex", ".ltx"))
    return f"{there}.tex" if latex and not PurePath(name).suffix else there


def _is_notes(path: str) -> bool:
    """Whether a file is one that errata reads and that has mathematics of its own: one of macros alone has none."""
    if PurePath(path).suffix.lower() not in _NOTES:
        return False
    try:
        text = Path(path).read_text("utf-8", errors="replace")
    except (OSError, ValueError):
        return True
    return re.search(r"\$|\\\[|\\\(|\\begin\{(?:equation|align|gather|multline)", text) is not None
