"""Functions, sums, integrals, extrema and signs that stand before what they act on."""

from __future__ import annotations

from claims.records import replace
from errata.reading import atoms, brackets, parser
from errata.reading.cursor import Cursor
from errata.reading.lexer import Token
from errata.reading.notation import (
    ADDITIVE,
    BARS,
    CLOSERS,
    DOUBLE_BARS,
    EXTREMA,
    MULTIPLICATIVE,
    OPENERS,
    OPERATORS,
    RELATIONS,
    STYLES,
)
from errata.reading.tree import (
    Accent,
    Big,
    Call,
    Chain,
    Differential,
    Factors,
    Function,
    Gap,
    Group,
    Node,
    Num,
    Postfix,
    Prefix,
    Script,
    Sym,
    Terms,
)

_OF_ANGLES = frozenset("sin cos tan cot sec csc".split())
_INTEGRALS = frozenset({"int", "iint", "iiint", "oint"})
_SYMBOLS = {"sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮", "coprod": "∐", "bigcup": "⋃",
            "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigvee": "⋁", "bigwedge": "⋀"}  # fmt: skip


_PREFIXED = {"nabla": "∇", "triangledown": "∇", "partial": "∂", "neg": "¬", "lnot": "¬", "forall": "∀", "exists": "∃",
             "nexists": "∄"}  # fmt: skip


def big(c: Cursor, t: Token) -> Node:
    """A sum, a product or an integral, with its body."""
    name = t.text[1:]
    head = atoms.scripts(c, Sym(t.start, t.end, _SYMBOLS[name], "", t.text))
    if name in _INTEGRALS:
        return _integral(c, head)
    return summed(c, t.start, head)


def completed(c: Cursor, node: Big) -> Node:
    """A sum or a product that stands in braces of its own, {\\sum_j} x_j, with its body."""
    if not isinstance(node.head, Script) or not isinstance(node.head.base, Sym) or node.head.base.name not in "∑∏":
        return node
    return summed(c, node.start, node.head)


def under(c: Cursor, t: Token, mark: Node) -> Node | None:
    """\\underset{x}{\\max} f(x), read as \\max_x f(x); None, and nothing taken, where it is no operator alone."""
    at, end = c.at, c.last_end
    expected = _expectation(atoms.argument(c))
    if expected is not None:
        return Script(t.start, c.last_end, expected, mark, None, under=True)
    c.at, c.last_end = at, end
    braced = c.accept("{")
    head = _operator(c)
    if head is None or (braced and not c.accept("}")):
        c.at, c.last_end = at, end
        return None
    scripted = Script(t.start, c.last_end, head, mark, None, under=True)
    return _extremum(c, head.name, scripted) if head.name in EXTREMA else summed(c, t.start, scripted)


def _expectation(node: Node) -> Sym | None:
    """The E of an expectation, which may stand in braces."""
    node = node.body if isinstance(node, Group) else node
    return node if isinstance(node, Sym) and node.name in ("E", "𝔼") and node.font not in ("", "italic") else None


def _operator(c: Cursor) -> Sym | None:
    """The name of a sum, a product or an extremum, taken without what it acts on."""
    if c.done():
        return None
    t = c.take()
    name = t.text.partition("\0")[2] or t.text[1:]
    if name in ("sum", "prod"):
        return Sym(t.start, t.end, _SYMBOLS[name], "", t.text)
    latex = t.text.replace("\0", "{") + "}" * ("\0" in t.text)
    head = _with_extremum(c, Sym(t.start, t.end, name, "roman", latex))
    return head if head.name in EXTREMA else None


def _with_extremum(c: Cursor, head: Sym) -> Sym:
    """\\arg with the \\max or \\min that follows it, as one name."""
    if head.name != "arg" or (c.peek().text[1:] not in EXTREMA and c.peek().text.partition("\0")[2] not in EXTREMA):
        return head
    t = c.take()
    name = t.text.partition("\0")[2] or t.text[1:]
    return Sym(head.start, t.end, "arg" + name, "roman", rf"\arg\{name}")


def summed(c: Cursor, start: int, head: Node) -> Node:
    """An operator with the product that it acts on."""
    if c.peek().text in (r"\cdot", "·") and not c.done():
        c.take()  # ∑_i · x_i: the dot only parts them
    c.bound.append(_index(head))
    body = _product(c)
    c.bound.pop()
    return Big(start, c.last_end, head, body)


