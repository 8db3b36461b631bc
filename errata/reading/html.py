"""HTML to a document: MathJax's delimiters and scripts, and the annotations that KaTeX leaves."""

from __future__ import annotations

import re

from errata.reading.damage import damages_of_formulas
from errata.reading.definitions import definitions, macros_of, without_definitions
from errata.reading.document import Cell, Damage, Document, Formula, Heading, Span, Table
from errata.reading.html_text import TAG, HtmlText
from errata.reading.html_tokens import Kind, Token, tokens
from errata.reading.macro_tables import macros_of_tables
from errata.reading.scanner import DISPLAYS, INNER, Block, Scanner

_INLINE = frozenset(
    "a abbr b bdi bdo big cite del dfn em font i img ins kbd label mark nobr q s samp small span strike strong sub sup"
    " tt u var wbr br".split()
)
_SKIPPED = frozenset({"pre", "code", "math", "svg", "template", "iframe"})
_LEAVES = frozenset({"mi", "mn", "mo"})
_HEADING = re.compile(r"h[1-6]")
_MATH_SCRIPT = re.compile(r"type\s*=\s*[\"']?math/tex(\s*;\s*mode\s*=\s*display)?", re.IGNORECASE)
_ANNOTATION = re.compile(r"encoding\s*=\s*[\"']?application/x-tex", re.IGNORECASE)
_DISPLAY = re.compile(r"display\s*=\s*[\"']?block|katex-display", re.IGNORECASE)
_DOLLARS = re.compile(
    r"inlineMath\s*[\"']?\s*[:=]\s*\[[^;{}]{0,200}?[\"']\$[\"']|left[\"']?\s*:\s*[\"']\$[\"']|[\"']\[\+\][\"']\s*:\s*"
    r"\[\s*\[\s*[\"']\$[\"']",
    re.IGNORECASE,
)
_CDATA = re.compile(r"\s*%\s*<!\[CDATA\[|%\s*\]\]>\s*")
_BROKEN = "markup inside a formula, as Markdown leaves it when it takes _ or * for emphasis; write the formula again"


def read_html(text: str, path: str) -> Document:
    """The document that an HTML page is. Raises ReadingError on more formulas than a page can hold."""
    page = _Page(text)
    page.read()
    flat = page.flat.text()
    scanner = HtmlScanner(flat, path, dollars=page.dollars)
    scanner.scan(page.blocks)
    broken = [f for f in scanner.formulas if TAG in f.latex]
    sound = [_placed(f, page.flat) for f in scanner.formulas if TAG not in f.latex]
    found = definitions(text) if "\\" in text else []
    kept = [f for f in (without_definitions(f, found) for f in [*page.formulas, *sound]) if f is not None]
    formulas = tuple(sorted(kept, key=lambda f: f.span.start))
    damages = [
        *(Damage("markup-in-formula", _span(page.flat, f.span), _BROKEN) for f in broken),
        *(Damage(d.kind, _span(page.flat, d.span), d.message) for d in scanner.damages),
        *damages_of_formulas(formulas),
    ]
    return Document(
        path=path,
        text=text,
        formulas=formulas,
        damages=tuple(sorted(damages, key=lambda d: (d.span.start, d.span.end))),
        headings=tuple(page.headings),
        tables=tuple(page.tables),
        macros={**macros_of_tables("\n".join(page.scripts)), **macros_of(found)},
        comments=tuple(page.comments),
    )


class HtmlScanner(Scanner):
    """Formulas between delimiters in the running text of a page."""

    def __init__(self, text: str, path: str, dollars: bool) -> None:
        super().__init__(text, path, DISPLAYS | INNER, dollars)


