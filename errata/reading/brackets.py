"""Brackets, bars, braces and environments: everything that opens and closes."""

from __future__ import annotations

from errata.reading import atoms, cursor, parser
from errata.reading.cursor import Cursor
from errata.reading.indicators import COMPARISONS
from errata.reading.lexer import Token
from errata.reading.notation import (
    ACCENTS,
    ADDITIVE,
    ALIGNED,
    BARS,
    CLOSERS,
    DOUBLE_BARS,
    GREEK,
    OPENERS,
    RELATIONS,
    STYLES,
)
from errata.reading.tree import Bar, Fence, Gap, Grid, Lines, Node, Opaque

MOST_OF_AN_INDEX = 7
"""Tokens that a place between square brackets may have."""
_BEFORE_OPERAND = frozenset({"{", ",", ";", "&", "/", "_", "^", "|"}) | frozenset(
    {r"\cdot", r"\times", r"\log", r"\ln", r"\exp", r"\quad", r"\qquad", r"\left", r"\mid", r"\det"}
)
_SIDE_ENDS = frozenset({",", ";", "&", r"\quad", r"\qquad"})
_ROUND = frozenset({"(", "[", r"\{", r"\lbrace"})
_LEFT_OPEN = tuple([dot, closer] for dot in (r"\cdot", r"\bullet", "·") for closer in (")", r"\right", "]"))
"""What a bracket holds where an argument is left open: f(·)."""


def content(c: Cursor) -> Node | None:
    """What stands inside a bracket: a phrase, or two around a bar or a colon. None where it is empty."""
    left = parser.phrase(c)
    while not c.done() and not parser.ends(c):
        t = c.peek()
        if t.text in BARS or t.text in DOUBLE_BARS or t.text == ":":
            c.take()
            right = parser.phrase(c) or Gap(c.last_end, c.last_end)
            start = left.start if left is not None else t.start
            left = Bar(start, c.last_end, left or Gap(t.start, t.start), t.text, right)
            continue
        if t.text in (r"\choose", r"\over", r"\atop"):
            break
        left = beside(left, unexpected(c))
    return left


def unexpected(c: Cursor) -> Opaque:
    """Takes what no rule takes. A closing bracket without its opening one is kept as such, and so is an opening bar."""
    t = c.take()
    opens = t.text in BARS or t.text in DOUBLE_BARS
    return unclosed(t) if opens else Opaque(t.start, t.end, t.text, "nothing is open here")


def unclosed(bar: Token) -> Opaque:
    """A bar that opens an absolute value or a norm which nothing closes."""
    return Opaque(bar.start, bar.end, bar.text, f"the bar {bar.text} opens here and is not closed")


def beside(left: Node | None, right: Node) -> Node:
    from errata.reading.tree import Phrase

    if left is None:
        return right
    return Phrase(left.start, right.end, (left, right), ("", ""))


def bar_opens(c: Cursor) -> bool:
    """Whether a bar where an atom could stand opens an absolute value or a norm.

    After an operator it does when a partner follows. After an operand it does when the bars from here to the end of
    the side are paired: 0.5|z|² has two of them, Y | x ∼ p and p(x | z) have one.
    """
    t = c.peek()
    if t.text in (r"\mid", r"\parallel") or c.ahead().text in ("_", "^"):
        return False
    closer = c.closers[-1] if c.closers else ""
    if closer in BARS | DOUBLE_BARS and (closer == t.text or (t.text == "||" and closer in BARS)):
        return False
    before = c.tokens[c.at - 1] if c.at else None
    bars = _bars_ahead(c)
    if before is None or _leaves_open(before):
        return bars >= 2
    return bars >= 2 and bars % 2 == 0


def _leaves_open(t: Token) -> bool:
    """Whether an operand must follow this token, so that a bar after it can only open."""
    return (
        t.text in _BEFORE_OPERAND or t.text in ADDITIVE or t.text in RELATIONS or t.text in OPENERS
        or t.kind in ("newline", "break", "begin", "text", "name")
    )  # fmt: skip


