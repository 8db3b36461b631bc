"""Org to a document: formulas as in LaTeX, headings, comments; blocks of code are stepped over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.damage import damages_of_formulas
from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Document, Heading, Span
from errata.reading.pairing import blanked
from errata.reading.scanner import DISPLAYS, Block, Scanner

_CODE = re.compile(
    r"^[ \t]*#\+begin_(src|example|comment|export[ \t]+(?!latex)\w+)\b[\s\S]*?^[ \t]*#\+end_\w+|^[ \t]*:[ \t][^\n]*$"
    r"|^[ \t]*#\+(?!latex_header|latex:)\w+:[^\n]*$|^[ \t]*:[\w-]+:[^\n]*$"
    r"|(?<![^\s('\"{-])([=~])(?=\S)[^\n]*?(?<=\S)\2(?![^\s)'\"},;:.!?-])",
    re.MULTILINE | re.IGNORECASE,
)
_COMMENT = re.compile(r"^[ \t]*#[ \t]([^\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^(\*+)[ \t]+([^\n]*)$", re.MULTILINE)
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)++|^\*+[ \t][^\n]*$", re.MULTILINE)


def read_org(text: str, path: str) -> Document:
    """The document that an Org file is. Raises ReadingError as Scanner does."""
    comments = [Span(m.start(1), m.end(1)) for m in _COMMENT.finditer(text)]
    code = [m.span() for m in _CODE.finditer(text)] + [(c.start, c.end) for c in comments]
    running = blanked(text, code)
    found = definitions(running) if "\\" in running else []
    body = blanked(running, [(d.span.start, d.span.end) for d in found])
    scanner = Scanner(body, path, DISPLAYS)
    scanner.scan(_blocks(body))
    formulas = tuple(sorted(scanner.formulas, key=lambda f: f.span.start))
    damages = [*scanner.damages, *damages_of_formulas(formulas)]
    return Document(
        path=path,
        text=text,
        formulas=formulas,
        damages=tuple(sorted(damages, key=lambda d: (d.span.start, d.span.end))),
        headings=tuple(Heading(m[2].strip(), len(m[1]), Span(*m.span())) for m in _HEADING.finditer(body)),
        macros=macros_of(found),
        comments=tuple(comments),
    )


def _blocks(text: str) -> Iterator[Block]:
    """Paragraphs and headings."""
    start = 0
    for gap in _GAP.finditer(text):
        yield Block(start, gap.start(), gap.start())
        if gap.group().strip():
            yield Block(gap.start(), gap.end(), gap.end())
        start = gap.end()
    yield Block(start, len(text), len(text))