def _index(head: Node) -> str:
    """The letter that a sum or a product binds; "" where it binds none, or several."""
    sub = head.sub if isinstance(head, Script) else None
    sub = sub.body if isinstance(sub, Group) else sub
    first = sub.items[0] if isinstance(sub, Chain) else sub
    return first.latex if isinstance(first, Sym) else ""


def rebinds(c: Cursor) -> bool:
    """Whether a sum or a product follows that binds the index of the innermost one again: its body ends here."""
    index = c.bound[-1]
    at = c.at + (c.peek().text in MULTIPLICATIVE)
    opens = [t.text for t in c.tokens[at : at + 4]]
    if not index or not opens or opens[0][1:] not in OPERATORS or opens[0][1:] in _INTEGRALS or opens[1:2] != ["_"]:
        return False
    return opens[2:4] == ["{", index] or opens[2:3] == [index]


def _product(c: Cursor) -> Node | None:
    """The body of a sum: one term, which may carry a minus."""
    t = c.peek()
    if t.text in ADDITIVE and not parser.ends(c) and _operand_after_sign(c):
        c.take()
        inner = parser.factors(c)
        return Terms(t.start, c.last_end, (t.text,), (inner,))
    return parser.factors(c) if atoms.begins_atom(c) and not parser.ends(c) else None


def _operand_after_sign(c: Cursor) -> bool:
    return c.ahead().text not in RELATIONS and c.ahead().kind != "end-of-formula"


def _integral(c: Cursor, head: Node) -> Node:
    if atoms.begins_differential(c):
        differentials = _differentials(c)
        if c.peek().text in (r"\cdot", "·", r"\,") and not c.done():
            c.take()  # ∫ dθ · f(θ): the dot only parts them
        body = _product(c)
        return Big(head.start, c.last_end, head, body, differentials, True)
    if not _differential_follows(c):
        body = _product(c)
        return Big(head.start, c.last_end, head, body)
    c.integrals += 1
    body = parser.terms(c) if parser.begins(c) else None
    c.integrals -= 1
    if atoms.is_dot_before_differential(c):
        c.take()  # ∫ u_t · dB_t: the dot is of two vectors
    found = _differentials(c, only_one=c.integrals > 0)
    return Big(head.start, c.last_end, head, body, found)


def _differentials(c: Cursor, only_one: bool = False) -> tuple[Node, ...]:
    out: list[Node] = []
    while not parser.ends(c) and atoms.begins_differential(c):
        start = c.peek().start
        d = atoms.scripts(c, atoms.atom(c))
        variable = atoms.scripts(c, atoms.atom(c))
        out.append(Differential(start, c.last_end, d, variable))
        if only_one:
            break
    return tuple(out)


def _differential_follows(c: Cursor) -> bool:
    """Whether, before the statement or the bracket ends, a differential stands outside of inner brackets."""
    depth, saved = 0, c.at
    found = False
    for i in range(saved, c.size):
        t = c.tokens[i]
        if t.kind in ("break", "newline", "end") or (depth == 0 and t.text in RELATIONS):
            break
        if depth == 0:
            c.at = i
            if atoms.begins_differential(c):
                found = True
                break
        depth += (t.text in OPENERS or t.text in ("{", r"\left")) - (t.text in CLOSERS or t.text in ("}", r"\right"))
        if t.text == r"\left" and i + 1 < c.size and c.tokens[i + 1].text in OPENERS:
            depth -= 1
        if t.text == r"\right" and i + 1 < c.size and c.tokens[i + 1].text in CLOSERS:
            depth += 1
        if depth < 0:
            break
    c.at = saved
    return found


def named(c: Cursor, head: Sym) -> Node:
    """A named function or extremum with its argument."""
    head = _with_extremum(c, head)
    scripted = atoms.scripts(c, head)
    if head.name in EXTREMA:
        return _extremum(c, head.name, scripted)
    if brackets.opens_call(c) or _bar_argument(c):
        fence = brackets.fence(c)
        return Call(head.start, c.last_end, scripted, fence, True)
    argument = _bare_argument(c, head.name in _OF_ANGLES)
    if argument is None:
        return scripted
    return Function(head.start, c.last_end, scripted, argument)


def _bar_argument(c: Cursor) -> bool:
    return (c.peek().text in BARS or c.peek().text in DOUBLE_BARS) and brackets.bar_opens(c)