def _bars_ahead(c: Cursor) -> int:
    """How many bars of the kind that stands here follow, itself included, before this side of a relation ends."""
    wanted = DOUBLE_BARS if c.peek().text in DOUBLE_BARS else BARS
    count = depth = 0
    for t in c.tokens[c.at :]:
        if depth == 0 and (t.text in wanted and t.text not in (r"\mid", r"\parallel")):
            count += 1
        if depth == 0 and t.text == "||" and wanted is BARS:
            count += 2
        if depth == 0 and (t.text in RELATIONS or t.text in _SIDE_ENDS or t.kind in ("break", "newline", "end")):
            break
        depth += (t.text in _ROUND or t.text in ("{", r"\left")) - (t.text in CLOSERS or t.text in ("}", r"\right"))
        if t.text in (r"\left", r"\right"):
            depth += _sized(c, t)
        if depth < 0:
            break
    return count


def _sized(c: Cursor, t: Token) -> int:
    """The bracket after \\left or \\right counts once, not twice."""
    i = next((k for k in range(c.at, c.size) if c.tokens[k] is t), c.size) + 1
    follows = c.tokens[i].text if i < c.size else ""
    if t.text == r"\left":
        return -1 if follows in _ROUND else 0
    return 1 if follows in CLOSERS else 0


def fence(c: Cursor) -> Node:
    """A bracket and what it holds. Half-open intervals may mix round and square ones."""
    opening = c.take()
    if opening.text == r"\left":
        return _left_right(c, opening)
    if opening.text in BARS or opening.text in DOUBLE_BARS:
        return _bars(c, opening)
    closer = OPENERS[opening.text]
    if (held := atoms.single(c, closer)) is not None:
        return Fence(opening.start, c.last_end, opening.text, held, closer)
    saved = c.enter(closer)
    body = content(c)
    c.leave(saved)
    t = c.peek()
    if t.text == closer or (t.text in (")", "]") and opening.text in ("(", "[", "]")):
        c.take()
        return Fence(opening.start, t.end, opening.text, body, t.text)
    if t.text in (r"\}", r"\rbrace") and opening.text in (r"\{", r"\lbrace"):
        c.take()
        return Fence(opening.start, t.end, opening.text, body, t.text)
    if t.text in (r"\rangle", ">") and opening.text == r"\langle":
        c.take()
        return Fence(opening.start, t.end, opening.text, body, t.text)
    missing = Opaque(c.last_end, c.last_end, "", f"{opening.text} is not closed")
    return Fence(opening.start, c.last_end, opening.text, beside(body, missing), "")


def _bars(c: Cursor, opening: Token) -> Node:
    double = opening.text in DOUBLE_BARS
    saved = c.enter("||" if double else "|")
    c.closers[-1] = _closing_bar(c, opening.text)
    body = parser.phrase(c)
    closer = c.closers[-1]
    c.leave(saved)
    t = c.peek()
    if t.text == closer and not c.done():
        c.take()
        return Fence(opening.start, t.end, opening.text, body, t.text)
    if t.text == "||" and not double:
        first = Token("sign", "|", t.start, t.start + 1, t.spaced)
        c.tokens[c.at] = Token("sign", "|", t.start + 1, t.end, False)
        c.last_end = first.end
        return Fence(opening.start, first.end, opening.text, body, "|")
    missing = Opaque(c.last_end, c.last_end, "", f"{opening.text} is not closed")
    return Fence(opening.start, c.last_end, opening.text, beside(body, missing), "")


def _closing_bar(c: Cursor, opening: str) -> str:
    """The bar that closes: the same sign, or its synonym if only that follows."""
    wanted = DOUBLE_BARS if opening in DOUBLE_BARS else BARS
    if any(t.text == opening for t in c.tokens[c.at :]):
        return opening
    return next((t.text for t in c.tokens[c.at :] if t.text in wanted), opening)


