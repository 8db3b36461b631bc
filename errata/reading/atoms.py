"""The tight end of the grammar: symbols, numbers, fractions, brackets, functions, big operators, and their scripts."""

from __future__ import annotations

from claims.records import replace
from errata.reading import brackets, indicators, operators, parser, undefined
from errata.reading.cursor import MAX_DEPTH, Cursor, bare
from errata.reading.differentials import differential_at, in_quotient
from errata.reading.lexer import Token
from errata.reading.names import is_inverse, is_transpose
from errata.reading.notation import (
    ACCENTS,
    ADDITIVE,
    ARROW_COMMANDS,
    BARS,
    CALLED,
    CLOSERS,
    DIVERGENCES,
    DOTS,
    DOUBLE_BARS,
    EXTREMA,
    FUNCTIONS,
    GREEK,
    GREEK_CALLED,
    GREEK_OFTEN_CALLED,
    LETTERS,
    LOGIC,
    MULTIPLICATIVE,
    OPENERS,
    OPERATORS,
    PREFIXES,
    QUADS,
    RELATIONS,
    STYLES,
    SURELY_CALLED,
    SWITCHES,
)
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Brace,
    Call,
    Chain,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Gap,
    Group,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Postfix,
    Prefix,
    Root,
    Script,
    Stack,
    Styled,
    Sym,
    Terms,
    Text,
)
from errata.reading.unparse import to_latex

_FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"})
_BINOMIALS = frozenset({r"\binom", r"\dbinom", r"\tbinom"})
_STACKS = frozenset({r"\overset", r"\underset", r"\stackrel"})
_DOTTED = frozenset({r"\sim", "∼", "="})
"""Signs that a dot is put over to say that they hold nearly."""
_BRACES = frozenset({r"\underbrace", r"\overbrace", r"\underbracket", r"\overbracket"})
_NO_ATOM = (
    frozenset(RELATIONS) | frozenset(LOGIC) | frozenset(ADDITIVE) | frozenset(MULTIPLICATIVE) | CLOSERS | QUADS
    | ARROW_COMMANDS | BARS | DOUBLE_BARS | {",", ";", ":", ".", "}", "&", r"\right", r"\choose", r"\over", r"\atop"}
)  # fmt: skip
_BEFORE_WORDS = frozenset(RELATIONS) | frozenset(ADDITIVE) | frozenset(MULTIPLICATIVE)
_TYPED_PREFIXES = {"∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∇": r"\nabla", "∂": r"\partial"}
_TYPED_BIG = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int"}
_CLINGS = frozenset({"_", "^", "!", r"\%", "%", "(", "[", r"\{", r"\lbrace", r"\left"})
"""What may belong to the atom before it: scripts, postfix signs, and brackets that may hold arguments."""
PERCENTS = (r"\%", "%")
_NAMED_FONTS = frozenset({"roman", "sans", "mono", "cal", "script", "double", "text", "fraktur"})


def begins_atom(c: Cursor) -> bool:
    """Whether an atom can begin here."""
    if c.at >= c.size:
        return False
    t = c.tokens[c.at]
    if t.kind in ("letter", "number", "word", "name"):
        return True
    if t.kind in ("break", "newline", "end", "remark", "remark-end"):
        return False
    if t.kind == "text":
        return is_operand_in_words(c) or (not parser.is_remark(t) and not parser.labels_next(c))
    if t.kind == "tag" or t.text in parser.ENDMARKS:
        return False
    if t.text in BARS or t.text in DOUBLE_BARS:
        return brackets.bar_opens(c)
    if t.text in _STACKS or t.text == r"\dot":
        return not opens_relation(c)
    return t.text not in _NO_ATOM


def is_operand_in_words(c: Cursor) -> bool:
    """Whether words stand right after a sign of an operation or a relation, so that they are what it is applied to."""
    before = c.tokens[c.at - 1] if c.at else None
    signed = before is not None and before.kind != "text" and before.text in _BEFORE_WORDS
    return signed and parser.is_member_in_words(c.peek())


