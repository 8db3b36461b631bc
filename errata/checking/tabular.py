"""Worked examples in tables: what a row gives to its columns, and what a column heading claims of its cells.

Three general forms: a column headed by a formula (``I = −log₂ p``) beside columns headed by its names (``p``); a column
headed by the density ``p(y)`` of a law that the section names; and rows of parameters that a later line takes up one by
one (``p_1(82)``, ``p_2(82)``, …) for a formula in the columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claims.printed import about
from claims.records import Record
from errata.checking.kinds import is_number
from errata.checking.learning import GIVES, NEARLY
from errata.reading.document import Cell, Document, Span, Table
from errata.reading.lowering import lower
from errata.reading.names import is_name, key, named_call
from errata.reading.parser import parse
from errata.reading.scope import Scope, Value
from errata.reading.tree import Bar, Call, Chain, Fence, Gap, Node, Num, Phrase, Script, Sym, Text, walk
from errata.reading.unparse import to_latex
from errata.reading.vectors import Unlowered, is_normal

_NUMBER = re.compile(
    r"(?P<sign>≈|~|=)?\s*(?P<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:/\d+)?)(?:[eE](?P<power>[-+−]?\d+))?"
    r"(?P<percent>\s*%)?(?![\w]|[.,:^/]\d|\s*[×·*]\s*\d|\s?[-–−±]\s?\d)"
)
"""A number at the start of a cell, and not the start of a longer one, of a range or of a date."""
_NEARLY = ("≈", "~")
_DENSITY = re.compile(r"densit|pdf|probabilit|likelihood", re.I)
_FORMULA = re.compile(r"\$+[^$]*\$+")


class Given(Record):
    """A value that a row gives to the name at the head of a column."""

    name: Node
    value: Node
    line: int
    nearly: bool = False
    """Whether the row says ≈."""


class CellContext(Record):
    """What a cell stands for: the formula of its column, with the values of its row, and the unit in the heading."""

    row: tuple[Given, ...]
    column: Node | None
    unit: str
    table: Table


class PlainCell(Record):
    """A bare number in a column that is headed by a formula."""

    context: CellContext
    heading: int
    """The formula in the heading."""
    sign: str
    number: Node
    span: Span
    text: str


class Tables(Record):
    """All cells of a document that say something, by formula and by place."""

    cells: Mapping[int, CellContext]
    plain: tuple[PlainCell, ...]
    rows: tuple[tuple[Table, tuple[tuple[Given, ...], ...]], ...]


def tables_of(document: Document) -> Tables:
    """What the tables of a document say."""
    cells: dict[int, CellContext] = {}
    plain: list[PlainCell] = []
    rows: list[tuple[Table, tuple[tuple[Given, ...], ...]]] = []
    for table in document.tables:
        inside = _formulas_in(document, table.span)
        if not inside:
            continue
        columns = [_Column.of(document, c, inside) for c in table.header]
        given = []
        width = _width(table)
        for first in range(0, len(columns), width):
            for whole in table.rows:
                row, headed = whole[first : first + width], columns[first : first + width]
                values = tuple(_row_values(document, row, headed, inside))
                given.append(values)
                for cell, column in zip(row, headed, strict=False):
                    others = tuple(g for g in values if column.node is None or key(g.name) != key(column.node))
                    claim = None if _is_of_a_name(column.node, others) else column.claim(document, table)
                    context = CellContext(others, claim, column.prose + " " + cell.text, table)
                    for index in _indices_in(document, cell.span, inside):
                        cells[index] = context
                    plain.extend(_plain(document, cell, column, context, inside))
        rows.append((table, tuple(given)))
    return Tables(cells, tuple(plain), tuple(rows))


def _width(table: Table) -> int:
    """How many columns a row has: a table whose headings are the same twice over has two rows beside each other."""
    heads = [cell.text for cell in table.header]
    widths = (w for w in range(1, len(heads)) if len(heads) % w == 0 and heads == heads[:w] * (len(heads) // w))
    return next(widths, len(heads))


class _Column(Record):
    """A column heading: its formula, if it has one, and the words beside it."""

    node: Node | None
    index: int
    prose: str

    @staticmethod
    def of(document: Document, cell: Cell, inside: Sequence[int]) -> _Column:
        prose = _FORMULA.sub(" ", cell.text)
        for index in _indices_in(document, cell.span, inside):
            return _Column(_expression(document, index), index, prose)
        return _Column(None, -1, prose)

    def claim(self, document: Document, table: Table) -> Node | None:
        """The formula whose value the cells state; None for a column of names or of anything else."""
        if self.node is None or is_name(self.node) or _is_closed(self.node):
            return None  # a number at the head of a column is where the rows are evaluated
        if isinstance(self.node, Chain):
            last = self.node.items[-1]
            return None if is_name(last) or is_number(last) else last  # with σ = 50: under which the cells stand
        if named_call(self.node) and isinstance(self.node, Call) and _DENSITY.search(self.prose):
            return _density(document, table, self.node) or self.node
        return self.node


def _is_of_a_name(node: Node | None, row: Sequence[Given]) -> bool:
    """Whether a heading is a function whose letter is the name of another column: P(P) of a number of pets P."""
    return isinstance(node, Call) and any(key(node.head) == key(g.name) for g in row)


def _is_closed(node: Node) -> bool:
    """Whether an expression has a value by itself: 0, π/8."""
    try:
        lower(node, Scope())
    except Unlowered:
        return False
    return True


def _formulas_in(document: Document, span: Span) -> list[int]:
    return [i for i, f in enumerate(document.formulas) if span.start <= f.span.start and f.span.end <= span.end]


def _indices_in(document: Document, span: Span, inside: Sequence[int]) -> list[int]:
    spans = [(i, document.formulas[i].span) for i in inside]
    return [i for i, s in spans if span.start <= s.start and s.end <= span.end]


def _expression(document: Document, index: int) -> Node | None:
    statements = parse(document.formulas[index].latex, document.macros).statements
    return statements[0] if len(statements) == 1 else None


def _row_values(
    document: Document, row: Sequence[Cell], columns: Sequence[_Column], inside: Sequence[int]
) -> Iterator[Given]:
    for cell, column in zip(row, columns, strict=False):
        if column.node is None or not is_name(column.node):
            continue
        value, nearly = _value_of(document, cell, inside)
        if value is not None:
            yield Given(column.node, value, document.place(cell.span.start).line, nearly)


def _value_of(document: Document, cell: Cell, inside: Sequence[int]) -> tuple[Node | None, bool]:
    """The value in a cell, and whether it is only about right."""
    for index in _indices_in(document, cell.span, inside):
        node = _expression(document, index)
        if isinstance(node, Chain) and isinstance(node.items[0], Gap) and is_number(node.items[-1]):
            sign = node.relations[0].sign
            return (node.items[-1], sign in NEARLY) if len(node.items) == 2 and sign in GIVES else (None, False)
        return (None if isinstance(node, Chain | Phrase) else node), False
    found = _NUMBER.match(cell.text)
    return (None, False) if found is None else (_number_node(found), found["sign"] in _NEARLY)


def _number_node(found: re.Match[str]) -> Node:
    text = found["number"].replace("−", "-").replace(",", "") + (r"\%" if found["percent"] else "")
    if found["power"] is not None:
        text += rf" \times 10^{{{int(found['power'].replace('−', '-'))}}}"
    return parse(text).statements[0]


def _plain(
    document: Document, cell: Cell, column: _Column, context: CellContext, inside: Sequence[int]
) -> Iterator[PlainCell]:
    if context.column is None or _indices_in(document, cell.span, inside):
        return
    found = _NUMBER.match(cell.text)
    if found is None or not context.row:
        return
    span = Span(cell.span.start, cell.span.start + found.end())
    number = _number_node(found)
    sign = "≈" if found["sign"] in _NEARLY else sign_of_cell(number)
    yield PlainCell(context, column.index, sign, number, span, found.group().strip())


def sign_of_cell(number: Node) -> str:
    """How a number in a cell stands to the formula at the head of its column: a whole number may be rounded to one."""
    whole = isinstance(number, Num) and number.text.isdecimal() and not number.text.endswith("0")
    return "≈" if whole else "="


def _density(document: Document, table: Table, call: Call) -> Node | None:
    """p(y) as the density at y of the one normal law with numbers that the section names before the table."""
    start = max((h.span.start for h in document.headings if h.span.end <= table.span.start), default=0)
    for heading in reversed(document.headings):
        if heading.span.end <= table.span.start and not heading.title.isupper():
            start = heading.span.start
            break
    laws = []
    for f in document.formulas:
        if start <= f.span.start and f.span.end <= table.span.start:
            laws += [n for n in walk(parse(f.latex, document.macros)) if _is_numeric_normal(n)]
    if len({to_latex(law) for law in laws}) != 1 or not isinstance(call.fence, Fence) or call.fence.body is None:
        return None
    law = laws[0]
    assert isinstance(law, Call) and isinstance(law.fence, Fence) and law.fence.body is not None
    body = Bar(call.start, call.end, call.fence.body, r"\mid", law.fence.body)
    return Call(call.start, call.end, law.head, Fence(call.start, call.end, "(", body, ")"), True)


def _is_numeric_normal(node: Node) -> bool:
    return (
        isinstance(node, Call)
        and is_normal(node.head)
        and isinstance(node.fence, Fence)
        and isinstance(node.fence.body, Phrase)
        and len(node.fence.body.items) == 2
        and not any(isinstance(n, Sym | Text) for n in walk(node.fence.body))
    )


def with_row(scope: Scope, row: Sequence[Given]) -> Scope:
    """The scope of a row: each name of a column has the row's value."""
    inner = scope.section(99)
    for given in row:
        try:
            value = lower(given.value, scope).expression
        except Unlowered:
            inner = inner.unbind(key(given.name))
            continue
        value = about(value) if given.nearly else value
        inner = inner.bind(Value(key(given.name), to_latex(given.name), value, value, given.line, True))
    return inner


def row_template(node: Node, tables: Tables, before: int) -> tuple[Node, tuple[tuple[Given, ...], ...]] | None:
    """A formula in the names of the columns of the last table before it, with the rows of that table."""
    if isinstance(node, Chain | Gap) or is_name(node):
        return None
    for table, rows in reversed(tables.rows):
        if table.span.end > before or not rows or not rows[0]:
            continue
        names = {key(g.name) for g in rows[0]}
        used = {key(n) for n in walk(node) if is_name(n)}
        return (node, rows) if len(names & used) >= 2 else None
    return None


def row_number(node: Node) -> int | None:
    """Which row p_1(82) speaks of."""
    if isinstance(node, Call) and isinstance(node.head, Script) and isinstance(node.head.sub, Num):
        return int(node.head.sub.text) if node.head.sub.text.isdigit() else None
    return None
