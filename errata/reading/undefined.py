r"""Commands that nothing defines: read as names, \foo, as functions where they are applied, \foo{x}, and as operators
where they carry limits, \foo_{i=1}^n x_i. What they stand for is not known, and the document is told so.
"""

from __future__ import annotations

from errata.reading import atoms, operators
from errata.reading.cursor import Cursor
from errata.reading.lexer import Token
from errata.reading.notation import RELATIONS
from errata.reading.tree import Call, Factors, Fence, Node, Phrase, Script, Sym, walk

FONT = "undefined"
"""The font of a name that is a command which nothing defines."""
_PRIMITIVES = frozenset(
    (
        "setbox copy kern mkern mskip hskip vskip raise lower wd ht dp box vbox hbox vtop hss vss llap rlap "
        "mathpalette mathchoice def edef gdef newcommand expandafter csname endcsname begingroup endgroup futurelet "
        "noexpand root of the advance count dimen ifx ifnum if else fi loop repeat usepackage documentclass item"
    ).split()
)
"""Commands of TeX that set type; what they stand for is no name."""


def reads_as_name(command: str) -> bool:
    """Whether a command that nothing defines may be a name: it has letters, and is none of TeX's own."""
    return command[1:].isalpha() and command[1:] not in _PRIMITIVES


def undefined(c: Cursor, t: Token) -> Node:
    """A command that nothing defines, taken with the groups that it is applied to, or with its body where it carries
    limits."""
    name = Sym(t.start, t.end, t.text[1:], FONT, t.text)
    if c.peek().text == "{" and not c.done():
        groups = []
        while c.peek().text == "{" and not c.done():
            groups.append(atoms.argument(c))
        body = (
            groups[0] if len(groups) == 1 else Phrase(groups[0].start, c.last_end, tuple(groups), ("",) * len(groups))
        )
        return Call(t.start, c.last_end, name, Fence(t.end, c.last_end, "{", body, "}"), True)
    if _carries_limits(c):
        return operators.summed(c, t.start, atoms.scripts(c, name))
    return name


def _carries_limits(c: Cursor) -> bool:
    """Whether a lower index follows that binds a variable, i = 1 or x ∈ A, and something to act on after it."""
    if c.peek().text != "_" or c.ahead().text != "{":
        return False
    depth = 0
    for t in c.tokens[c.at + 1 :]:
        depth += (t.text == "{") - (t.text == "}")
        if depth == 0:
            return False
        if depth == 1 and t.text in RELATIONS:
            return True
    return False


def undefined_in(node: Node) -> tuple[Sym, ...]:
    """The names in a node that are commands which nothing defines."""
    return tuple(n for n in walk(node) if isinstance(n, Sym) and n.font == FONT)


def said_undefined(node: Node) -> tuple[str, ...]:
    """One sentence for each command in a formula that nothing defines."""
    names = dict.fromkeys(n.latex for n in undefined_in(node))
    return tuple(f"{name} is defined nowhere; it is read as a name" for name in names)


def may_act(node: Node) -> bool:
    """Whether a command that nothing defines stands right before another factor, on which it may act."""
    for product in walk(node):
        if isinstance(product, Factors):
            for item, sign in zip(product.items, product.signs[1:], strict=False):
                base = item.base if isinstance(item, Script) else item
                if not sign and isinstance(base, Sym) and base.font == FONT:
                    return True
    return False
