"""LaTeX to a layout-faithful tree: a precedence parser that reads every token once and evaluates nothing.

Levels, loosest first: lines, phrases (commas, remarks), logic (⇒), chains (=, ≤, ∼), sums, products, scripts, atoms.
"""

from __future__ import annotations

from collections.abc import Mapping

from claims.records import replace
from errata.reading import atoms, brackets, operators, rows
from errata.reading.cursor import Cursor
from errata.reading.document import Macro
from errata.reading.layout import prepare
from errata.reading.lexer import Token, TooLarge, tokenize
from errata.reading.moduli import is_modulus, with_modulus
from errata.reading.notation import (
    ADDITIVE,
    ARROW_COMMANDS,
    BARS,
    CLOSERS,
    CONDITIONS,
    CONNECTIVES,
    DOUBLE_BARS,
    FUNCTIONS,
    GREEK,
    LOGIC,
    MULTIPLICATIVE,
    QUADS,
    REASONS,
    RELATIONS,
    STOPWORDS,
    first_word,
)
from errata.reading.packages import written_out
from errata.reading.quotients import with_quotients
from errata.reading.tildes import WHY as TILDED
from errata.reading.tildes import first_tilded
from errata.reading.tree import (
    Bar,
    Chain,
    Factors,
    Gap,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Relation,
    Remark,
    Sym,
    Terms,
    Text,
)

ENDMARKS = frozenset({r"\checkmark", r"\square", r"\blacksquare", r"\qed", r"\Box", "✓", "∎", "□"})
"""Marks that end an argument and say nothing."""
SEPARATORS = frozenset({",", ";", ":", "."}) | QUADS
_LINE_ENDS = frozenset({"break", "newline", "end", "remark-end"})
_CLOSES = CLOSERS | {"}", r"\right"}
_OPERANDS = frozenset({"letter", "number"})
"""Kinds of token that always begin a factor: no sign of an operation, no bracket, no remark is one."""
_TWICE = frozenset({r"\perp", "⟂", "="})
"""Relation signs that are typed twice for one: independence, and what a program compares."""
_COMPARISONS = frozenset({"=", "≡", "≈", "<", ">", "≤", "≥", "≠"})
_OVERS = frozenset({r"\overset", r"\stackrel", r"\underset"})


def parse(
    latex: str,
    macros: Mapping[str, Macro] | None = None,
    functions: frozenset[str] = frozenset(),
    defined: frozenset[str] = frozenset(),
) -> Lines:
    """The tree of a formula. A formula beyond the reader's bounds is one opaque node that says which bound.

    ``functions`` are letters that are applied to a name elsewhere in the document: a number in brackets after one of
    them is its argument, π(1), and no factor. Those in ``defined`` are functions whatever their bracket holds.
    """
    if first_tilded(latex) is not None:  # what stands before and behind a lost subscript may be lost, too
        return Lines(0, len(latex), "", (Opaque(0, len(latex), latex, TILDED),))
    try:
        tokens = prepare(written_out(list(tokenize(latex, macros)), macros or {}))
        cursor = Cursor(tokens, defined, functions)
        statements = lines(cursor)
        if both := cursor.calls & cursor.multiplied:
            statements = lines(Cursor(tokens, frozenset(both) | defined, functions))
    except TooLarge as bound:
        statements = (Opaque(0, len(latex), latex, str(bound)),)
    except RecursionError:
        statements = (Opaque(0, len(latex), latex, "signs and functions are nested too deeply"),)
    return Lines(0, len(latex), "", statements)


def lines(c: Cursor) -> tuple[Node, ...]:
    """All statements up to the end of the formula or of the environment that holds it."""
    out: list[Node] = []
    while not c.done():
        kind = c.peek().kind
        if kind == "break":
            c.take()
        elif kind == "end" and c.closers:
            break
        else:
            out.append(statement(c))
    return tuple(out)