def _extremum(c: Cursor, name: str, scripted: Node) -> Node:
    if brackets.opens_call(c) and (not isinstance(scripted, Script) or scripted.sub is None):
        fence = brackets.fence(c)
        return Call(scripted.start, c.last_end, scripted, fence, True)
    if parser.ends(c) or not parser.begins(c):
        return Big(scripted.start, c.last_end, scripted, None)
    body = _product(c) if name.startswith("lim") else parser.terms(c)
    return Big(scripted.start, c.last_end, scripted, body)


def _bare_argument(c: Cursor, of_angle: bool = False) -> Node | None:
    """What a function without brackets acts on: a sign and a product of plain factors (log 2πσ², but not log a · b).

    A function ``of_angle`` doesn't act on the vector after an angle: cos φ 𝐱 is cos(φ) 𝐱.
    """
    start = c.peek().start
    t = c.peek()
    if t.text in ("-", "−") and not parser.ends(c):
        c.take()
        inner = _bare_argument(c, of_angle) or Gap(c.last_end, c.last_end)
        return Terms(start, c.last_end, (t.text,), (inner,))
    if parser.ends(c) or not atoms.begins_atom(c) or atoms.stops_at_differential(c):
        return None
    items, signs = [atoms.factor(c)], [""]
    while _continues_argument(c, items[-1]) and not (of_angle and all(map(_is_angle, items)) and _vector_follows(c)):
        if c.peek().text == "/":
            signs.append(c.take().text)
        else:
            signs.append("")
        items.append(atoms.factor(c))
    if len(items) == 1:
        return items[0]
    return Factors(start, c.last_end, tuple(signs), tuple(items))


def _is_angle(node: Node) -> bool:
    """Whether a factor is a plain letter, with an index or without, and not π."""
    base = node.base if isinstance(node, Script) and node.sup is None else node
    return isinstance(base, Sym) and base.name != "π" and not _is_vector(node)


def _vector_follows(c: Cursor) -> bool:
    """Whether the next factor is a vector by its look: 𝐱, 𝐱_0 or x with an arrow; 𝐱⊤ may begin a number, 𝐱⊤𝐲."""
    if c.peek().text[1:] not in STYLES and c.peek().text != r"\vec":
        return False
    at, last_end = c.at, c.last_end
    found = atoms.factor(c)
    c.at, c.last_end = at, last_end
    return _is_vector(found)


def _is_vector(node: Node) -> bool:
    match node:
        case Script(base=base, sup=None):
            return _is_vector(base)
        case Sym(font=font):
            return font == "bold"
        case Accent(kind=kind):
            return kind == "vec"
    return False


_BRACED = (r"\underbrace", r"\overbrace")


def _continues_argument(c: Cursor, last: Node) -> bool:
    if parser.ends(c) or not isinstance(last, Num | Sym | Script | Accent | Call | Postfix):
        return False
    t = c.peek()
    if t.text == "/":
        return c.ahead().kind in ("number", "letter") or c.ahead().text.startswith("\\")
    if not atoms.begins_atom(c) or atoms.stops_at_differential(c):
        return False
    if t.text in _BRACED and c.ahead().text == "{" and _begins_operator(c.ahead(2)):
        return False
    return not _begins_operator(t) and t.kind != "begin"


def _begins_operator(t: Token) -> bool:
    from errata.reading.notation import FUNCTIONS, OPERATORS, PREFIXES

    name = t.text.partition("\0")[2] if t.kind == "name" else t.text[1:]
    return t.kind in ("command", "name") and (
        name in FUNCTIONS or name in OPERATORS or name in EXTREMA or name in PREFIXES
    )


def prefix(c: Cursor, t: Token) -> Node:
    """∇, ∂, ¬, ∀ before the factor they act on; alone, the sign is a symbol."""
    sign = atoms.scripts(c, Sym(t.start, t.end, _PREFIXED[t.text[1:]], "", t.text))
    if t.text == r"\nabla" and c.peek().text in (r"\cdot", r"\times"):
        dot = c.take()
        kind = "∇·" if dot.text == r"\cdot" else "∇×"
        if isinstance(sign, Script):  # of ∇_x· the variable is kept, and the dot is written where it stands
            sign = replace(sign, base=Sym(t.start, t.end, kind, "", t.text))
        else:
            sign = Sym(t.start, dot.end, kind, "", f"{t.text} {dot.text}")
    if parser.ends(c) or not atoms.begins_atom(c) or atoms.stops_at_differential(c):
        return sign
    operand = atoms.factor(c)
    return Prefix(t.start, c.last_end, sign, operand)
