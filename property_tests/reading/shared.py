"""The course documents that lie beside the project, where they do; tests that use them skip where they don't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from errata.reading.document import Document, Macro
from errata.reading.sources import read_document

SHARED = Path(__file__).parents[2].parent / "shared"
LECTURES = "lectures"
PAGES = "corpus/statproofbook"


def shared_paths(*folders: str) -> list[Path]:
    """The documents of these folders of ../shared, in order. Skips the test where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the course documents are not part of the project")
    return [path for folder in folders for path in sorted((SHARED / folder).glob("*.md"))]


def shared_documents(*folders: str) -> Iterator[Document]:
    """The same, read."""
    for path in shared_paths(*folders):
        yield read_document(str(path))


def shared_formulas() -> Iterator[tuple[str, int, str, Mapping[str, Macro]]]:
    """Every formula of ../shared: path, line, LaTeX, macros."""
    for document in shared_documents(LECTURES, PAGES):
        for formula in document.formulas:
            yield document.path, document.place(formula.span.start).line, formula.latex, document.macros