def statement(c: Cursor) -> Node:
    """One statement; a closing bracket that nothing opened is kept as an opaque part of it."""
    parts: list[Node] = []
    separators: list[str] = []
    start = c.peek().start
    while not c.done() and c.peek().kind not in ("break",):
        if c.peek().kind == "end" and c.closers:
            break
        before = c.at
        inner = phrase(c)
        if inner is not None:
            if isinstance(inner, Chain) and parts and _is_open_bar(parts[-1]):
                opened = brackets.beside(parts.pop(), inner.items[0])
                separators.pop()
                inner = replace(inner, start=opened.start, items=(opened, *inner.items[1:]))
            parts.append(inner)
            separators.append("")
        if c.at == before:
            lost = brackets.unexpected(c)
            if (
                _is_open_bar(lost)
                and parts
                and isinstance(last := parts[-1], Chain)
                and isinstance(last.items[-1], Gap)
            ):
                parts[-1] = replace(last, end=lost.end, items=(*last.items[:-1], lost))
                continue
            parts.append(lost)
            separators.append("")
    if len(parts) == 1:
        return parts[0]
    return Phrase(start, c.last_end, tuple(parts), tuple(separators)) if parts else Gap(start, c.last_end)


def phrase(c: Cursor) -> Node | None:
    """Parts with commas, remarks and wide spaces between them; None where nothing stands."""
    start = c.peek().start
    items: list[Node] = []
    separators: list[str] = []
    while not ends(c):
        t = c.tokens[c.at]
        if t.kind in _OPERANDS:
            items.append(logic(c))
            separators.append("")
            continue
        if t.text in SEPARATORS and t.kind != "text" and not (t.text == ":" and not c.tight_bars):
            mark = _separators(c)
            if not items:
                items.append(Gap(start, start))
                separators.append(mark)
            else:
                separators[-1] += mark
            continue
        if t.kind == "remark":
            items.append(marked_remark(c))
            separators.append("")
            continue
        if (not items or separators[-1] or isinstance(items[-1], Text)) and names_in_words(c):
            items.append(logic(c))
            separators.append("")
            continue
        if is_remark(t) or (t.kind == "text" and labels_next(c)):
            items.append(remark(c))
            if c.peek().text in (r"\cdot", "·"):
                separators.append(c.take().text)
                continue
        else:
            if not (
                begins(c)
                or t.text in RELATIONS
                or t.text in LOGIC
                or t.text in ARROW_COMMANDS
                or atoms.opens_relation(c)
            ):
                break
            items.append(logic(c))
        separators.append("")
    if not items:
        return None
    if len(items) == 1 and not separators[0].strip(",;. \\quad"):
        return items[0]
    return Phrase(start, c.last_end, tuple(items), tuple(separators))


def _separators(c: Cursor) -> str:
    out = ""
    while not c.done() and c.peek().text in SEPARATORS and not (c.peek().text == ":" and not c.tight_bars):
        out += c.take().text
    return out


def remark(c: Cursor) -> Text:
    t = c.take()
    if t.text in ENDMARKS:
        return Text(t.start, t.end, t.text, "")
    command, _, text = t.text.partition("\0")
    return Text(t.start, t.end, text, command)


def is_remark(t: Token) -> bool:
    """Whether a token is prose, or a mark that says nothing."""
    return t.text in ENDMARKS or rows.is_remark(t)


def labels_next(c: Cursor) -> bool:
    """Whether a word says what the name after it is: \\text{class } k. One with a bracket after it is a function."""
    t, after = c.peek(), c.ahead()
    if t.kind != "text":
        return False
    content = t.text.partition("\0")[2]
    word = content.strip()
    if not content.endswith(" ") or not word.isalpha() or not word.islower() or word in FUNCTIONS:
        return False
    return after.kind in ("letter", "number") or after.text[1:] in GREEK


def ends(c: Cursor) -> bool:
    """Whether the bracket, the line or the formula ends here."""
    if c.at >= c.size:
        return True
    kind, text, *_ = c.tokens[c.at]
    if kind in _OPERANDS:
        return False
    if kind in _LINE_ENDS or text == "&":
        return True
    closer = c.closers[-1] if c.closers else ""
    if text in _CLOSES:
        return not (text in CLOSERS and closer == "{}")
    return bool(closer) and (text == closer or (closer == "|" and text == "||"))


def begins(c: Cursor) -> bool:
    """Whether a term can begin here."""
    t = c.peek()
    return (t.text in ADDITIVE or t.text in MULTIPLICATIVE or atoms.begins_atom(c)) and not ends(c)


