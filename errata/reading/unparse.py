"""A tree back to LaTeX: what repairs are shown in, and what the reader is held against: nothing lost or added."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from claims.records import replace
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


def to_latex(node: Node) -> str:
    """LaTeX that reads back to the same tree."""
    noted = node.__dict__
    try:
        known: str = noted["written"]
    except KeyError:
        known = noted["written"] = WRITERS[type(node)](node)
    return known


def _as_it_stands(node: Num | Dots | Opaque) -> str:
    return node.text


def _symbol(node: Sym) -> str:
    return node.latex or node.name


def _prose(node: Text) -> str:
    return f"\\{node.command}{{{node.text}}}" if node.command else node.text


def _fraction(node: Frac | Binom) -> str:
    if node.command == "/":
        return f"{to_latex(node.top)} / {to_latex(node.bottom)}"
    if node.command in (r"\choose", r"\over", r"\atop"):
        return f"{{{to_latex(node.top)} {node.command} {to_latex(node.bottom)}}}"
    return f"{node.command}{{{_bare(node.top)}}}{{{_bare(node.bottom)}}}"


def _root(node: Root) -> str:
    degree = "" if node.index is None else f"[{to_latex(node.index)}]"
    return f"\\sqrt{degree}{{{to_latex(node.body)}}}"


def _fence(node: Fence) -> str:
    inside = "" if node.body is None else to_latex(node.body)
    return f"{_sized(node.open, 'left')}{_gap(node.open)}{inside}{_sized(node.close, 'right')}"


def _dot_of(sign: Node) -> str:
    """The dot or cross of ∇_x·, which stands behind the scripts of its nabla."""
    base = sign.base if isinstance(sign, Script) else None
    return {"∇·": r"\cdot", "∇×": r"\times"}.get(base.name, "") if isinstance(base, Sym) else ""


def _postfix(node: Postfix) -> str:
    return (to_latex(node.operand) if isinstance(node.operand, Script) else _base(node.operand)) + node.sign


def _signed(node: Terms | Factors) -> str:
    return _joined([p for sign, item in zip(node.signs, node.items, strict=True) for p in (sign, to_latex(item))])


def _phrase(node: Phrase) -> str:
    return _joined([p for item, mark in zip(node.items, node.separators, strict=True) for p in (to_latex(item), mark)])


def _brace(node: Brace) -> str:
    under = "^" if "over" in node.command else "_"
    tail = "" if node.label is None else f"{under}{{{to_latex(node.label)}}}"
    return f"{node.command}{{{to_latex(node.body)}}}{tail}"


def _lines(node: Lines) -> str:
    inside = r" \\ ".join(to_latex(s) for s in node.statements)
    return f"\\begin{{{node.environment}}}{inside}\\end{{{node.environment}}}" if node.environment else inside


UNWRITTEN = r"^{\relax 2}"
"""A square that stands in a tree and not in the notes; \\relax says nothing, so that it reads back as a square."""
_BRACKET = r"(\relax "
"""The bracket that such a square needs."""
_HIDDEN = re.compile(rf"{re.escape(_BRACKET)}((?:(?!\\relax).)*)\){re.escape(UNWRITTEN)}|{re.escape(UNWRITTEN)}", re.S)


def as_the_author_writes(latex: str) -> str:
    """LaTeX without what a convention adds to a tree: N(μ, s) again, where that is read as N(μ, s²)."""
    return _HIDDEN.sub(lambda found: found[1] or "", latex) if r"\relax" in latex else latex


def _unwritten(node: Script) -> str:
    base = node.base
    if isinstance(base, Fence) and base.body is not None:
        return f"{_BRACKET}{to_latex(base.body)}){UNWRITTEN}"
    return to_latex(replace(node, sup=None, unwritten=False)) + UNWRITTEN


def _script(node: Script) -> str:
    if node.unwritten:
        return _unwritten(node)
    sub = "" if node.sub is None else "_" + _argument(node.sub)
    sup = "" if node.sup is None else "^" + _argument(node.sup)
    if node.under and node.sub is not None:
        return rf"\underset{{{_bare(node.sub)}}}{{{to_latex(node.base)}}}{sup}"
    return _base(node.base) + "'" * node.primes + (sup + sub if node.sup_first else sub + sup)


def _bare(node: Node) -> str:
    """The LaTeX of a group without its own braces, for a place that has braces already."""
    return to_latex(node.body if isinstance(node, Group) else node)


def _argument(node: Node) -> str:
    """A script: braced unless it is a single letter or digit."""
    text = _bare(node)
    return text if len(text) == 1 and text.isalnum() else f"{{{text}}}"


def _base(node: Node) -> str:
    """What scripts hang on: braced where it would otherwise be cut."""
    text = to_latex(node)
    return f"{{{text}}}" if isinstance(node, Script | Terms | Factors | Chain | Phrase | Frac) else text


def _big(node: Big) -> str:
    body = "" if node.body is None else to_latex(node.body)
    ds = [to_latex(d) for d in node.differentials]
    parts = [to_latex(node.head), *ds, body] if node.differential_first else [to_latex(node.head), body, *ds]
    return _joined(parts)


def _relation(node: Relation) -> str:
    if node.over is None:
        return node.latex
    mark = to_latex(node.over)
    if node.latex.startswith((r"\overset", r"\stackrel", r"\underset")):
        command, _, sign = node.latex.partition(" ")
        return f"{command}{{{mark}}}{{{sign}}}"
    return f"{node.latex}{{{mark}}}" if node.latex.startswith(r"\x") else f"{node.latex}_{{{mark}}}"


def _grid(node: Grid) -> str:
    rows = r" \\ ".join(" & ".join(to_latex(cell) for cell in row) for row in node.rows)
    if node.environment == "substack":
        return f"\\substack{{{rows}}}"
    columns = f"{{{node.columns}}}" if node.columns else ""
    return f"\\begin{{{node.environment}}}{columns} {rows} \\end{{{node.environment}}}"


def _sized(bracket: str, side: str) -> str:
    """A bracket; one that is invisible needs \\left or \\right to stand."""
    return f"\\{side}." if bracket == "." else bracket


def _gap(text: str) -> str:
    return " " if text[-1:].isalpha() else ""


def _chain(node: Chain) -> str:
    if node.modulus is not None:
        return _joined([to_latex(replace(node, modulus=None)), to_latex(node.modulus)])
    if not node.remarks:
        return _woven(node.items, [to_latex(r) for r in node.relations])
    parts: list[str] = []
    for item, remark, sign in zip(node.items, node.remarks, (*node.relations, None), strict=True):
        parts += [to_latex(n) for n in (item, remark, sign) if n is not None]
    return _joined(parts)


def _woven(items: tuple[Node, ...], signs: list[str]) -> str:
    parts = [to_latex(items[0])]
    for sign, item in zip(signs, items[1:], strict=True):
        parts += [sign, to_latex(item)]
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    return " ".join(p for p in parts if p)


WRITERS: dict[type, Callable[[Any], str]] = {
    Num: _as_it_stands,
    Dots: _as_it_stands,
    Opaque: _as_it_stands,
    Sym: _symbol,
    Text: _prose,
    Gap: lambda node: "",
    Accent: lambda node: f"\\{node.kind}{{{to_latex(node.body)}}}",
    Styled: lambda node: f"{node.command}{{{to_latex(node.body)}}}",
    Script: _script,
    Frac: _fraction,
    Binom: _fraction,
    Root: _root,
    Group: lambda node: f"{{{to_latex(node.body)}}}",
    Fence: _fence,
    Call: lambda node: f"{to_latex(node.head)}{to_latex(node.fence)}",
    Function: lambda node: f"{to_latex(node.head)} {to_latex(node.argument)}",
    Big: _big,
    Differential: lambda node: _joined([to_latex(node.d), to_latex(node.variable)]),
    Prefix: lambda node: _joined([to_latex(node.sign), _dot_of(node.sign), to_latex(node.operand)]),
    Postfix: _postfix,
    Terms: _signed,
    Factors: _signed,
    Relation: _relation,
    Chain: _chain,
    Logic: lambda node: _woven(node.items, list(node.signs)),
    Bar: lambda node: _joined([to_latex(node.left), node.sign, to_latex(node.right)]),
    Phrase: _phrase,
    Remark: lambda node: to_latex(node.body),
    Brace: _brace,
    Stack: lambda node: f"{node.command}{{{to_latex(node.mark)}}}{{{to_latex(node.body)}}}",
    Grid: _grid,
    Lines: _lines,
}
"""One writer for each kind of node: a table is quicker than thirty questions in a row, and names are written often."""