def opens_relation(c: Cursor) -> bool:
    """Whether a relation sign with something stacked on it begins here."""
    if c.done():
        return False
    if c.peek().text == r"\dot":
        return c.ahead(1).text in _DOTTED or (c.ahead(1).text == "{" and c.ahead(2).text in _DOTTED)
    if c.peek().text not in _STACKS:
        return False
    i, depth = c.at + 1, 0
    while i < c.size:
        text = c.tokens[i].text
        depth += (text == "{") - (text == "}")
        i += 1
        if depth == 0:
            break
    after = [t.text for t in c.tokens[i : i + 3]]
    if after[:1] == ["{"]:
        after = after[1:]
        return bool(after) and after[0] in RELATIONS and after[1:2] == ["}"]
    return bool(after) and after[0] in RELATIONS


_BARS = frozenset({"|", r"\|", r"\lvert", r"\lVert", r"\vert", r"\Vert", "‖"})


def factor(c: Cursor) -> Node:
    """An atom with all that clings to it: scripts, primes, brackets of a call, factorial and percent signs."""
    node = atom(c)
    if c.at < c.size and (t := c.tokens[c.at]).text not in _CLINGS and t.kind != "prime":
        return _of_a_size(c, node) if t.text in _BARS or t.text == r"\left" else node
    node = scripts(c, node)
    while not c.done():
        if brackets.opens_call(c) and _asks(c, node):
            fence = brackets.fence(c)
            node = scripts(c, Call(node.start, c.last_end, node, fence, True))
        elif brackets.opens_call(c) and _callable(node):
            called = _call(c, node)
            if called is None:
                return node
            node = scripts(c, called)
        elif c.peek().text in ("!", *PERCENTS) and c.peek().kind != "text" and not is_modulo(c, node):
            sign = c.take().text
            if sign == "!" and c.peek().text == "!" and not c.done():
                sign += c.take().text
            node = _marked(node, sign, c.last_end)
        else:
            break
    return _of_a_size(c, node)


def _of_a_size(c: Cursor, head: Node) -> Node:
    """The mean of an absolute value or of a norm, which needs no bracket of its own: 𝔼|Y|^k, 𝔼_x ‖x‖²."""
    name, font = _base_name(head)
    is_mean = name in ("E", "𝔼") and font not in ("", "italic") and not (isinstance(head, Script) and head.sup)
    if not is_mean or isinstance(head, Call) or c.done() or not begins_atom(c):
        return head
    if (c.ahead() if c.peek().text == r"\left" else c.peek()).text not in _BARS:
        return head
    at, end = c.at, c.last_end
    size = scripts(c, atom(c))
    inside = size.base if isinstance(size, Script) else size
    if not isinstance(inside, Fence) or inside.open not in _BARS:
        c.at, c.last_end = at, end
        return head
    return Call(head.start, c.last_end, head, Fence(size.start, size.end, "(", size, ")"), True)


def is_modulo(c: Cursor, node: Node) -> bool:
    """Whether the percent sign that stands here leaves a remainder: (t + 1) % t, 7 % 4. In 5 % x it is a percentage."""
    if c.peek().text not in PERCENTS:
        return False
    after = c.ahead()
    if isinstance(node, Num):
        return after.kind == "number"
    return after.kind in ("letter", "number", "word") or after.text in ("(", "{") or after.text[1:] in GREEK


def _marked(node: Node, sign: str, end: int) -> Node:
    """A node with the factorial or percent sign after it; log (n − 1)! is the logarithm of a factorial."""
    if isinstance(node, Call) and sign == "!" and _base_name(node.head)[0] in ("log", "ln", "lg"):
        return Function(node.start, end, node.head, Postfix(node.fence.start, end, node.fence, sign))
    return Postfix(node.start, end, node, sign)