class _Page:
    """Walks over the tokens once and sorts them: running text, formulas, headings, tables, scripts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = HtmlText()
        self.blocks: list[Block] = []
        self.formulas: list[Formula] = []
        self.headings: list[Heading] = []
        self.tables: list[Table] = []
        self.scripts: list[str] = []
        self.comments: list[Span] = []
        self.dollars = False
        self._block_start = 0
        self._skipping = ""
        self._skip_depth = 0
        self._display = False
        self._annotation: int | None = None
        self._math: list[Token] = []
        self._heading: tuple[Token, int] | None = None
        self._rows: list[list[tuple[Cell, ...]]] = []
        self._row: list[Cell] = []
        self._cell: Token | None = None
        self._table: list[int] = []

    def read(self) -> None:
        """Reads the page."""
        for token in tokens(self.text):
            self._take(token)
        self._cut(len(self.text))

    def _take(self, token: Token) -> None:
        if self._skipping == "math":
            self._math.append(token)
        match token.kind:
            case Kind.COMMENT:
                if not token.name:
                    self.comments.append(Span(token.start + 4, token.end - 3))
            case Kind.RAW:
                self._raw(token)
            case Kind.TEXT | Kind.REFERENCE:
                if not self._skipping:
                    reference = token.kind is Kind.REFERENCE
                    piece = token.detail if reference else self.text[token.start : token.end]
                    self.flat.add(piece, token.start, token.end, fixed=reference)
            case Kind.OPEN:
                self._open(token)
            case Kind.CLOSE:
                self._close(token)

    def _raw(self, token: Token) -> None:
        if token.name != "script":
            return
        kind = _MATH_SCRIPT.search(token.detail)
        content = self.text[token.start : token.end]
        if kind is None:
            self.scripts.append(content)
            self.dollars = self.dollars or _DOLLARS.search(content) is not None
            return
        content = _CDATA.sub(lambda m: " " * len(m.group()), content)
        self._formula(content, token.start, kind.group(1) is not None, "script")

    def _formula(self, content: str, start: int, display: bool, delimiter: str) -> None:
        """Keeps a formula that has an element to itself, with its references decoded."""
        inner = HtmlText()
        for token in tokens(content) if delimiter == "annotation" else [Token(Kind.TEXT, 0, len(content))]:
            reference = token.kind is Kind.REFERENCE
            piece = token.detail if reference else content[token.start : token.end]
            inner.add(piece, start + token.start, start + token.end, fixed=reference)
        latex = inner.text()
        lead = len(latex) - len(latex.lstrip())
        latex = latex.strip()
        if latex:
            span = Span(lead, lead + len(latex))
            self.formulas.append(_placed(Formula(latex, span, display, delimiter), inner))

    def _open(self, token: Token) -> None:
        if self._skipping:
            self._skip_depth += token.name == self._skipping and not token.detail.endswith("/")
            if token.name == "annotation" and _ANNOTATION.search(token.detail):
                self._annotation = token.end
            return
        if token.name in _INLINE:
            self._display = self._display or _DISPLAY.search(token.detail) is not None
            self.flat.add(TAG, token.start, token.end, fixed=True)
            return
        self._cut(token.start)
        if token.name in _SKIPPED and not token.detail.endswith("/"):
            self._skipping, self._skip_depth = token.name, 1
            self._math = []
            self._display = self._display or _DISPLAY.search(token.detail) is not None
        elif _HEADING.fullmatch(token.name):
            self._heading = (token, self.flat.length)
        else:
            self._open_table(token)

    def _close(self, token: Token) -> None:
        if self._skipping:
            self._close_skipped(token)
        elif token.name in _INLINE:
            self.flat.add(TAG, token.start, token.end, fixed=True)
        else:
            self._cut(token.start)
            if self._heading is not None and _HEADING.fullmatch(token.name):
                self._close_heading(*self._heading, token)
            else:
                self._close_table(token)

    def _close_skipped(self, token: Token) -> None:
        if token.name == "annotation" and self._annotation is not None:
            content = self.text[self._annotation : token.start]
            self._formula(content, self._annotation, self._display, "annotation")
            self._annotation = None
            self._math = []
        if token.name == self._skipping:
            self._skip_depth -= 1
        if not self._skip_depth:
            if self._skipping == "math" and any(t.kind is Kind.OPEN and t.name in _LEAVES for t in self._math):
                self._presented(token)
            self._skipping = ""
            self._display = False

    def _presented(self, closing: Token) -> None:
        """Keeps the formula that MathML without an annotation shows."""
        from errata.reading.mathml import latex_of

        if found := latex_of(self._math[:-1], self.text):
            latex, origins = found
            span = Span(self._math[0].start, closing.start)
            self.formulas.append(Formula(latex, span, self._display, "math", origins))

    def _close_heading(self, opening: Token, start: int, token: Token) -> None:
        title = "".join(self.flat.pieces_from(start)).replace(TAG, "")
        level = int(opening.name[1])
        self.headings.append(Heading(" ".join(title.split()), level, Span(opening.start, token.end)))
        self._heading = None

    def _open_table(self, token: Token) -> None:
        if token.name == "table":
            self._table.append(token.start)
            self._rows.append([])
        elif token.name in ("td", "th", "tr"):
            self._end_cell(token.start)
            if token.name == "tr":
                self._end_row()
            else:
                self._cell = token

    def _close_table(self, token: Token) -> None:
        if token.name in ("td", "th", "tr", "table"):
            self._end_cell(token.start)
        if token.name in ("tr", "table"):
            self._end_row()
        if token.name == "table" and self._table:
            rows, start = self._rows.pop(), self._table.pop()
            if rows:
                self.tables.append(Table(rows[0], tuple(rows[1:]), Span(start, token.end)))

    def _end_cell(self, end: int) -> None:
        if self._cell is not None:
            raw = self.text[self._cell.end : end]
            start = self._cell.end + len(raw) - len(raw.lstrip())
            self._row.append(Cell(raw.strip(), Span(start, start + len(raw.strip()))))
        self._cell = None

    def _end_row(self) -> None:
        if self._row and self._rows:
            self._rows[-1].append(tuple(self._row))
        self._row = []

    def _cut(self, offset: int) -> None:
        """Ends a block of running text."""
        if self.flat.length > self._block_start:
            self.blocks.append(Block(self._block_start, self.flat.length, self.flat.length))
            self.flat.add("\n", offset, offset, fixed=True)
            self._block_start = self.flat.length


def _placed(formula: Formula, flat: HtmlText) -> Formula:
    """The formula with its place in the page instead of that in the running text."""
    start, end = formula.span.start, formula.span.end
    return Formula(
        formula.latex, _span(flat, formula.span), formula.display, formula.delimiter, flat.origins(start, end)
    )


def _span(flat: HtmlText, span: Span) -> Span:
    return Span(flat.origin(span.start), flat.origin_end(max(span.end - 1, span.start)))