def logic(c: Cursor) -> Node:
    t = c.peek()
    start = t.start
    items, signs = _between_arrows(Gap(start, start) if t.text in LOGIC else chain(c))
    while not c.done() and c.peek().text in LOGIC:
        signs.append(c.take().text)
        while c.peek().text in QUADS:
            c.take()
        goes_on = begins(c) or c.peek().text in RELATIONS
        more, arrows = _between_arrows(chain(c) if goes_on else Gap(c.last_end, c.last_end))
        items += more
        signs += arrows
    return Logic(start, c.last_end, tuple(items), tuple(signs)) if signs else items[0]


def _between_arrows(node: Node) -> tuple[list[Node], list[str]]:
    """The statements of a chain whose arrows stand between relations, 2 x = 6 → x = 3: they lead from one statement to
    the next. An arrow to a number is a limit."""
    if not isinstance(node, Chain) or node.modulus is not None:
        return [node], []
    for n, arrow in enumerate(node.relations):
        if arrow.sign != "→" or arrow.over is not None or not 0 < n < len(node.relations) - 1:
            continue
        before, after = node.relations[n - 1], node.relations[n + 1]
        if before.sign in _COMPARISONS and after.sign in _COMPARISONS and not isinstance(node.items[n + 1], Num):
            first = _part_of(node, 0, n)
            more, arrows = _between_arrows(_part_of(node, n + 1, len(node.relations)))
            return [first, *more], [arrow.latex, *arrows]
    return [node], []


def _part_of(node: Chain, first: int, last: int) -> Chain:
    """The chain from one of its items to another one."""
    items = node.items[first : last + 1]
    beside = node.remarks[first : last + 1]
    remarks = beside if any(beside) else ()
    return Chain(items[0].start, items[-1].end, items, node.relations[first:last], remarks)


def chain(c: Cursor) -> Node:
    start = c.peek().start
    first: Node = Gap(start, start) if _at_relation(c) else remark(c) if names_in_words(c) else side(c)
    remarks = [_beside(c)]
    if not _at_relation(c):
        return first
    items, relations = [first], []
    while _at_relation(c):
        relations.append(relation(c))
        while c.peek().text in QUADS:
            c.take()
        items.append(_with_its_modulus(c, _member(c)))
        remarks.append(_beside(c))
    beside = tuple(remarks) if any(remarks) else ()
    return with_modulus(Chain(start, c.last_end, tuple(items), tuple(relations), beside))


def _with_its_modulus(c: Cursor, member: Node) -> Node:
    r"""A member with the modulus that stands behind it after some room, 3 \quad (\bmod 5)."""
    n = 0
    while c.ahead(n).text in QUADS:
        n += 1
    if not n or c.ahead(n).text not in ("(", "[", r"\pmod"):
        return member
    before = c.at
    for _ in range(n):
        c.take()
    modulus = atoms.atom(c)
    if not is_modulus(modulus):
        c.at = before
        return member
    return Factors(member.start, modulus.end, ("", ""), (member, modulus))


def _member(c: Cursor) -> Node:
    """A member of a chain after its sign; words alone are one, too: accuracy = right answers."""
    if begins(c):
        return side(c)
    return remark(c) if is_member_in_words(c.peek()) else Gap(c.last_end, c.last_end)


def is_member_in_words(t: Token) -> bool:
    """Whether words may be a member of a chain: they say no reason, no condition, and no unit."""
    if t.kind != "text" or not is_remark(t):
        return False
    content = t.text.partition("\0")[2].strip()
    word = first_word(content)
    return content[:1].isalpha() and " " in content and not {word} & (STOPWORDS | REASONS | CONDITIONS | CONNECTIVES)


def names_in_words(c: Cursor) -> bool:
    """Whether words that begin a statement are the first member of a chain: fraction of heads ≈ 0.5."""
    if not is_member_in_words(c.peek()):
        return False
    n = 1
    while c.ahead(n).text in QUADS:
        n += 1
    return c.ahead(n).kind != "text" and c.ahead(n).text in RELATIONS