def scripts(c: Cursor, base: Node) -> Node:
    """The base with every script and prime after it."""
    sub: Node | None = None
    sup: Node | None = None
    primes, sup_first = 0, False
    while c.at < c.size:
        t = c.tokens[c.at]
        if t.text == "_" and sub is None:
            c.take()
            sub = argument(c)
        elif t.text == "^" and sup is None:
            c.take()
            sup_first = sub is None
            sup = argument(c)
            if (count := _primes(sup)) > 0:
                primes, sup, sup_first = primes + count, None, False
        elif t.kind == "prime":
            primes += len(c.take().text)
        elif t.text in ("_", "^"):
            base = Script(base.start, c.last_end, base, sub, sup, primes, sup_first)
            sub, sup, primes, sup_first = None, None, 0, False
        else:
            break
    if sub is None and sup is None and not primes:
        return base
    return Script(base.start, c.last_end, base, sub, sup, primes, sup_first and sub is not None)


def _primes(sup: Node) -> int:
    """How many primes an upper index is made of: f^\\prime, f^{\\prime\\prime}; 0 where it is anything else."""
    parts = sup.items if isinstance(sup, Factors) else (sup,)
    return sum(len(p.name) for p in parts if isinstance(p, Sym)) if all(map(_is_prime, parts)) else 0


def _is_prime(node: Node) -> bool:
    return isinstance(node, Sym) and bool(node.name) and not node.name.strip("′")


def argument(c: Cursor) -> Node:
    """A TeX argument: a braced group without its braces, or a single token. Raises TooLarge like ``atom``."""
    c.deeper()
    node = _argument(c)
    c.depth -= 1
    return node


def _argument(c: Cursor) -> Node:
    if c.done():
        return Gap(c.last_end, c.last_end)
    t = c.peek()
    if t.text == "{":
        return group(c)
    if t.kind == "number":
        digit = c.split_number()
        return Num(digit.start, digit.end, digit.text)
    if t.text in ("}", r"\right", "&") or t.kind in ("break", "newline", "end"):
        return Opaque(t.start, t.start, "", "an argument is missing here")
    if t.text in ADDITIVE or t.text in MULTIPLICATIVE or t.text in RELATIONS or t.text in BARS:
        c.take()
        sign = ADDITIVE.get(t.text) or MULTIPLICATIVE.get(t.text) or RELATIONS.get(t.text) or t.text
        return Sym(t.start, t.end, sign, "", t.text)
    if t.kind == "prime":
        c.take()
        return Sym(t.start, t.end, "′", "", t.text)
    return atom(c)


def group(c: Cursor) -> Node:
    """A braced group. Braces around one thing are only TeX's; around more they hold it together."""
    opening = c.take()
    if (short := single(c, "}") or _negative(c, opening)) is not None:
        return short
    switched = _switched(c, opening)
    if switched is not None:
        return switched
    saved = c.enter("{}")
    body = brackets.content(c)
    body = _over(c, opening, body)
    c.leave(saved)
    closing = c.accept("}")
    if closing is None:
        missing = Opaque(c.last_end, c.last_end, "", "a brace is not closed")
        return Phrase(opening.start, c.last_end, (body or Gap(c.last_end, c.last_end), missing), ("", ""))
    if body is None:
        return Gap(opening.start, closing.end)
    if isinstance(body, Big) and body.body is None and not body.differentials:
        return operators.completed(c, body)
    if isinstance(body, Terms | Factors | Chain | Phrase | Bar | Logic):
        return Group(opening.start, closing.end, body)
    return body


def single(c: Cursor, closer: str) -> Node | None:
    """The one letter or number in a bracket that has just been opened, taken with the sign that closes it: what most
    brackets hold. None where this one holds anything else."""
    at = c.at
    if at + 1 >= c.size or c.tokens[at + 1].text != closer or c.depth >= MAX_DEPTH:
        return None
    t = c.tokens[at]
    node: Node
    if t.kind == "letter":
        node = Sym(t.start, t.end, t.text, "", t.text)
    elif t.kind == "number":
        node = Num(t.start, t.end, t.text)
    elif t.kind == "command" and t.text[1:] in GREEK:
        node = Sym(t.start, t.end, GREEK[t.text[1:]], "", t.text)
    else:
        return None
    c.at, c.last_end = at + 2, c.tokens[at + 1].end
    return node