def _left_right(c: Cursor, left: Token) -> Node:
    if c.done():
        return Opaque(left.start, left.end, left.text, "a bracket is missing")
    opening = c.take()
    saved = c.enter(r"\right")
    body = content(c)
    c.leave(saved)
    if c.peek().text != r"\right":
        closer = OPENERS.get(opening.text)
        if closer is not None and c.peek().text == closer and not c.done():  # \left( x )
            return Fence(left.start, c.take().end, opening.text, body, closer)
        missing = Opaque(c.last_end, c.last_end, "", r"\left is not closed")
        return Fence(left.start, c.last_end, opening.text, beside(body, missing), "")
    c.take()
    closing = c.take().text if not c.done() else ""
    return Fence(left.start, c.last_end, opening.text, body, closing)


def opens_call(c: Cursor) -> bool:
    """Whether a bracket that could hold arguments begins here."""
    text = c.peek().text
    if text == r"\left":
        return c.ahead().text in _ROUND
    return text in _ROUND


def starts_with_number(c: Cursor) -> bool:
    """Whether the first thing in a bracket is a number."""
    return c.ahead(2 if c.peek().text == r"\left" else 1).kind == "number"


def adds(c: Cursor) -> bool:
    """Whether the bracket that begins here holds a sum, and neither a comma nor a bar nor a relation at its level."""
    depth, found = 0, False
    for t in c.tokens[c.at :]:
        depth += (t.text in _ROUND or t.text == "{") - (t.text in CLOSERS or t.text == "}")
        if depth <= 0 and t.text != r"\left":
            break
        if depth == 1 and (t.text in (",", ";") or t.text in RELATIONS or t.text in BARS or t.text in DOUBLE_BARS):
            return False
        found = found or (depth == 1 and t.text in ADDITIVE)
    return found


def is_inverted(c: Cursor) -> bool:
    """Whether the bracket that begins here is raised to −1 or transposed, as a matrix is."""
    after = _after(c)
    return cursor.inverts(c.tokens, after) or cursor.transposes(c.tokens, after)


def _after(c: Cursor) -> int:
    """Where the tokens after the bracket that begins here start."""
    depth = 0
    for i in range(c.at, c.size):
        t = c.tokens[i]
        depth += (t.text in _ROUND) - (t.text in CLOSERS)
        if depth <= 0 and t.text not in (r"\left", r"\right"):
            return i + 1
    return c.size


def holds(c: Cursor, name: str, indexed: bool = False) -> bool:
    """Whether a letter stands, as a number and not as a function, in the bracket that begins here; the expectation has
    square brackets, too, as in E[x x^T - x E[x]^T]."""
    depth = 0
    body: list[Token] = []
    for t in c.tokens[c.at :]:
        depth += (t.text in _ROUND) - (t.text in CLOSERS)
        body.append(t)
        if depth <= 0 and t.text != r"\left":
            break
    if any(t.text in ("|", r"\mid", ";", ",", "=", "||", r"\|", r"\parallel") for t in body):
        return False
    after = [t.text for t in body[1:]]
    applies = ("(", r"\left", "'", *("[" if name == "E" else ""))
    return any(
        name in (t.text, GREEK.get(t.text[1:])) and follows not in applies and (indexed or follows != "_")
        for t, follows in zip(body, after, strict=False)
    )


def inside(c: Cursor) -> list[Token]:
    """The tokens in the bracket that begins here, without the bracket."""
    first = c.at + (2 if c.peek().text == r"\left" else 1)
    last = _after(c) - 1
    return (
        c.tokens[first : last - 1]
        if c.tokens[last - 1 : last] and c.tokens[last - 1].text == r"\right"
        else c.tokens[first:last]
    )


def holds_one_number(c: Cursor) -> bool:
    """Whether the bracket holds one number and nothing else: (1)."""
    return [t.kind for t in inside(c)] == ["number"]


def holds_one_name(c: Cursor) -> bool:
    """Whether the bracket holds one name and nothing else, with its accents and scripts: (x), (\\mathbf{x}_i)."""
    left: list[Token] = []
    tokens, i = inside(c), 0
    while i < len(tokens):
        if tokens[i].text in ("_", "^"):
            i = cursor.after_script(tokens, i + 1)
            continue
        if tokens[i].text not in ("{", "}") and tokens[i].text[1:] not in STYLES and tokens[i].text[1:] not in ACCENTS:
            if left:
                return False
            left.append(tokens[i])
        i += 1
    return len(left) == 1 and (left[0].kind in ("letter", "word") or left[0].text[1:] in GREEK)


