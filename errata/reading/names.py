"""When two pieces of notation are the same name: case, font, accents, indices and primes all belong to it."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.records import replace
from errata.reading.tree import (
    Accent,
    Bar,
    Call,
    Fence,
    Gap,
    Group,
    Node,
    Num,
    Phrase,
    Script,
    Styled,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex

_FONTS = re.compile(r"\\(?:boldsymbol|bm|bold|pmb|symbf)\b")
_ITALIC = re.compile(r"\\(?:mathit|mathnormal)\s*(?:\{\s*([A-Za-z]|\\[A-Za-z]+)\s*\}|([A-Za-z])(?![A-Za-z]))")
"""A letter set in the font in which a letter stands anyway."""
_MAY_BE_NAMES: frozenset[type] = frozenset((Accent, Group, Script, Styled, Sym))
_BRACES = re.compile(r"[\s{}]|\\(?:[,;:! ]|relax(?![A-Za-z]))")


def key(node: Node) -> str:
    """A text that is equal for equal names."""
    noted = node.__dict__
    try:
        known: str = noted["keyed"]
    except KeyError:
        named = (node.body or Gap(node.start, node.end)) if isinstance(node, Fence) else node
        known = noted["keyed"] = _plain((named.latex or named.name) if isinstance(named, Sym) else to_latex(named))
    return known


@lru_cache(maxsize=16_384)
def _plain(latex: str) -> str:
    latex = _ITALIC.sub(r"{\1\2}", latex) if r"\math" in latex else latex
    return _BRACES.sub("", _FONTS.sub(r"\\mathbf", latex))


def is_name(node: Node) -> bool:
    """Whether a node can be the name of a quantity: x, x_1, hat p, bold mu, theta*, but not x² or 2."""
    if node.__class__ not in _MAY_BE_NAMES:  # what is asked more often than anything else
        return False
    noted = node.__dict__
    try:
        known: bool = noted["named"]
    except KeyError:
        known = noted["named"] = _may_name(node)
    return known


def _may_name(node: Node) -> bool:
    if isinstance(node, Sym):
        return node.name not in ("∞", "∅") and (node.name.isalpha() or node.font != "" or len(node.name) > 1)
    if isinstance(node, Script):
        return is_name(node.base) and (node.sup is None or _is_mark(node.sup))
    return isinstance(node, Accent | Group | Styled) and is_name(node.body)


@lru_cache(maxsize=2_048)
def unraised(node: Script) -> Script:
    """A base with its subscript alone, x_i in x_i²; one node for all that ask, so that its text is written once."""
    return Script(node.start, node.end, node.base, node.sub, None)


def in_bold(node: Node) -> Node | None:
    """The bold name whose plain form this is, as vectors and their components are written; None where it has none."""
    match node:
        case Sym(font=""):
            return replace(node, font="bold", latex=rf"\mathbf{{{node.latex}}}")
        case Accent(body=body) | Script(base=body):
            inner = in_bold(body)
            if inner is None:
                return None
            return replace(node, body=inner) if isinstance(node, Accent) else replace(node, base=inner)
        case _:
            return None


def _is_mark(sup: Node) -> bool:
    """Whether a superscript is part of the name and not a power: a star, a dagger, an index in brackets, a word.

    What has a superscript of its own is no index: θ^{(1 − x^{(i)})} is a power.
    """
    if isinstance(sup, Fence):
        return not (isinstance(sup.body, Terms) and any(isinstance(n, Script) and n.sup for n in walk(sup.body)))
    if isinstance(sup, Sym):
        return sup.name in ("*", "⋆", "†", "+", "′", "★", "∘") or (sup.font in ("text", "roman") and len(sup.name) > 1)
    return False


def is_power(sup: Node) -> bool:
    """Whether a superscript raises to a power."""
    if _is_mark(sup):
        return False
    return not (isinstance(sup, Sym) and (sup.name in ("⊤", "T", "⊺", "†", "-") or sup.font in ("text", "sans")))


def is_transpose(sup: Node | None) -> bool:
    """Whether a superscript transposes."""
    return isinstance(sup, Sym) and (sup.name in ("⊤", "⊺", "′") or sup.name == "T")


def is_outcome(node: Node) -> bool:
    """Whether a node is a capital with 0 or 1 above it: Y^1 is what Y is under the first of two choices, and no power,
    for nobody raises a variable to these."""
    return (
        isinstance(node, Script) and isinstance(node.sup, Num) and node.sup.text in ("0", "1")
        and isinstance(node.base, Sym) and node.base.name.isupper()
    )  # fmt: skip


def is_inverse(sup: Node | None) -> bool:
    """Whether a superscript is −1."""
    match sup.body if isinstance(sup, Group) else sup:
        case Terms(signs=("-",), items=(Num(text="1"),)):
            return True
    return False


def unbracketed(node: Node) -> Node:
    """The name that alone stands in brackets, F in (F) = 2; any other node as it is."""
    inside = node.body if isinstance(node, Fence) and node.open == "(" else None
    return inside if inside is not None and is_name(inside) else node


def named_call(node: Node) -> bool:
    """Whether a node is a name applied to something, such as P(D) or p_1(82), that notes give a value to."""
    return isinstance(node, Call) and isinstance(node.fence, Fence) and is_name(node.head)


def parameters(node: Node) -> tuple[str, ...] | None:
    """The keys of the arguments of f(x, y; θ) where each is a plain name; None where the call isn't a definition."""
    if not isinstance(node, Call) or not isinstance(node.fence, Fence) or node.fence.body is None:
        return None
    names: list[str] = []
    parts = [node.fence.body]
    while parts:
        part = parts.pop(0)
        if isinstance(part, Bar):
            parts = [part.left, part.right, *parts]
        elif isinstance(part, Phrase):
            parts = [*part.items, *parts]
        elif is_name(part) or _is_power_of_name(part):
            names.append(key(part))
        else:
            return None
    return tuple(names)


def _is_power_of_name(node: Node) -> bool:
    """σ² as a parameter of its own."""
    if not isinstance(node, Script) or not isinstance(node.sup, Num):
        return False
    return is_name(Script(node.start, node.end, node.base, node.sub, None))


def names_in(node: Node) -> frozenset[str]:
    """Every name that stands in a node, in powers and limits as well; an indexed one counts as a whole."""
    return frozenset(key(n) for n in walk(node) if is_name(n))