def _negative(c: Cursor, opening: Token) -> Node | None:
    """The same for a number with a minus in a brace."""
    at = c.at
    if at + 2 >= c.size or c.tokens[at].text != "-" or c.tokens[at + 1].kind != "number":
        return None
    sign, number, closing = c.tokens[at : at + 3]
    if closing.text != "}" or c.depth >= MAX_DEPTH:
        return None
    c.at, c.last_end = at + 3, closing.end
    body = Terms(sign.start, number.end, ("-",), (Num(number.start, number.end, number.text),))
    return Group(opening.start, closing.end, body)


def _switched(c: Cursor, opening: Token) -> Node | None:
    """{\\rm Prob} and {\\bf x}, taken to the brace: a name in an old font; None where more is in it."""
    if c.peek().text not in SWITCHES:
        return None
    font = STYLES[f"math{c.peek().text[1:]}"]
    letters, i = "", c.at + 1
    while i < c.size and c.tokens[i].kind in ("letter", "word"):
        letters += c.tokens[i].text
        i += 1
    whole = len(letters) == 1 or font in _NAMED_FONTS - {"cal"}
    if not letters or not whole or i >= c.size or c.tokens[i].text != "}":
        return None
    while c.at <= i:
        c.take()
    if letters in FUNCTIONS or letters in EXTREMA:
        return operators.named(c, Sym(opening.start, c.last_end, letters, "roman", rf"\mathrm{{{letters}}}"))
    latex = {"bold": r"\mathbf", "cal": r"\mathcal", "sans": r"\mathsf", "mono": r"\mathtt"}.get(font, r"\mathrm")
    return Sym(opening.start, c.last_end, letters, font, f"{latex}{{{letters}}}")


def _over(c: Cursor, opening: Token, body: Node | None) -> Node | None:
    """The old infix forms {n \\choose k} and {a \\over b}."""
    t = c.peek()
    if t.text not in (r"\choose", r"\over", r"\atop"):
        return body
    c.take()
    below = brackets.content(c) or Gap(c.last_end, c.last_end)
    above = body or Gap(opening.end, opening.end)
    kind = Frac if t.text == r"\over" else Binom
    return kind(opening.start, c.last_end, above, below, t.text)


def atom(c: Cursor) -> Node:
    """One atom, without what follows it. Raises TooLarge where atoms hold each other too deeply."""
    t = c.peek()
    if t.kind == "letter" and t.text != "d" and c.depth < MAX_DEPTH:
        c.take()
        return Sym(t.start, t.end, t.text, "", t.text)
    c.deeper()
    node = _atom(c)
    c.depth -= 1
    return node


def _atom(c: Cursor) -> Node:
    t = c.peek()
    if t.kind == "number":
        c.take()
        return Num(t.start, t.end, t.text)
    if t.kind in ("letter", "word"):
        roman = t.kind == "word" or (t.text == "d" and _is_differential_sign(c))
        c.take()
        return Sym(t.start, t.end, t.text, "roman" if roman else "", t.text)
    if t.kind == "text" and is_operand_in_words(c):
        return parser.remark(c)
    if t.kind in ("name", "text"):
        return _name(c)
    if t.kind == "begin":
        return brackets.environment(c)
    if t.text == "{":
        return group(c)
    if t.text in OPENERS or t.text in BARS or t.text in DOUBLE_BARS or t.text == r"\left":
        return brackets.fence(c)
    if t.text in ("_", "^"):
        return Gap(t.start, t.start)
    if t.kind == "command":
        return _command(c)
    c.take()
    if t.kind == "tag":
        return Text(t.start, t.end, t.text.partition("\0")[2], t.text.partition("\0")[0])
    if t.text == "#":
        return _count(c, t)
    if t.kind == "prime":
        return Sym(t.start, t.end, "′" * len(t.text), "", t.text)
    if t.text in _TYPED_PREFIXES:
        return operators.prefix(c, t._replace(text=_TYPED_PREFIXES[t.text]))
    if t.text in _TYPED_BIG:
        return operators.big(c, t._replace(kind="command", text=_TYPED_BIG[t.text]))
    if t.text in '#?@!∅∞ℝℕℤ∂∇″⊤†"' or t.text.isalpha():
        return Sym(t.start, t.end, t.text, "", t.text)
    if t.text in DOTS:
        return Dots(t.start, t.end, t.text)
    return Opaque(t.start, t.end, t.text, "a sign the reader does not know")


