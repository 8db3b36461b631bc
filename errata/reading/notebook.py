"""A Jupyter notebook to a document: its Markdown cells, each read by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from claims.records import replace
from errata.reading.document import Cell, Document, Formula, Macro, Span, Table
from errata.reading.markdown import read_markdown
from errata.reading.plain_text import MAX_CHARACTERS, ReadingError, normal, too_long

_REMEDY = "open it in Jupyter and save it again"


def read_notebook(text: str, path: str) -> Document:
    """The document that a notebook is: the sources of its Markdown cells, joined by newlines.

    Raises ReadingError for what isn't the JSON of a notebook, and as ``read_markdown``.
    """
    sources = list(_sources(text, path))
    if sum(len(source) for _, source in sources) > MAX_CHARACTERS:
        raise too_long(path, MAX_CHARACTERS)
    starts: list[int] = []
    cursor = 0
    for _, source in sources:
        starts.append(cursor)
        cursor += len(source) + 1
    pages = [_moved(read_markdown(s, path), by) for (_, s), by in zip(sources, starts, strict=True)]
    macros: dict[str, Macro] = {}
    for page in pages:
        macros.update(page.macros)
    return Document(
        path=path,
        text="\n".join(source for _, source in sources),
        formulas=tuple(f for p in pages for f in p.formulas),
        damages=tuple(d for p in pages for d in p.damages),
        headings=tuple(h for p in pages for h in p.headings),
        tables=tuple(t for p in pages for t in p.tables),
        macros=macros,
        comments=tuple(c for p in pages for c in p.comments),
        cells=tuple(starts),
        cell_numbers=tuple(number for number, _ in sources),
    )


def _sources(text: str, path: str) -> Iterator[tuple[int, str]]:
    """Number (from 1, over all cells) and source of each Markdown cell."""
    for number, cell in enumerate(_cells(_parsed(text, path), path), 1):
        if isinstance(cell, dict) and cell.get("cell_type") in ("markdown", "heading"):
            source = cell.get("source", "")
            if isinstance(source, list):
                source = "".join(piece for piece in source if isinstance(piece, str))
            if isinstance(source, str):
                yield number, normal(source)


def _parsed(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadingError(path, f"its JSON is broken at line {error.lineno}: {error.msg}", _REMEDY) from error
    except (RecursionError, ValueError) as error:
        raise ReadingError(path, "its JSON can't be read", _REMEDY) from error


def _cells(notebook: Any, path: str) -> list[Any]:
    """The cells of a notebook, also in the older layout with worksheets."""
    if isinstance(notebook, dict):
        sheets = notebook.get("worksheets")
        if isinstance(sheets, list):
            return [c for s in sheets if isinstance(s, dict) for c in s.get("cells") or [] if isinstance(c, dict)]
        cells = notebook.get("cells")
        if isinstance(cells, list):
            return cells
    raise ReadingError(path, "it is JSON, but not a notebook", _REMEDY)


def _moved(page: Document, by: int) -> Document:
    """The page with all its places moved to where its cell starts."""

    def span(old: Span) -> Span:
        return Span(old.start + by, old.end + by)

    def formula(old: Formula) -> Formula:
        return replace(old, span=span(old.span))

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(Cell(c.text, span(c.span)) for c in cells)

    def table(old: Table) -> Table:
        return Table(row(old.header), tuple(row(r) for r in old.rows), span(old.span))

    return replace(
        page,
        formulas=tuple(formula(f) for f in page.formulas),
        damages=tuple(replace(d, span=span(d.span)) for d in page.damages),
        headings=tuple(replace(h, span=span(h.span)) for h in page.headings),
        tables=tuple(table(t) for t in page.tables),
        comments=tuple(span(c) for c in page.comments),
    )
