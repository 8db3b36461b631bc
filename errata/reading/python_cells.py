"""Notebooks that are kept as Python files: the Markdown cells of jupytext's formats and of marimo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import replace
from errata.reading.document import Cell, Document, Formula, Span, Table
from errata.reading.markdown import read_markdown

_PERCENT = re.compile(r"^# ?%%[^\n]*\[(?:markdown|md)\][^\n]*\n", re.MULTILINE)
_PLUS = re.compile(r"^# ?\+ \[markdown\][^\n]*\n", re.MULTILINE)
_LIGHT = re.compile(r"\A(?:#[^\n]*\n)*?#[^\n]*format_name:[ \t]*light\b")
_MARIMO = re.compile(r"\bmo\.md\(\s*([rRfF]{0,2})(\"\"\"|''')([\s\S]*?)\2")
_COMMENT = re.compile(r"#(?: |(?=\n|\Z))")
_QUOTED = re.compile(r"[rR]?(\"\"\"|''')([\s\S]*?)\1")
_COMMENTED_RUN = re.compile(r"(?:^#(?![!%+])(?: [^\n]*)?(?:\n|\Z))+", re.MULTILINE)
_HEADER = re.compile(r"\A# ---\n(?:#[^\n]*\n)*?# ---\n")
_ESCAPE = re.compile(r"\\\\")
_DOUBLED = re.compile(r"\{\{|\}\}")


def has_cells(text: str) -> bool:
    """Whether a Python file holds cells of Markdown."""
    return any(pattern.search(text) for pattern in (_PERCENT, _PLUS, _LIGHT, _MARIMO))


def read_python(text: str, path: str) -> Document:
    """The document that the Markdown cells of a Python file are; its places are those of the file."""
    characters: list[str] = []
    origins: list[int] = []
    for start, end, kind in sorted(set(_cells(text))):
        for at, piece in _pieces(text, start, end, kind):
            characters.append(piece)
            origins += range(at, at + len(piece))
        characters.append("\n\n")
        origins += [end, end]
    return _placed(read_markdown("".join(characters), path), text, (*origins, len(text)))


def _cells(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each cell's source, with how it is written: in comments, or in a string with its prefix."""
    for call in _MARIMO.finditer(text):
        yield call.start(3), call.end(3), call.group(1).lower() + '"'
    light = _LIGHT.match(text) is not None
    for head in [*_PERCENT.finditer(text), *(() if light else _PLUS.finditer(text))]:
        if quoted := _QUOTED.match(text, head.end()):
            yield quoted.start(2), quoted.end(2), 'r"'
        elif run := _COMMENTED_RUN.match(text, head.end()):
            yield run.start(), run.end(), "#"
    header = _HEADER.match(text)
    for run in _COMMENTED_RUN.finditer(text, header.end() if header else 0) if light else ():
        yield run.start(), run.end(), "#"


def _pieces(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, str]]:
    """The source of a cell without what Python needs around it, piece by piece, each with its place."""
    lines = text[start:end].split("\n")
    indent = 0 if kind == "#" else min((len(s) - len(s.lstrip()) for s in lines[1:] if s.strip()), default=0)
    at = start
    for number, line in enumerate(lines):
        cut = indent if number and len(line) >= indent else 0
        if kind == "#" and (sign := _COMMENT.match(f"{line}\n")):
            cut = sign.end()
        yield from _decoded(line[cut:], at + cut, kind)
        if number < len(lines) - 1:
            yield at + len(line), "\n"
        at += len(line) + 1


def _decoded(line: str, at: int, kind: str) -> Iterator[tuple[int, str]]:
    pattern = None
    if kind.startswith("f") or kind == 'rf"':
        pattern = _DOUBLED
    elif kind == '"':
        pattern = _ESCAPE
    done = 0
    for double in pattern.finditer(line) if pattern else ():
        yield at + done, line[done : double.start() + 1]
        done = double.end()
    yield at + done, line[done:]


def _placed(page: Document, text: str, origins: tuple[int, ...]) -> Document:
    """The page with all its places moved to those of the text that it was taken from."""

    def span(old: Span) -> Span:
        return Span(origins[old.start], origins[old.end - 1] + 1 if old.end > old.start else origins[old.start])

    def formula(old: Formula) -> Formula:
        places = tuple(origins[old.offset(i)] for i in range(len(old.latex)))
        return replace(old, span=span(old.span), origins=places)

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(Cell(c.text, span(c.span)) for c in cells)

    def table(old: Table) -> Table:
        return Table(row(old.header), tuple(row(r) for r in old.rows), span(old.span))

    return replace(
        page,
        text=text,
        formulas=tuple(formula(f) for f in page.formulas),
        damages=tuple(replace(d, span=span(d.span)) for d in page.damages),
        headings=tuple(replace(h, span=span(h.span)) for h in page.headings),
        tables=tuple(table(t) for t in page.tables),
        comments=tuple(span(c) for c in page.comments),
    )