def _name(c: Cursor) -> Node:
    t = c.take()
    command, _, text = t.text.partition("\0")
    word = text.replace(r"\,", "").replace(" ", "").replace("{", "").replace("}", "").replace("\\", "")
    font = "roman" if t.kind == "name" else "text"
    if word in FUNCTIONS or word in EXTREMA:
        return operators.named(c, Sym(t.start, t.end, word, "roman", f"\\{command}{{{text}}}"))
    return Sym(t.start, t.end, word or text, font, f"\\{command}{{{text}}}")


def _command(c: Cursor) -> Node:
    t = c.take()
    name = t.text[1:]
    if name in GREEK:
        return Sym(t.start, t.end, GREEK[name], "", t.text)
    if t.text in _FRACTIONS:
        top, bottom = argument(c), argument(c)
        return Frac(t.start, c.last_end, top, bottom, t.text)
    if t.text in _BINOMIALS:
        top, bottom = argument(c), argument(c)
        return Binom(t.start, c.last_end, top, bottom, t.text)
    if name == "sqrt":
        index = brackets.optional(c)
        body = argument(c)
        return Root(t.start, c.last_end, body, index)
    if name in OPERATORS:
        return operators.big(c, t)
    if (name in FUNCTIONS or name in EXTREMA) and not (name in ACCENTS and not brackets.opens_call(c)):
        return operators.named(c, Sym(t.start, t.end, name, "roman", t.text))
    if name in PREFIXES:
        return operators.prefix(c, t)
    if name in STYLES:
        return _styled(c, t)
    if name in ACCENTS:
        body = argument(c)
        return Accent(t.start, c.last_end, name, body)
    if t.text in DOTS:
        return Dots(t.start, t.end, t.text)
    return _rare_command(c, t)


def _count(c: Cursor, t: Token) -> Node:
    """#H, the number of heads; a # alone is a symbol."""
    sign = Sym(t.start, t.end, "#", "", t.text)
    if parser.ends(c) or not begins_atom(c):
        return sign
    operand = factor(c)
    return Prefix(t.start, c.last_end, sign, operand)


def _rare_command(c: Cursor, t: Token) -> Node:
    name = t.text[1:]
    if t.text in _STACKS:
        mark = argument(c)
        below = operators.under(c, t, mark) if t.text == r"\underset" else None
        return below or Stack(t.start, c.last_end, t.text, mark, argument(c))
    if t.text in _BRACES:
        body = argument(c)
        label = None
        if c.peek().text in ("_", "^"):
            c.take()
            label = argument(c)
        return Brace(t.start, c.last_end, t.text, body, label)
    if name in ("angle", "measuredangle"):
        return _angle(c, t)
    if name == "pmod":
        modulus = argument(c)
        return Function(t.start, c.last_end, Sym(t.start, t.end, "mod", "roman", t.text), modulus)
    if name == "substack":
        return brackets.substack(c, t)
    if t.text in SWITCHES:
        body = factor(c) if begins_atom(c) else Gap(t.end, t.end)
        return Styled(t.start, c.last_end, t.text, body)
    if name == "#":
        return _count(c, t)
    if name in LETTERS:
        return Sym(t.start, t.end, LETTERS[name], "", t.text)
    if undefined.reads_as_name(t.text):
        return undefined.undefined(c, t)
    return Opaque(t.start, t.end, t.text, "an unknown command")


