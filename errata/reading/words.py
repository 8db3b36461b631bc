"""A tree read back on one line, so that an author sees at a glance how a formula was understood.

Products are written with ·, powers with ^, conditioning with |, divergences with ‖, and what was not understood in ⟦ ⟧.
"""

from __future__ import annotations

from typing import assert_never

from claims.records import replace
from errata.reading.calculus import bare_operator, begins_with_d, is_differential_quotient
from errata.reading.moduli import MODULO, number_of
from errata.reading.notation import ACCENTS, BARS
from errata.reading.tree import (
    Accent,
    Bar,
    Big,
    Binom,
    Brace,
    Call,
    Chain,
    Differential,
    Dots,
    Factors,
    Fence,
    Frac,
    Function,
    Gap,
    Grid,
    Group,
    Lines,
    Logic,
    Node,
    Num,
    Opaque,
    Phrase,
    Postfix,
    Prefix,
    Relation,
    Remark,
    Root,
    Script,
    Stack,
    Styled,
    Sym,
    Terms,
    Text,
)

_BIG = {"∑": "sum", "∏": "product", "∫": "integral", "∬": "double integral", "∭": "triple integral", "⋃": "union",
        "⋂": "intersection", "∮": "contour integral"}  # fmt: skip
_SIGNS = {r"\cdot": "·", r"\times": "×", "": "·", r"\odot": "⊙", r"\otimes": "⊗", r"\circ": "∘", r"\pm": "±",
          r"\mp": "∓",          r"\cup": "∪", r"\cap": "∩", r"\setminus": "∖", r"\backslash": "∖", "−": "-", "–": "-",
          r"\ast": "*"}  # fmt: skip
_LOGIC = {r"\implies": "⇒", r"\Rightarrow": "⇒", r"\Longrightarrow": "⇒", r"\iff": "⇔", r"\Leftrightarrow": "⇔",
          r"\Longleftrightarrow": "⇔", r"\land": "∧", r"\wedge": "∧", r"\lor": "∨", r"\vee": "∨", r"\Leftarrow": "⇐",
          r"\impliedby": "⇐", r"\therefore": "∴", r"\to": "⇒", r"\rightarrow": "⇒", r"\longrightarrow": "⇒",
          "→": "⇒"}  # fmt: skip