def lists(c: Cursor) -> bool:
    """Whether the bracket holds several things with commas or semicolons between them."""
    depth = 0
    for t in inside(c):
        depth += (t.text in _ROUND or t.text == "{") - (t.text in CLOSERS or t.text == "}")
        if depth == 0 and t.text in (",", ";"):
            return True
    return False


def compares(c: Cursor) -> bool:
    """Whether a comparison stands in the bracket, not in one within it."""
    depth = 0
    for t in inside(c):
        depth += (t.text in _ROUND or t.text == "{") - (t.text in CLOSERS or t.text == "}")
        if depth == 0 and RELATIONS.get(t.text) in COMPARISONS:
            return True
    return False


def is_a_set(c: Cursor) -> bool:
    """Whether curly brackets hold the name of one event: {A}, {E_r}."""
    first = c.ahead() if c.peek().text == r"\left" else c.peek()
    return first.text in (r"\{", r"\lbrace") and holds_one_name(c) and inside(c)[0].text.isupper()


def starts_with_sum(c: Cursor) -> bool:
    """Whether the first thing in the bracket is a sum or a product sign."""
    first = inside(c)[:1]
    return bool(first) and first[0].text in (r"\sum", r"\prod", "∑", "∏")


def holds_sum(c: Cursor) -> bool:
    """Whether a sum sign stands in the bracket."""
    return any(t.text in (r"\sum", "∑") for t in inside(c))


def is_raised(c: Cursor) -> bool:
    """Whether a superscript follows the bracket."""
    after = _after(c)
    return after < c.size and c.tokens[after].text == "^"


def looks_like_indices(c: Cursor) -> bool:
    """Whether a square bracket holds indices: J[i, j], x[0]."""
    i = c.at + (2 if c.peek().text == r"\left" else 1)
    inside: list[str] = []
    while i < c.size and c.tokens[i].text != "]" and len(inside) < 8:
        t = c.tokens[i]
        if t.kind not in ("letter", "number") and t.text not in (",", ":") and t.text[1:] not in GREEK:
            return False
        inside.append(t.text)
        i += 1
    return "," in inside or len(inside) == 1


def holds_an_index(c: Cursor) -> bool:
    """Whether a square bracket holds a place counted from another: x[k − 1], x[2k + 1]."""
    body = inside(c)
    plain = all(t.kind in ("letter", "number") or t.text in ADDITIVE or t.text == "," for t in body)
    return plain and any(t.text in ADDITIVE for t in body) and 1 < len(body) <= MOST_OF_AN_INDEX


def looks_like_arguments(c: Cursor) -> bool:
    """Whether a bracket after an ordinary letter holds arguments: one plain symbol, or parts with commas or bars, or a
    dot for the argument left open."""
    i = c.at + (2 if c.peek().text == r"\left" else 1)
    if [t.text for t in c.tokens[i : i + 2]] in _LEFT_OPEN:
        return True
    if holds_one_name(c):
        return True
    depth, count, commas, bars = 0, 0, False, 0
    while i < c.size:
        t = c.tokens[i]
        if depth == 0 and (t.text in CLOSERS or t.text == r"\right"):
            break
        bars += depth == 0 and t.text in BARS
        if depth == 0 and (t.text in (",", ";", "=") or (t.text in BARS and bars == 1 and not _pairs(c, i))):
            commas = True
        if depth == 0 and (t.text in ADDITIVE or t.text in (r"\cdot", "/", r"\times")):
            return commas
        depth += (t.text in _ROUND or t.text == "{") - (t.text in CLOSERS or t.text == "}")
        if depth == 0 and _is_letter(t):
            count += 1
        if depth == 0 and t.kind == "number":
            count += 2
        i += 1
    return commas or count == 1