def _angle(c: Cursor, t: Token) -> Node:
    """\\angle ABC, the angle at B between two others: one name, which no order of letters may change."""
    points = ""
    while c.peek().kind == "letter" and c.peek().text.isupper() and not c.done():
        points += c.take().text
    return Sym(t.start, c.last_end, f"∠{points}", "roman", f"{t.text} {points}".strip())


def _styled(c: Cursor, t: Token) -> Node:
    name = t.text[1:]
    font = STYLES[name]
    if (font in _NAMED_FONTS or _is_word(c, name)) and (letters := _letters_of_group(c)):
        if letters in FUNCTIONS or letters in EXTREMA:
            return operators.named(c, Sym(t.start, c.last_end, letters, "roman", f"{t.text}{{{letters}}}"))
        return Sym(t.start, c.last_end, letters, font, f"{t.text}{{{letters}}}")
    body = argument(c)
    if isinstance(body, Sym) and not body.font:
        own = "" if font == "italic" and len(body.name) == 1 else font  # a letter is in italics anyway
        return Sym(t.start, c.last_end, body.name, own, f"{t.text}{{{body.latex}}}")
    head = body.head if isinstance(body, Big) and body.body is None else None
    if name == "mathop" and isinstance(head, Sym) and head.name in EXTREMA:  # \mathop{\text{max}}_i is \max_i
        return operators.named(c, replace(head, start=t.start, end=c.last_end))
    return Styled(t.start, c.last_end, t.text, body)


def _is_word(c: Cursor, command: str) -> bool:
    """Whether several letters in a row are set as one word: \\mathit{loss}."""
    letters = c.ahead(1).kind, c.ahead(2).kind
    return command == "mathit" and c.peek().text == "{" and all(kind in ("letter", "word") for kind in letters)


def _letters_of_group(c: Cursor) -> str:
    """The name in a group of letters and digits, taken; "" (and nothing taken) where it holds anything else."""
    if c.peek().text != "{":
        return ""
    i = c.at + 1
    letters = ""
    while i < c.size and c.tokens[i].text != "}":
        t = c.tokens[i]
        if t.kind not in ("letter", "word", "number") and t.text not in ("-", ".", r"\_"):
            return ""
        letters += t.text
        i += 1
    if not letters or i >= c.size or not letters[0].isalpha() or (letters[-1] == "." and len(letters) == 1):
        return ""
    while c.at <= i:
        c.take()
    return letters


def _callable(node: Node) -> bool:
    base = node
    while isinstance(base, Script | Accent | Styled):
        base = base.base if isinstance(base, Script) else base.body
    return isinstance(base, Sym)


def _asks(c: Cursor, head: Node) -> bool:
    """Whether an indicator and its bracket stand here: 1[x > 0], 1_A(x). A plain 1 asks in square or curly brackets."""
    if isinstance(head, Num):
        opening = c.ahead() if c.peek().text == r"\left" else c.peek()
        return head.text == "1" and opening.text != "(" and brackets.compares(c)
    if not isinstance(head, Script):
        return indicators.is_sign(head) and (brackets.compares(c) or brackets.is_a_set(c))
    if head.sub is None or head.sup is not None or not indicators.is_sign(head.base):
        return False
    return brackets.holds_one_name(c) and indicators.is_of_a_set(head.sub)


