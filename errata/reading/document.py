"""A document as it is read: its text, the formulas in it, and exact places for both.

All offsets are indices into ``Document.text``; a span is half-open. Lines and columns count from 1, columns in
characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

from claims.records import Record, field


class Span(Record):
    """Half-open range of offsets into the text of a document."""

    start: int
    end: int


class Place(Record):
    """Where an offset lies; ``cell`` counts the cells of a notebook from 1 and is None elsewhere."""

    line: int
    column: int
    cell: int | None = None


class Formula(Record):
    """One formula: its LaTeX, and where each character of it came from.

    ``latex`` is the text between the delimiters (with its ``\\begin…\\end`` for a raw environment). What belongs to
    the container and not to the formula (the ``> `` of a quotation, list indentation) is blanked, so that ``latex`` and
    its span keep the same length. Where they can't (HTML entities), ``origins[i]`` is the offset of ``latex[i]``.
    """

    latex: str
    span: Span
    display: bool
    delimiter: str
    origins: tuple[int, ...] | None = None
    damage: str = ""
    """What an export had broken in it, where ``latex`` is read as it stood before; empty for a sound formula."""
    other: str = ""
    """The same LaTeX with the other sign in each place where a sign was lost."""

    def offset(self, index: int) -> int:
        """The offset in the document of ``latex[index]``; ``len(latex)`` gives the end of the span."""
        if self.origins is None:
            return self.span.start + index
        return self.origins[index] if index < len(self.origins) else self.span.end


class Damage(Record):
    """A place where the extraction of the text visibly broke a formula."""

    kind: str
    span: Span
    message: str


class Heading(Record):
    """A section title; its section reaches to the next heading of the same or a higher level."""

    title: str
    level: int
    span: Span


class Cell(Record):
    """One cell of a table, with the span of its text."""

    text: str
    span: Span


class Table(Record):
    """A table: the header row and the rows under it, each a tuple of cells."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    span: Span


class Macro(Record):
    """A macro definition in TeX: its body holds ``#1`` … ``#9``; ``optional`` is the default of the first argument.
    A star may follow the name of one that is ``starred``, and says nothing."""

    name: str
    arity: int
    body: str
    optional: str | None = None
    starred: bool = False


class Document(Record, dict=True):
    """What one file (or standard input) holds, formulas in order of their place."""

    path: str
    text: str
    formulas: tuple[Formula, ...]
    damages: tuple[Damage, ...] = ()
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    macros: Mapping[str, Macro] = field(default_factory=dict)
    customary: Mapping[str, Macro] = field(default_factory=dict)
    """Those of ``macros`` that neither the document nor its site defines, put in for what the field means by them."""
    comments: tuple[Span, ...] = ()
    """The inside of each comment, in which an author may speak to errata; in order of their place."""
    cells: tuple[int, ...] = ()
    """For a notebook, the offset in ``text`` at which each cell's source starts."""
    encoding: str = ""
    """How the file was read where it isn't UTF-8, in words."""
    cell_numbers: tuple[int, ...] = ()
    """For a notebook, the number in the file of each cell in ``cells``, from 1 (code cells count, but aren't read)."""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def offset_of_line(self, line: int) -> int:
        """Where a line of the text begins, the first one being 1; the end of the text beyond the last one."""
        starts = self._line_starts
        return starts[line - 1] if 0 < line <= len(starts) else len(self.text)

    def place(self, offset: int) -> Place:
        """Line and column of an offset; in a notebook, those within its cell."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        if not self.cells:
            return Place(line, column)
        cell = max(bisect_right(self.cells, offset), 1)
        first = bisect_right(starts, self.cells[cell - 1])
        return Place(line - first + 1, column, self.cell_numbers[cell - 1])
