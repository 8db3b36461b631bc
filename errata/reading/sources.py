"""From a path or a text to a document."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePath

from claims.records import replace
from errata.reading.customary import customary_macros
from errata.reading.definitions import is_drawn
from errata.reading.document import Document, Macro
from errata.reading.included_macros import included_macros
from errata.reading.latex import read_latex
from errata.reading.main_documents import macros_of_main
from errata.reading.markdown import read_markdown
from errata.reading.notebook import read_notebook
from errata.reading.plain_text import MAX_CHARACTERS, MAX_NOTEBOOK_CHARACTERS, ReadingError, encoding_of, text_of
from errata.reading.site_macros import near_macros, site_macros

STANDARD_INPUT = "-"


def _read_html(text: str, path: str) -> Document:
    """A page of HTML; what it takes, the names of all characters among it, is imported for such pages alone."""
    from errata.reading.html import read_html

    return read_html(text, path)


def _read_restructured(text: str, path: str) -> Document:
    from errata.reading.restructured import read_restructured

    return read_restructured(text, path)


def _read_org(text: str, path: str) -> Document:
    from errata.reading.org import read_org

    return read_org(text, path)


def _read_sweave(text: str, path: str) -> Document:
    from errata.reading.sweave import read_sweave

    return read_sweave(text, path)


def _read_python(text: str, path: str) -> Document:
    from errata.reading.python_cells import read_python

    return read_python(text, path)


READERS: Mapping[str, Callable[[str, str], Document]] = {
    **dict.fromkeys((".md", ".markdown", ".qmd", ".rmd", ".mdx", ".myst"), read_markdown),
    **dict.fromkeys((".tex", ".ltx"), read_latex),
    **dict.fromkeys((".html", ".htm"), _read_html),
    ".ipynb": read_notebook,
    ".rst": _read_restructured,
    ".org": _read_org,
    **dict.fromkeys((".rnw", ".snw"), _read_sweave),
    ".py": _read_python,
}
"""What reads a file, by its suffix in lower case."""
LATEX = (read_latex, _read_sweave)

_UNREAD = {
    ".typ": (
        "the mathematics of Typst isn't read",
        "convert it: pandoc notes.typ -o notes.md, and check notes.md",
    ),
    ".docx": ("Word's mathematics isn't read", "convert it: pandoc notes.docx -o notes.md, and check notes.md"),
    ".pdf": ("a PDF holds no formulas, only their pictures", "check the source that it was made from"),
}
"""Kinds of files with formulas that errata can't read: why, and the way out."""

_LATEX = re.compile(r"\\(?:documentclass|usepackage|begin\{document\}|(?:sub)*section\*?\{|chapter\*?\{)")


def read_document(path: str, data: bytes | str | None = None) -> Document:
    """The document in the file at ``path``, or in ``data`` under that name; ``-`` is standard input.

    Standard input is taken for LaTeX when it has a preamble or sections, else for Markdown. Macros also come from the
    site that a page belongs to, from files that a LaTeX document takes in, and from the document that takes it in; its
    own ones win. A customary command that none of these defines is taken for what the field means by it. Raises
    ReadingError for what can't be read: no such file, not text, an unknown suffix, broken JSON, too long.
    """
    reader = _reader(path)
    limit = MAX_NOTEBOOK_CHARACTERS if reader is read_notebook else MAX_CHARACTERS
    data = _bytes(path, 4 * limit + 1) if data is None else data
    text = text_of(data, path, limit)
    if reader is None:
        reader = read_latex if _LATEX.search(text, 0, 1_000_000) else read_markdown
    document = reader(text, path)
    if isinstance(data, bytes) and (encoding := encoding_of(data)):
        document = replace(document, encoding=encoding)
    elsewhere: Mapping[str, Macro] = {}
    if path != STANDARD_INPUT:
        elsewhere = _macros_of_latex(text, path) if reader in LATEX else site_macros(path)
        elsewhere = {**near_macros(path), **elsewhere}
    defined = {**elsewhere, **document.macros}
    macros = {name: macro for name, macro in defined.items() if not is_drawn(macro)}
    customary = customary_macros((f.latex for f in document.formulas), macros)
    if not customary and not elsewhere and len(macros) == len(defined):
        return document
    return replace(document, macros={**customary, **macros}, customary=customary)


def _macros_of_latex(text: str, path: str) -> Mapping[str, Macro]:
    """Those of the document that takes this one in, replaced by those of the files that it takes in itself."""
    return {**macros_of_main(text, path), **included_macros(text, path)}


def _reader(path: str) -> Callable[[str, str], Document] | None:
    suffix = PurePath(path).suffix.lower()
    if path != STANDARD_INPUT and suffix not in READERS:
        if suffix in _UNREAD:
            raise ReadingError(path, *_UNREAD[suffix])
        raise ReadingError(path, "errata doesn't know this kind of file", f"use one of {', '.join(sorted(READERS))}")
    return READERS.get(suffix)


def _bytes(path: str, most: int) -> bytes:
    try:
        if path == STANDARD_INPUT:
            return sys.stdin.buffer.read(most)
        with open(path, "rb") as file:
            return file.read(most)
    except FileNotFoundError as error:
        raise ReadingError(path, "there is no such file", "check the path") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ReadingError(path, f"it can't be opened: {why}", "check the path and its permissions") from error