def _call(c: Cursor, head: Node) -> Node | None:
    """A name with its bracket: a call, or None (bracket left for the next factor) where it must be a product."""
    square = c.peek().text == "[" or (c.peek().text == r"\left" and c.ahead().text == "[")
    curly = c.peek().text in (r"\{", r"\lbrace") or (c.peek().text == r"\left" and c.ahead().text in (r"\{",))
    name, font = _base_name(head)
    named = font in _NAMED_FONTS or len(name) > 1
    indexed = brackets.looks_like_indices(c) or (brackets.holds_an_index(c) and _stands_indexed_only(c, head))
    if square and not named and indexed:
        indices = brackets.fence(c)
        return Call(head.start, c.last_end, head, indices, True)
    if (square or curly) and not (named or name in "EHPVI" or name in GREEK_CALLED):
        return None
    one = not named and not square and _is_applied(c, head, name)
    if not one and not named and _is_factor(c, head, name):
        return None
    bare_head = isinstance(head, Sym) or (isinstance(head, Script) and head.sup is None)
    if name in c.functions and bare_head and brackets.holds_one_number(c):
        fence = brackets.fence(c)
        return Call(head.start, c.last_end, head, fence, True)
    inverse_function = isinstance(head, Script) and is_inverse(head.sup) and name in c.applied
    if not (one or inverse_function) and isinstance(head, Script) and _multiplies(head.sup, name):
        return None
    raised = isinstance(head, Script) and head.sup is not None and isinstance(head.sup, Num)
    if name == "χ" and raised:
        fence = brackets.fence(c)
        return Call(head.start, c.last_end, head, fence, True)
    primed = isinstance(head, Script) and head.primes > 0
    if primed and len(name) == 1 and brackets.holds_one_name(c):
        c.calls.add(name)  # whatever has a derivative at x is a function
    likely = named or name in CALLED or name in GREEK_CALLED or primed
    factor = brackets.starts_with_number(c) and brackets.adds(c)
    likely = likely or inverse_function or (name in GREEK_OFTEN_CALLED and not factor)
    if not likely and name not in c.called:
        if not brackets.looks_like_arguments(c):
            if not brackets.starts_with_number(c) and not brackets.holds(c, name):
                c.multiplied.add(name)
            return None
        c.calls.add(name)
    if raised and not named and name not in SURELY_CALLED and not brackets.lists(c):
        return None
    fence = brackets.fence(c)
    if name in DIVERGENCES or (name == "D" and isinstance(head, Script) and _base_name(head.sub)[0] in DIVERGENCES):
        fence = _parted(fence, "the sign between the two laws is missing")
    elif name in ("p", "q") and not named:
        fence = _parted(fence, "a comma or a bar between the two variables is missing")
    several = isinstance(fence, Fence) and isinstance(fence.body, Phrase | Bar | Chain)
    sure = named or name in SURELY_CALLED or name in GREEK_CALLED or several
    return Call(head.start, c.last_end, head, fence, sure)


def _stands_indexed_only(c: Cursor, head: Node) -> bool:
    """Whether a letter has a square bracket after it wherever it stands in the formula: x[k] = x[k − 1]."""
    if not isinstance(head, Sym):
        return False
    places = [i for i, t in enumerate(c.tokens) if t.text == head.latex]
    return len(places) > 1 and all(i + 1 < c.size and c.tokens[i + 1].text == "[" for i in places)


def _is_applied(c: Cursor, head: Node, name: str) -> bool:
    """Whether a letter is applied to a bracket with one name in it, as no factor is written: J_g(x), and with it the
    matrix J_g^{-1}(x). A transposed matrix and what is raised to a power as a whole, n(x)^2, may be factors, but where
    n(y) stands beside it.
    """
    is_value = to_latex(head).replace(" ", "") in c.values and name not in SURELY_CALLED
    if not brackets.holds_one_name(c) or is_value:
        return False
    if isinstance(head, Script) and head.sup is not None and is_transpose(head.sup):
        return False
    is_called = name in CALLED or (name in c.at_names and isinstance(head, Sym))
    return is_called or name in c.matrices or not brackets.is_raised(c)


