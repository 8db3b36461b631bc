"""LaTeX to a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from errata.reading.damage import damages_of_formulas
from errata.reading.definitions import definitions, macros_of
from errata.reading.document import Document, Heading, Macro, Span
from errata.reading.latex_masks import masked
from errata.reading.latex_tables import latex_tables
from errata.reading.pairing import Finder, blanked, braces
from errata.reading.scanner import DISPLAYS, Block, Scanner

_LEVELS = {
    name: level
    for level, name in enumerate("part chapter section subsection subsubsection paragraph subparagraph".split(), 1)
}
_HEADING = re.compile(rf"\\({'|'.join(_LEVELS)})\*?[ \t]*(?:\[[^\[\]]{{0,500}}\])?[ \t]*(?=\{{)")
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n[ \t]*)++")
_NAME = re.compile(r"\\([A-Za-z]+)")
_SHORT_BEGIN = re.compile(r"\s*\\begin\{([A-Za-z]+\*?)\}\s*")
_SHORT_END = re.compile(r"\s*\\end\{([A-Za-z]+\*?)\}\s*")


def read_latex(text: str, path: str) -> Document:
    """The document that a LaTeX source is, with the macros it defines itself. Raises ReadingError as Scanner does."""
    source = masked(text)
    found = definitions(source.text)
    body = blanked(source.text, [(0, source.body), *((d.span.start, d.span.end) for d in found)])
    macros = macros_of(found)
    scanner = LatexScanner(body, path, macros)
    scanner.scan(_paragraphs(text, source.body))
    formulas = tuple(sorted(scanner.formulas, key=lambda f: f.span.start))
    damages = [*scanner.damages, *damages_of_formulas(formulas)]
    return Document(
        path=path,
        text=text,
        formulas=formulas,
        damages=tuple(sorted(damages, key=lambda d: (d.span.start, d.span.end))),
        headings=tuple(_headings(body)),
        tables=latex_tables(body),
        macros=macros,
        comments=tuple(source.comments),
    )


class LatexScanner(Scanner):
    """Formulas of LaTeX, also between macros such as ``\\be`` and ``\\ee`` that stand for a display's begin and end."""

    special = re.compile(r"\\begin\b|\\[A-Za-z]+|\\[\s\S]|\$+")

    def __init__(self, text: str, path: str, macros: Mapping[str, Macro]) -> None:
        super().__init__(text, path, DISPLAYS, strict=True)
        self._begins = _shorthands(macros, _SHORT_BEGIN)
        ends = _shorthands(macros, _SHORT_END)
        self._ends = {
            environment: Finder(text, rf"(?-i:\\(?:{'|'.join(names)})(?![A-Za-z]))")
            for environment in {*self._begins.values()}
            if (names := [n for n, e in ends.items() if e == environment])
        }

    def step(self, mark: re.Match[str], block: Block) -> int:
        """Deals with one special place; returns where to go on."""
        name = _NAME.fullmatch(mark.group())
        if name is None or name.group(1) == "begin":
            return super().step(mark, block)
        finder = self._ends.get(self._begins.get(name.group(1), ""))
        end = finder and finder.next(mark.end())
        if not end:
            return mark.end()
        return self.take(mark.end(), end.start(), True, mark.group(), block, end.end(), mark.start())


def _shorthands(macros: Mapping[str, Macro], pattern: re.Pattern[str]) -> dict[str, str]:
    """The macros that stand for the begin or the end of a display, with the name of its environment."""
    matches = ((m.name, pattern.fullmatch(m.body)) for m in macros.values() if not m.arity)
    return {name: found.group(1) for name, found in matches if found and found.group(1) in DISPLAYS}


def _paragraphs(text: str, start: int) -> Iterator[Block]:
    for gap in _PARAGRAPH.finditer(text, start):
        yield Block(start, gap.start(), gap.start())
        start = gap.end()
    yield Block(start, len(text), len(text))


def _headings(text: str) -> Iterator[Heading]:
    marks = list(_HEADING.finditer(text))
    partner = braces(text) if marks else {}
    for mark in marks:
        if (end := partner.get(mark.end())) is not None:
            title = " ".join(text[mark.end() + 1 : end].split())
            yield Heading(title, _LEVELS[mark.group(1)], Span(mark.start(), end + 1))