def _beside(c: Cursor) -> Node | None:
    """What is remarked beside a member of a chain, taken where the chain goes on after it; else None, and nothing is
    taken. The layout marks what a row remarks; words alone need no mark."""
    if c.done():
        return None
    if c.peek().kind == "remark":
        marked = []
        while c.peek().kind == "remark":
            marked.append(marked_remark(c))
        several = Phrase(marked[0].start, marked[-1].end, tuple(marked), ("",) * len(marked))
        return marked[0] if len(marked) == 1 else several
    at = c.at
    while c.tokens[at].text in QUADS and at + 1 < c.size:
        at += 1
    first, t = at, c.tokens[at]
    if at > c.at and is_member_in_words(t):  # a name of what is said next: … = 8 \quad false alarms = 2
        return None
    while t.kind == "text" and is_remark(t) and first_word(t.text.partition("\0")[2]) not in CONNECTIVES:
        at += 1
        while at < c.size and c.tokens[at].text in QUADS:
            at += 1
        if at >= c.size:
            return None
        t = c.tokens[at]
    if at == first or not (t.text in RELATIONS or t.text in ARROW_COMMANDS) or t.kind == "text":
        return None
    texts: list[Node] = []
    while c.at < at:
        if c.peek().text in QUADS:
            c.take()
        else:
            texts.append(remark(c))
    return texts[0] if len(texts) == 1 else Phrase(texts[0].start, texts[-1].end, tuple(texts), ("",) * len(texts))


def marked_remark(c: Cursor) -> Node:
    """What stands between the marks of a remark."""
    start = c.take().start
    saved = c.enter("remark")
    while c.peek().text in QUADS:
        c.take()
    inside = phrase(c)
    while not c.done() and c.peek().kind != "remark-end":
        lost = brackets.unexpected(c)
        inside = lost if inside is None else Phrase(inside.start, lost.end, (inside, lost), ("", ""))
    c.leave(saved)
    c.take()
    return Remark(start, c.last_end, inside or Gap(start, start))


def _at_relation(c: Cursor) -> bool:
    """Whether a relation sign stands here, also after a wide space."""
    if c.at >= c.size:
        return False
    t = c.tokens[c.at]
    if t.kind in _OPERANDS:
        return False
    if t.text in QUADS:
        n = 1
        while c.ahead(n).text in QUADS:
            n += 1
        if c.ahead(n).text in RELATIONS or c.ahead(n).text in ARROW_COMMANDS:
            for _ in range(n):
                c.take()
            t = c.peek()
    if not (t.text in RELATIONS or t.text in ARROW_COMMANDS or atoms.opens_relation(c)):
        return False
    return not (ends(c) or (t.text == ">" and c.closers[-1:] == [">"]))


def relation(c: Cursor) -> Relation:
    """A relation sign, with what stands over or under it."""
    t = c.take()
    if t.text in ARROW_COMMANDS:
        return Relation(t.start, c.last_end, "→", t.text, _over_arrow(c))
    if t.text in _OVERS or t.text == r"\dot":
        mark = Sym(t.start, t.end, "·", "", r"\cdot") if t.text == r"\dot" else atoms.argument(c)
        stack = r"\overset" if t.text == r"\dot" else t.text
        braced = c.accept("{")
        sign = c.take()
        if braced:
            c.accept("}")
        return Relation(t.start, c.last_end, RELATIONS.get(sign.text, sign.text), f"{stack} {sign.text}", mark)
    if c.peek().text in ("_", "^") and not ends(c):
        c.take()
        over = atoms.argument(c)
        return Relation(t.start, c.last_end, RELATIONS[t.text], t.text, over)
    if c.peek().text == t.text and t.text in _TWICE and not ends(c):
        c.take()
        return Relation(t.start, c.last_end, RELATIONS[t.text], f"{t.text} {t.text}".replace("= =", "=="))
    return Relation(t.start, t.end, RELATIONS[t.text], t.text)


def _over_arrow(c: Cursor) -> Node:
    """What stands over an arrow, and under it in brackets: \\xrightarrow[n → ∞]{p}."""
    under = atoms.argument(c) if c.peek().text == "[" else None
    over = atoms.argument(c)
    return over if under is None else Phrase(under.start, over.end, (over, under), ("", ""))


def _is_open_bar(node: Node) -> bool:
    return isinstance(node, Opaque) and (node.text in BARS or node.text in DOUBLE_BARS)


def side(c: Cursor) -> Node:
    """One side of a relation. Outside of brackets a bar belongs to it: Y | x ∼ p."""
    start = c.peek().start
    left = terms(c)
    while c.tight_bars and c.at < c.size and ((text := c.peek().text) in BARS or text in DOUBLE_BARS):
        sign = c.take()
        if not begins(c):
            return Bar(start, c.last_end, left, sign.text, Gap(c.last_end, c.last_end))
        right = terms(c)
        if isinstance(left, Terms) and isinstance(left.items[-1], Gap):  # a + |b
            opened = brackets.beside(brackets.unclosed(sign), right)
            left = replace(left, end=c.last_end, items=(*left.items[:-1], opened))
            continue
        left = Bar(start, c.last_end, left, sign.text, right)
    return left