_BRACKETS = {r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\langle": "⟨", r"\rangle": "⟩", r"\|": "‖",
             "||": "‖", r"\lVert": "‖", r"\rVert": "‖", r"\Vert": "‖", r"\lvert": "|", r"\rvert": "|", r"\vert": "|",
             r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", ".": "", r"\mid": "|"}  # fmt: skip
_FONTS = {"bold": "bold ", "cal": "", "script": "", "double": "", "fraktur": "", "roman": "", "text": "", "sans": ""}


def words(node: Node) -> str:
    """One line of plain text for a tree."""
    match node:
        case Num(text=text):
            return text.replace("{,}", ",")
        case Sym():
            return _FONTS.get(node.font, "") + node.name
        case Text(text=text):
            return f"“{' '.join(text.split())}”"
        case Dots():
            return "…"
        case Opaque(text=text):
            return f"⟦{text or 'missing'}⟧"
        case Gap():
            return "□"
        case Accent(kind=kind, body=body):
            inner = words(body)
            return inner + ACCENTS[kind] if len(inner) == 1 else f"{kind}({inner})"
        case Remark(body=body):
            return f"({words(body)})"
        case Styled(body=body) | Brace(body=body):
            return words(body)
        case Script():
            return _script(node)
        case Frac() if is_differential_quotient(node):
            return f"{_differential(node.top)}/{_differential(node.bottom)}"
        case Frac(top=top, bottom=bottom):
            return f"{_tight(top)}/{_tight(bottom)}"
        case Binom(top=top, bottom=bottom):
            return f"binomial({words(top)}, {words(bottom)})"
        case Root(body=body, index=index):
            return f"√({words(body)})" if index is None else f"root({words(body)}, {words(index)})"
        case Group(body=body):
            return f"({words(body)})"
        case Fence(open=r"\{" | r"\lbrace", body=Grid() as grid, close="."):
            return f"cases{words(grid)}"
        case Fence(open=opening, body=body, close=closing):
            inside = "" if body is None else words(body)
            return f"{_BRACKETS.get(opening, opening)}{inside}{_BRACKETS.get(closing, closing)}"
        case Call(head=head, fence=fence):
            return f"{words(head)}{words(fence)}"
        case Function(head=head, argument=argument):
            return f"{words(head)}({_unfenced(argument)})"
        case Big():
            return _big(node)
        case Differential(d=d, variable=variable):
            return f"{words(d)}{words(variable)}"
        case Prefix(sign=sign, operand=operand):
            return f"{words(sign)}{'' if words(sign) == '#' else ' '}{_tight(operand)}"
        case Postfix(operand=operand, sign=sign):
            return _tight(operand) + sign.replace("\\", "")
        case Terms(signs=signs, items=items):
            return _terms(signs, items)
        case Factors(signs=signs, items=items):
            return _factors(signs, items)
        case Relation(sign=sign, over=over):
            sign = "≡" if sign == MODULO else sign
            return sign if over is None else f"{sign}[{words(over)}]"
        case Chain(modulus=Function() | Fence() as modulus):
            return f"{words(replace(node, modulus=None))} (mod {words(number_of(modulus))})"
        case Chain(items=items, relations=relations, remarks=remarks):
            beside = remarks or (None,) * len(items)
            parts = []
            for item, remark, r in zip(items, beside, (*relations, None), strict=True):
                parts += [words(n) for n in (item, remark, r) if n is not None]
            return " ".join(parts)
        case Logic(items=items, signs=signs):
            parts = [] if isinstance(items[0], Gap) else [words(items[0])]  # what is concluded stands right before it
            for s, item in zip(signs, items[1:], strict=True):
                parts += [_LOGIC.get(s, s), words(item)]
            return " ".join(parts)
        case Bar(left=left, right=Script(base=Gap()) as right):
            return f"{words(left)} |{_script(right)}"
        case Bar(left=left, sign=sign, right=right):
            shown = ":" if sign == ":" else "|" if sign in BARS else "‖"
            return f"{words(left)} {shown} {words(right)}" if sign != ":" else f"{words(left)}:{words(right)}"
        case Phrase(items=items, separators=separators):
            return _phrase(items, separators)
        case Stack(mark=mark, body=body):
            return f"{words(body)}[{words(mark)}]"
        case Grid(environment=environment, rows=rows):
            shown = "; ".join(", ".join(words(c) for c in row) for row in rows)
            bars = {"vmatrix": "|", "Vmatrix": "‖"}.get(environment, "")
            return f"cases[{shown}]" if "cases" in environment else f"{bars}[{shown}]{bars}"
        case Lines(statements=statements):
            return " ⏎ ".join(words(s) for s in statements)
        case _:
            assert_never(node)


def _differential(node: Node) -> str:
    """d²f or dx dy: a d clings to what follows it."""
    inner = node.body if isinstance(node, Group) else node
    if not isinstance(inner, Factors):
        return _tight(node)
    out = ""
    for item, before in zip(inner.items, (None, *inner.items), strict=False):
        close = isinstance(before, Sym | Script) and begins_with_d(before)
        out += words(item) if before is None or close else f" {words(item)}"
    return f"({out})" if " " in out else out


def _script(node: Script) -> str:
    text = "" if isinstance(node.base, Gap) else _tight(node.base) + "′" * node.primes
    if node.sub is not None:
        text += "_" + _index(node.sub)
    if node.sup is not None:
        text += "^" + _tight(node.sup)
    return text


def _index(node: Node) -> str:
    """A subscript; letters side by side are indices, not a product."""
    inner = node.body if isinstance(node, Group) else node
    if (
        isinstance(inner, Factors)
        and all(isinstance(i, Sym | Num | Fence) for i in inner.items)
        and not any(inner.signs)
    ):
        label = "".join(words(i) for i in inner.items)
        return f"({label})" if "(" in label else label
    return f"({words(node)})" if isinstance(inner, Script) else _tight(node)


def _tight(node: Node) -> str:
    text = words(node)
    if isinstance(node, Big) and node.body is None:
        return text
    if isinstance(node, Terms | Factors | Chain | Phrase | Bar | Frac | Big | Function | Prefix | Logic):
        return f"({text})"
    return text


def _unfenced(node: Node) -> str:
    return words(node.body) if isinstance(node, Fence) and node.open == "(" and node.body is not None else words(node)


def _big(node: Big) -> str:
    head, limits = node.head, ""
    if isinstance(head, Script):
        low = "" if head.sub is None else words(head.sub)
        high = "" if head.sup is None else words(head.sup)
        limits = f"[{low}{'..' + high if high else ''}]"
        head = head.base
    name = head.name if isinstance(head, Sym) else words(head)
    if node.body is None:
        return _BIG.get(name, name) + limits
    body = words(node.body)
    over = "".join(" " + words(d) for d in node.differentials)
    return f"{_BIG.get(name, name)}{limits}({body}{over})"


def _terms(signs: tuple[str, ...], items: tuple[Node, ...]) -> str:
    out = ""
    for i, (sign, item) in enumerate(zip(signs, items, strict=True)):
        shown = _SIGNS.get(sign, sign) if sign else ""
        text = f"({words(item)})" if isinstance(item, Terms) else words(item)
        out += f" {shown} {text}" if i else shown + text
    return out


def _factors(signs: tuple[str, ...], items: tuple[Node, ...]) -> str:
    out = ""
    for i, (sign, item) in enumerate(zip(signs, items, strict=True)):
        shown = _SIGNS.get(sign, sign)
        text = f"({words(item)})" if isinstance(item, Terms | Chain | Phrase) else words(item)
        before = items[i - 1] if i else None
        if not sign and isinstance(before, Sym) and (_is_roman_d(before) or (before.name == "Δ" and _is_letter(item))):
            shown = ""
        if isinstance(before, Script) and isinstance(before.base, Gap):  # the 1 before ₁F₁
            shown = ""
        if not sign and isinstance(before, Frac) and bare_operator(before) is not None:
            shown = " "
        out += f"{shown}{text}" if i or sign else text
    return out


def _is_roman_d(node: Sym) -> bool:
    return node.name == "d" and node.font == "roman"


def _is_letter(node: Node) -> bool:
    return isinstance(node, Sym | Script | Accent | Styled)


def _phrase(items: tuple[Node, ...], separators: tuple[str, ...]) -> str:
    out = ""
    for item, mark in zip(items, separators, strict=True):
        shown = "".join(c for c in mark if c in ",;:.")
        out += words(item) + (shown + " " if shown else " ")
    return out.strip()
