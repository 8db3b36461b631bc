"""The rows of a display: which cells make one statement, and what is only remarked beside one.

In ``a &= b & x &= y`` two statements stand side by side, and each goes on in its own column; in ``a &= b && n = 2``
the second is a remark, as ``\\text{by Bayes}`` is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errata.reading.lexer import Token
from errata.reading.notation import (
    ADDITIVE,
    CONDITIONS,
    CONNECTIVES,
    LOGIC,
    MULTIPLICATIVE,
    QUADS,
    REASONS,
    RELATIONS,
    STOPWORDS,
    first_word,
)

OPEN = frozenset({"(", "[", r"\{", r"\lbrace", "{"})
CLOSE = frozenset({")", "]", r"\}", r"\rbrace", "}"})
INDENTS = frozenset({"&", r"\quad", r"\qquad"})
_OPERATES = frozenset(ADDITIVE) | frozenset(MULTIPLICATIVE) | frozenset(LOGIC) | frozenset(RELATIONS)
_STACKED = frozenset({r"\overset", r"\stackrel", r"\underset", r"\xrightarrow"})
_SAYS = STOPWORDS | REASONS | CONDITIONS
_STOPS = frozenset({",", ";", "."})
REMARK, REMARK_END = "remark", "remark-end"
Row = list[Token]


def columns_apart(tokens: list[Token], holds_cells: frozenset[int]) -> list[Token]:
    """The tokens with the columns of aligned rows one after the other, each statement with the rows that go on from
    it. ``holds_cells`` are the places where matrices and distinctions begin, whose cells stay as they are."""
    if sum(t.text == "&" for t in tokens) < 2:
        return tokens
    out: list[Token] = []
    begins: list[tuple[int, bool]] = []
    for at, t in enumerate(tokens):
        if t.kind == "begin":
            begins.append((len(out) + 1, at in holds_cells))
        elif t.kind == "end" and begins:
            start, grid = begins.pop()
            if not grid:
                out[start:] = _apart(out[start:])
        out.append(t)
    return out


def _apart(body: list[Token]) -> list[Token]:
    rows = [_pieces(row) for row in _rows(body)]
    starts = frozenset(start for pieces in rows for start, _ in pieces if start)
    rows = [_pieces(row, starts) for row in _rows(body)] if starts else rows
    if all(len(pieces) < 2 and not any(t.kind == REMARK for _, row in pieces for t in row) for pieces in rows):
        return body
    statements: list[Row] = []
    open_: dict[int, Row] = {}
    for pieces in rows:
        used: set[int] = set()
        for start, piece in pieces:
            column = max((c for c in open_ if c <= start), default=start)
            column = start if column in used else column
            used.add(column)
            for covered in range(column + 1, start + 1 + _marks(piece)):
                open_.pop(covered, None)  # what stands above the cells of a longer statement goes on no more
            last = open_.get(column)
            if last is not None and (_operates(piece) or _ends_open(last)):
                last += [_newline(piece), *piece]
            else:
                open_[column] = piece
                statements.append(piece)
    out: list[Token] = []
    for statement in statements:
        out += ([_newline(statement)] if out else []) + statement
    return out


def _marks(piece: Row) -> int:
    """How many cells of its row a statement reaches beyond the one that it starts in."""
    return len(_cells(piece)) - 1


def _newline(row: Sequence[Token]) -> Token:
    at = row[0].start if row else 0
    return Token("newline", r"\\", at, at, True)


def _rows(body: Sequence[Token]) -> Iterator[Row]:
    row: Row = []
    level = 0
    for t in body:
        level += (t.kind == "begin" or t.text == "{") - (t.kind == "end" or t.text == "}")
        if t.kind == "newline" and level <= 0:
            yield row
            row = []
        else:
            row.append(t)
    yield row


def _pieces(row: Row, starts: frozenset[int] = frozenset()) -> list[tuple[int, Row]]:
    """The statements of one row, each with the number of the cell that it starts in; a last cell that is set off by
    two marks and holds no words is a remark of the statement before it. Other rows start statements in the cells
    ``starts``: where such a cell is empty, the statement there goes on in the next cell."""
    pieces: list[tuple[int, Row]] = []
    cells = _cells(row)
    piece: Row = []
    start = 0
    for number, cell in enumerate(cells):
        said = [t for t in cell if t.text not in INDENTS]
        if number - 1 in starts and not cells[number - 1] and said and relates(piece):
            pieces.append((start, piece))
            piece, start = [], number
        elif number and _parts(piece, said, number):
            if number > 1 and not any(t.text not in INDENTS for c in cells[number + 1 :] for t in c):
                piece += [_mark(REMARK, said[0].start), *cell, _mark(REMARK_END, said[-1].end)]
                continue
            pieces.append((start, piece))
            piece, start = [], number
        elif number:
            piece.append(Token("sign", "&", cell[0].start if cell else 0, cell[0].start if cell else 0, True))
        if not any(t.text not in INDENTS for t in piece) and said:
            start = number
        piece += cell
    if any(t.text not in INDENTS for t in piece):
        pieces.append((start, piece))
    return pieces


def _cells(row: Row) -> list[Row]:
    cells: list[Row] = [[]]
    depth = 0
    for t in row:
        depth += (t.kind == "begin" or t.text in OPEN) - (t.kind == "end" or t.text in CLOSE)
        if t.text == "&" and depth <= 0:
            cells.append([])
        else:
            cells[-1].append(t)
    return cells


def _parts(piece: Row, cell: Row, number: int) -> bool:
    """Whether a cell begins something new after what stands before it in its row."""
    if not cell or not relates(piece) or _ends_open(piece) or remark_in(piece) is not None:
        return False
    if _operates(cell) or cell[0].kind in ("text", "tag"):
        return False
    return number > 1 or relates(cell)


def _mark(kind: str, at: int) -> Token:
    return Token(kind, "", at, at, True)


def _operates(row: Sequence[Token]) -> bool:
    """Whether a row begins with a sign that joins it to what stands before."""
    first = next((t for t in row if t.text not in INDENTS), None)
    return first is not None and first.kind != "text" and (first.text in _OPERATES or first.text in _STACKED)


def _ends_open(row: Sequence[Token]) -> bool:
    """Whether a row ends in a sign that something must follow."""
    last = next((t for t in reversed(row) if t.text not in INDENTS), None)
    return last is not None and last.kind != "text" and last.text in _OPERATES


def relates(row: Sequence[Token]) -> bool:
    """Whether a relation sign stands outside of brackets."""
    depth = 0
    for t in row:
        depth += (t.kind == "begin" or t.text in OPEN) - (t.kind == "end" or t.text in CLOSE)
        if depth <= 0 and t.text in RELATIONS:
            return True
    return False


def remark_in(row: Sequence[Token]) -> int | None:
    """Where the remark of a row begins: prose after its statement, which no word leads on to something new; None where
    nothing is remarked, or where the statement goes on after it."""
    depth = braces = 0
    for i, t in enumerate(row):
        if t.kind == REMARK:
            return i
        if i and depth <= 0 and braces <= 0 and t.text == "(" and _is_remark_in_brackets(row, i):
            return i
        braces += (t.kind == "begin" or t.text == "{") - (t.kind == "end" or t.text == "}")
        depth += (t.text in OPEN) - (t.text in CLOSE)
        if braces > 0 or not i or not is_remark(t) or t.kind != "text" or (depth > 0 and row[i - 1].text not in QUADS):
            continue
        word = first_word(t.text.partition("\0")[2])
        if word in CONNECTIVES:
            return None
        before = next((b for b in reversed(row[:i]) if b.text not in INDENTS), None)
        if before is None or (before.kind != "text" and before.text in _OPERATES):
            continue
        if word in REASONS or word in CONDITIONS or not _operates([n for n in row[i + 1 :] if n.kind != "text"]):
            return i
    return None


def is_remark(t: Token) -> bool:
    """Whether a text token is prose; a single word that is no stopword is a name, and so is an abbreviation: IS."""
    if t.kind == "tag":
        return True
    if t.kind != "text":
        return False
    content = t.text.partition("\0")[2]
    word = content.strip()
    if word.isupper() and word.isalpha() and len(word) > 1:
        return False
    if not word or " " in word or "$" in word or {word.lower(), word.lower().rstrip(".,;:")} & _SAYS:
        return True
    return not word.replace("-", "").replace(".", "").replace("_", "").replace("\\", "").isalnum()


def _is_remark_in_brackets(row: Sequence[Token], at: int) -> bool:
    """Whether a bracket that is set off and ends the row holds words, or the number of the formula."""
    inside = [t for t in row[at:] if t.text not in INDENTS and t.text not in _STOPS]
    if row[at - 1].text not in QUADS or len(inside) < 3 or inside[-1].text != ")":
        return False
    return inside[1].kind == "text" or [t.kind for t in inside[1:-1]] == ["number"]


def with_remark_marked(row: Row) -> Row:
    """A row with marks around what is remarked in it."""
    at = remark_in(row)
    if at is None and len(row) > 1 and row[-1].text == ",":
        at = len(row) - 1
    if at is None or row[at].kind == REMARK:
        return row
    while at > 1 and (row[at - 1].text in _STOPS or row[at - 1].text in INDENTS):
        at -= 1
    return [*row[:at], _mark(REMARK, row[at].start), *row[at:], _mark(REMARK_END, row[-1].end)]