def terms(c: Cursor) -> Node:
    t = c.peek()
    start = t.start
    signs = [c.take().text if t.text in ADDITIVE and not ends(c) else ""]
    items = [factors(c)]
    while c.peek().text in ADDITIVE and not ends(c):
        signs.append(c.take().text)
        items.append(_signed(c))
    if len(items) == 1 and not signs[0]:
        return items[0]
    if len(items) == 1 and isinstance(items[0], Gap):
        return Sym(start, c.last_end, ADDITIVE[signs[0]], "", signs[0])
    return Terms(start, c.last_end, tuple(signs), tuple(items))


def _signed(c: Cursor) -> Node:
    """The term after a sign, which may carry a sign of its own: a − −b."""
    if c.peek().text not in ADDITIVE or ends(c):
        return factors(c)
    t = c.take()
    inner = factors(c)
    return Terms(t.start, c.last_end, (t.text,), (inner,))


def factors(c: Cursor) -> Node:
    start = c.peek().start
    if not atoms.begins_atom(c):
        if c.peek().text in MULTIPLICATIVE and not ends(c):
            t = c.take()
            if not begins(c):
                return Sym(t.start, t.end, MULTIPLICATIVE[t.text], "", t.text)
            rest = factors(c)
            return Factors(start, c.last_end, (t.text,), (rest,))
        return Gap(c.last_end, c.last_end)
    signs = [""]
    items = [atoms.factor(c)]
    while c.at < c.size:
        t = c.tokens[c.at]
        if t.kind in _OPERANDS:
            if c.integrals and atoms.begins_differential(c):
                break
            signs.append("")
            items.append(atoms.factor(c))
            continue
        if ends(c) or (c.bound and operators.rebinds(c)):
            break
        if c.integrals and atoms.is_dot_before_differential(c):
            break
        if t.kind != "text" and (t.text in MULTIPLICATIVE or atoms.is_modulo(c, items[-1])):
            signs.append(c.take().text)
            items.append(_after_sign(c))
        elif t.text in BARS and c.ahead().text in ("_", "^") and (c.closers[-1:] != [t.text]):
            items, signs = [_evaluated(c, start, items, signs)], [""]
        elif atoms.begins_atom(c) and not (c.integrals and atoms.begins_differential(c)):
            signs.append("")
            items.append(atoms.factor(c))
        elif t.kind == "text" and _is_unit_within(c):
            signs.append("")
            items.append(remark(c))
        else:
            break
    if len(items) == 1:
        return items[0]
    product = Factors(start, c.last_end, tuple(signs), tuple(items))
    return with_quotients(product) if c.slashed else product


def _is_unit_within(c: Cursor) -> bool:
    """Whether words stand within a member that goes on after them: 3 apples + 4 apples."""
    t, after = c.peek(), c.ahead()
    if not is_remark(t) or first_word(t.text.partition("\0")[2]) in CONNECTIVES | REASONS | CONDITIONS:
        return False
    return after.kind != "text" and (after.text in ADDITIVE or after.text in MULTIPLICATIVE)


def _evaluated(c: Cursor, start: int, items: list[Node], signs: list[str]) -> Node:
    """The product so far, taken at the places under a bar, or between those under and over it."""
    product = items[0] if len(items) == 1 else Factors(start, c.last_end, tuple(signs), tuple(items))
    bar = c.take()
    places = atoms.scripts(c, Gap(bar.end, bar.end))
    return Bar(start, c.last_end, product, bar.text, places)


def _after_sign(c: Cursor) -> Node:
    """The factor after · or /, which may carry a sign of its own: 2 · −3."""
    if c.peek().text in ADDITIVE and not ends(c):
        t = c.take()
        inner = atoms.factor(c) if atoms.begins_atom(c) else Gap(c.last_end, c.last_end)
        return Terms(t.start, c.last_end, (t.text,), (inner,))
    return atoms.factor(c) if atoms.begins_atom(c) else Gap(c.last_end, c.last_end)