def _pairs(c: Cursor, at: int) -> bool:
    """Whether the bar here opens an absolute value: another of its kind follows before the bracket ends."""
    depth, here = 0, c.tokens[at].text
    if here == r"\mid":
        return False
    for t in c.tokens[at + 1 :]:
        depth += (t.text in _ROUND or t.text == "{") - (t.text in CLOSERS or t.text == "}")
        if depth < 0 or (depth == 0 and t.text in (",", ";")):
            return False
        if depth == 0 and t.text == here:
            return True
    return False


def _is_letter(t: Token) -> bool:
    """Whether a token is a letter, or the command that makes one: x, θ, \\mathbf{x}, \\hat{x}."""
    return t.kind in ("letter", "word") or t.text[1:] in GREEK or t.text[1:] in STYLES or t.text[1:] in ACCENTS


def optional(c: Cursor) -> Node | None:
    """The optional argument of a root."""
    if c.peek().text != "[":
        return None
    c.take()
    saved = c.enter("]")
    body = content(c)
    c.leave(saved)
    c.accept("]")
    return body


def environment(c: Cursor) -> Node:
    """``\\begin…\\end``: aligned lines or a grid of cells."""
    begin = c.take()
    name, _, columns = begin.text.partition("\0")
    if not _is_grid(c, name):
        return _aligned(c, begin, name)
    saved = c.enter("env")
    rows: list[tuple[Node, ...]] = []
    cells: list[Node] = []
    while not c.done():
        cells.append(_cell(c))
        t = c.peek()
        if t.text == "&":
            c.take()
        elif t.kind in ("newline", "break"):
            c.take()
            rows.append(tuple(cells))
            cells = []
        else:
            break
    c.leave(saved)
    if cells and not (len(cells) == 1 and isinstance(cells[0], Gap) and rows):
        rows.append(tuple(cells))
    grid = Grid(begin.start, c.last_end, name, columns, tuple(rows))
    return _closed(c, grid, name)


def _is_grid(c: Cursor, name: str) -> bool:
    base = name.rstrip("*")
    if base in ALIGNED or base == "eqnarray":
        return False
    if base != "array":
        return True
    level = 0
    for t in c.tokens[c.at :]:
        level += (t.kind == "begin") - (t.kind == "end")
        if level < 0:
            return False
        if level == 0 and (t.text == "&" or t.kind == "newline"):
            return True
    return False


def _cell(c: Cursor) -> Node:
    start = c.peek().start
    body = content(c)
    while not c.done() and c.peek().text in CLOSERS | {"}", r"\right"}:
        body = beside(body, unexpected(c))
        rest = content(c)
        body = beside(body, rest) if rest is not None else body
    return body if body is not None else Gap(start, start)


def _aligned(c: Cursor, begin: Token, name: str) -> Node:
    saved = c.enter("env")
    tight, c.tight_bars = c.tight_bars, True
    statements = parser.lines(c)
    c.tight_bars = tight
    c.leave(saved)
    return _closed(c, Lines(begin.start, c.last_end, name, statements), name)


def _closed(c: Cursor, node: Node, name: str) -> Node:
    t = c.peek()
    if t.kind == "end" and t.text.partition("\0")[0] == name and not c.done():
        c.take()
        return node
    missing = Opaque(c.last_end, c.last_end, "", f"the environment {name} is not closed")
    if t.kind == "end" and not c.done():
        c.take()
        missing = Opaque(t.start, t.end, "\\end{" + t.text.partition("\0")[0] + "}", f"closes {name}")
    return beside(node, missing)


def substack(c: Cursor, t: Token) -> Node:
    """Lines under a sum: each is a condition."""
    if c.peek().text != "{":
        return Opaque(t.start, t.end, t.text, "an argument is missing")
    c.take()
    saved = c.enter("{}")
    rows: list[tuple[Node, ...]] = []
    while not c.done() and c.peek().text != "}":
        rows.append((content(c) or Gap(c.last_end, c.last_end),))
        if c.peek().kind in ("newline", "break"):
            c.take()
        elif not c.done() and c.peek().text != "}":
            rows.append((unexpected(c),))
    c.leave(saved)
    c.accept("}")
    return Grid(t.start, c.last_end, "substack", "", tuple(rows))