def _is_factor(c: Cursor, head: Node, name: str) -> bool:
    """Whether a letter is a factor of a bracket: that holds it, as p(1 − p) and p^k (1 − p)^{n−k}; after a power, as
    p^y(1 − q); that a matrix stands before, as T(Y − XB) and C(X + Y)^{-1}; or one that is a number elsewhere in the
    formula, as in d_1 − d_1 y = d_1(1 − y).
    """
    if name in c.matrices and (isinstance(head, Sym) or brackets.adds(c)):
        return True
    if bare(to_latex(head)) in c.matrices:
        return True
    if _is_matrix_name(name) and brackets.is_inverted(c) and not brackets.looks_like_arguments(c):
        return True
    if name in c.probabilities and isinstance(head, Sym) and brackets.adds(c):
        return True
    stands_alone = to_latex(head).replace(" ", "") in c.values and name not in SURELY_CALLED | GREEK_CALLED
    if stands_alone and brackets.adds(c) and name not in GREEK_OFTEN_CALLED:
        return True
    indexed = isinstance(head, Script) and head.sub is not None
    if indexed and _is_indexed_factor(c, head, name):
        return True
    if brackets.holds_one_name(c) and brackets.is_raised(c) and name.isascii() and name not in CALLED:
        return True
    opens_with_number = brackets.starts_with_number(c)
    if (not indexed or opens_with_number) and brackets.holds(c, name, indexed and opens_with_number):
        return True
    power = isinstance(head, Script) and isinstance(head.sup, Sym | Script | Terms | Group) and not is_inverse(head.sup)
    return power and opens_with_number


def _is_indexed_factor(c: Cursor, head: Node, name: str) -> bool:
    """Whether p_i is a number among several, as in p_1(2 q_1 − 1) and q_i^2(∑_k r_k), or I_n the identity."""
    index = head.sub if isinstance(head, Script) else None
    if isinstance(index, Num) or (isinstance(index, Sym) and len(index.name) == 1 and index.name.islower()):
        if name == "I" and isinstance(index, Sym):
            return not brackets.lists(c) and not brackets.holds_one_name(c)
        if name in ("p", "q") and (
            brackets.starts_with_sum(c) or (brackets.starts_with_number(c) and brackets.adds(c))
        ):
            c.numbers.add(name)
            return True
    if name in ("p", "q"):
        return brackets.starts_with_number(c) and (name in c.numbers or brackets.holds_sum(c))
    return False


def _parted(fence: Node, why: str) -> Node:
    """The bracket of a divergence or a density; two names side by side have lost the sign between them."""
    body = fence.body if isinstance(fence, Fence) else None
    if not isinstance(fence, Fence) or not isinstance(body, Factors) or len(body.items) != 2 or any(body.signs):
        return fence
    first, second = body.items
    if not all(isinstance(i, Sym | Script | Styled | Accent) for i in body.items):
        return fence
    lost = Opaque(first.end, first.end, "", why)
    return replace(fence, body=Phrase(body.start, body.end, (first, lost, second), ("", "", "")))


def _multiplies(sup: Node | None, name: str) -> bool:
    """Whether a superscript makes its base a factor: a transpose, or the inverse of a matrix (F^{-1} is a function)."""
    if sup is not None and is_transpose(sup):
        return True
    return is_inverse(sup) and _is_matrix_name(name)


def _is_matrix_name(name: str) -> bool:
    """Whether a name that is inverted is a matrix rather than a function: F^{-1} is the quantile function."""
    return name.isupper() and len(name) == 1 and name not in "FGHQΦ"


def _base_name(node: Node | None) -> tuple[str, str]:
    while isinstance(node, Script | Accent | Styled):
        node = node.base if isinstance(node, Script) else node.body
    return (node.name, node.font) if isinstance(node, Sym) else ("", "")


def stops_at_differential(c: Cursor) -> bool:
    """Whether the argument of a function ends here, before the dt of an integral or of dx = f(x) dt."""
    return (c.integrals > 0 or c.of_differentials) and begins_differential(c)


def _is_differential_sign(c: Cursor) -> bool:
    """Whether the letter d that stands here is no factor: in dy/dx, and throughout dx = f(x) dt."""
    return (c.of_differentials and begins_differential(c)) or in_quotient(c.tokens, c.at)


def is_dot_before_differential(c: Cursor) -> bool:
    """Whether a dot stands here, and dx behind it."""
    return not c.done() and c.peek().text in (r"\cdot", "·", r"\circ") and differential_at(c.tokens, c.at + 1)


def begins_differential(c: Cursor) -> bool:
    """Whether dx stands here: d, roman or not, right before a symbol."""
    return differential_at(c.tokens, c.at)
