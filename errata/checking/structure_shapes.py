"""Matrices whose stated shapes don't fit where they are multiplied, added or equated.

Shapes are taken from the notes alone: X ∈ ℝ^{n×p}, "the n × p matrix X", "U is an m × m matrix". Two letters for a
dimension are two dimensions, unless the notes equate them. A name without a stated shape says nothing, and neither does
a vector of which only the length is stated: it may be a row or a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from errata.checking.structure import Malformed
from errata.reading.document import Document
from errata.reading.names import is_inverse, is_name, is_transpose, key
from errata.reading.parser import parse
from errata.reading.tree import (
    Call,
    Chain,
    Factors,
    Fence,
    Frac,
    Function,
    Group,
    Lines,
    Node,
    Num,
    Phrase,
    Script,
    Sym,
    Terms,
    walk,
)
from errata.reading.unparse import to_latex
from errata.reading.words import words

Shape = tuple[str, str]
SCALAR: Shape = ("1", "1")
LONGEST = 40
"""Characters of a formula that states a shape without ∈."""
SHORTEST = 12
"""Characters of a formula that equates two dimensions."""
_BRACKETS = re.compile(r"[(){}\s]|\\(?:left|right|mathbf|textbf|boldsymbol|bm)\b")
_LINK = re.compile(r"\]\([^)]*\)|\[|\*\*|\*|_")
_NAMED_AFTER = re.compile(r"\s*(?:(?!(?:and|of|to|with|in|for|or|is)\b)[\w-]+\s+){0,4}(?:matrix|vector)\s*")
_NAMED_BEFORE = re.compile(r"\s*(?:(?:is|be|as|denotes?)\s+)?(?:an?|the)\s*")
_COLUMNS = re.compile(r"\bcolumns\s+of\s*\Z", re.I)
_EIGENVECTORS = re.compile(r"\s*(?:are|form)\b[^.$]{0,40}\beigenvectors\s+of\s*\Z")


Section = tuple[tuple[int, str], ...]
"""The headings over a place, each with its level."""


@dataclass
class Shapes:
    """The shapes that a document states, None where it says two things of a name; and which dimensions are equal."""

    of: dict[str, Shape | None] = field(default_factory=dict)
    section: dict[str, Section] = field(default_factory=dict)
    equated: set[str] = field(default_factory=set)

    def state(self, name: Node, shape: Shape | None, section: Section) -> None:
        known = key(name)
        if known not in self.of:
            self.of[known], self.section[known] = shape, section
        elif self.of[known] != shape:
            self.of[known] = None

    def here(self, section: Section) -> Mapping[str, Shape]:
        """The shapes that hold in a section; none with a dimension that the notes equate with another."""
        return {
            name: shape
            for name, shape in self.of.items()
            if shape is not None
            and not self.equated & set(shape)
            and self.section[name] == section[: len(self.section[name])]
        }


def stated_shapes(document: Document) -> Shapes:
    """What the short formulas of a document, and the text around them, say of shapes."""
    shapes = Shapes()
    if "times" not in document.text:
        return shapes
    headings, before = list(document.headings), None
    titles: dict[int, str] = {}
    for index, formula in enumerate(document.formulas):
        while headings and headings[0].span.start <= formula.span.start:
            heading = headings.pop(0)
            titles = {**{at: t for at, t in titles.items() if at < heading.level}, heading.level: heading.title}
        root = (
            parse(formula.latex, document.macros) if len(formula.latex) <= LONGEST or "\\in" in formula.latex else None
        )
        if root is not None:
            _learn(shapes, document, index, root, tuple(sorted(titles.items())), before)
        before = _alone(root) if root is not None else None
    return shapes


def _may_state(document: Document, index: int) -> bool:
    """Whether a formula has ∈, is short enough to equate two dimensions, or stands beside an n × p."""
    latex = document.formulas[index].latex
    if "\\in" in latex or ("=" in latex and len(latex) <= SHORTEST):
        return True
    beside = document.formulas[max(0, index - 1) : index + 2]
    return len(latex) <= LONGEST and any("times" in f.latex and len(f.latex) <= LONGEST for f in beside)


def _alone(root: Lines) -> Node | None:
    return root.statements[0] if len(root.statements) == 1 else None


def _learn(shapes: Shapes, document: Document, index: int, root: Lines, section: Section, before: Node | None) -> None:
    for chain in (n for n in walk(root) if isinstance(n, Chain)):
        for i, relation in enumerate(chain.relations):
            left, right = chain.items[i], chain.items[i + 1]
            if relation.sign == "∈":
                for name in (n for n in chain.items[: i + 1] if is_name(n)):
                    shapes.state(name, _of_space(right), section)
            if relation.sign == "=" and _is_dimension(left) and _is_dimension(right):
                shapes.equated |= {key(left), key(right)}
    alone, between = _alone(root), _between(document, index)
    if alone is None or before is None or between is None:
        return
    if (shape := _times(before)) is not None and is_name(alone) and _NAMED_AFTER.fullmatch(_LINK.sub("", between)):
        shapes.state(alone, shape, section)
    if (shape := _times(alone)) is not None and is_name(before) and _NAMED_BEFORE.fullmatch(between):
        shapes.state(before, shape, section)


def _between(document: Document, index: int) -> str | None:
    """The text between a formula and the one before it, without the signs that delimit them."""
    if index == 0:
        return None
    text = document.text[document.formulas[index - 1].span.end : document.formulas[index].span.start]
    return text.strip("$").removeprefix("\\)").removesuffix("\\(")


def _of_space(node: Node) -> Shape | None:
    if not isinstance(node, Script) or node.sup is None or not isinstance(node.base, Sym):
        return None
    real = node.base.name in ("ℝ", "ℂ") or (node.base.name in ("R", "C") and node.base.font in ("double", "bold"))
    return _times(node.sup) if real else None


def _times(node: Node) -> Shape | None:
    """n × p."""
    inner = node.body if isinstance(node, Group) else node
    if not isinstance(inner, Factors) or len(inner.items) != 2 or inner.signs[1] not in ("×", r"\times"):
        return None
    rows, columns = inner.items
    return (key(rows), key(columns)) if _is_dimension(rows) and _is_dimension(columns) else None


def _is_dimension(node: Node) -> bool:
    return isinstance(node, Num) or (isinstance(node, Sym) and len(node.name) == 1 and node.name.isalpha())


def wrong_shapes(root: Lines, shapes: Mapping[str, Shape]) -> Iterator[Malformed]:
    """Products, sums and equations of stated matrices that don't fit; [A B] may be one matrix beside the other."""
    if not shapes:
        return
    blocks = {id(n.body) for n in walk(root) if isinstance(n, Fence) and n.open == "["}
    square = _inverted(root)
    labels = {id(n) for s in walk(root) if isinstance(s, Script) and s.sub is not None for n in walk(s.sub)}
    laws = {id(n) for c in walk(root) if isinstance(c, Chain) and _moves_brackets(c) for n in walk(c)}
    for node in walk(root):
        if id(node) in labels or id(node) in laws:
            continue  # K_{XZ} says of which names it is, and (AB)C = A(BC) is a law of all matrices
        if isinstance(node, Factors) and id(node) not in blocks:
            yield from _product(node, shapes)
        elif isinstance(node, Terms):
            yield from _alike(tuple(i for i in node.items if not square & _names(i)), shapes, "are added")
        elif isinstance(node, Chain):
            for i, relation in enumerate(node.relations):
                if relation.sign == "=":
                    yield from _alike(node.items[i : i + 2], shapes, "are equated")


def _moves_brackets(chain: Chain) -> bool:
    """Whether all members of a chain are the same product, whose brackets alone are elsewhere."""
    products = {_BRACKETS.sub("", to_latex(item)) for item in chain.items}
    return len(products) == 1 and all(isinstance(item, Factors | Call) for item in chain.items)


def _product(node: Factors, shapes: Mapping[str, Shape]) -> Iterator[Malformed]:
    last: tuple[Node, Shape] | None = None
    for sign, item in zip(node.signs, node.items, strict=True):
        shape = shape_of(item, shapes) if sign in ("", r"\cdot", "·") else None
        if _is_scalar(item) or shape == SCALAR:
            continue
        if last is not None and shape is not None and _differ(last[1][1], shape[0]):
            yield _fault(last[0], last[1], item, shape, "are multiplied")
        last = None if shape is None else (item, shape)


def _alike(items: tuple[Node, ...], shapes: Mapping[str, Shape], what: str) -> Iterator[Malformed]:
    known = [(i, s) for i in items if (s := shape_of(i, shapes)) is not None]
    for (a, first), (b, second) in pairwise(known):
        if what == "are added" and _spread(first, second) is not None:
            continue
        if _differ(first[0], second[0]) or _differ(first[1], second[1]):
            yield _fault(a, first, b, second, what)


def _spread(first: Shape, second: Shape) -> Shape | None:
    """The larger of two shapes where the other is that of one of its rows or columns: XW + b adds the row b to each
    row. None where neither is, as for a row and a column."""
    for large, small in ((first, second), (second, first)):
        if small != SCALAR and all(s in ("1", n) for n, s in zip(large, small, strict=True)):
            return large
    return None


def _inverted(root: Lines) -> frozenset[str]:
    """The names that have an inverse somewhere in a formula: there they are square, whatever was stated before."""
    powers = (n for n in walk(root) if isinstance(n, Script) and is_inverse(n.sup))
    return frozenset(key(n.base) for n in powers if is_name(n.base))


def _names(node: Node) -> frozenset[str]:
    return frozenset(key(n) for n in walk(node) if is_name(n))


def _differ(a: str, b: str) -> bool:
    return a != b


def _fault(a: Node, first: Shape, b: Node, second: Shape, what: str) -> Malformed:
    detail = f"{words(a)} is {first[0]} × {first[1]} and {words(b)} is {second[0]} × {second[1]}, and they {what}"
    return Malformed("E411", detail, b.start, b.end, f"{second[0]} × {second[1]} does not fit")


def _is_scalar(node: Node) -> bool:
    if isinstance(node, Frac):
        return _is_scalar(node.top) and _is_scalar(node.bottom)
    return isinstance(node, Num)


def shape_of(node: Node, shapes: Mapping[str, Shape]) -> Shape | None:
    """The shape of an expression of stated matrices; None where it isn't sure."""
    if is_name(node) and key(node) in shapes:
        return shapes[key(node)]
    if isinstance(node, Group) or (isinstance(node, Fence) and node.open in ("(", "[")):
        return None if node.body is None or isinstance(node.body, Phrase) else shape_of(node.body, shapes)
    if isinstance(node, Script) and node.sub is None and node.sup is not None:
        inner = shape_of(node.base, shapes)
        if inner is not None and _turns(node.sup):
            return inner[1], inner[0]
        return None
    if isinstance(node, Factors) and all(s in ("", r"\cdot", "·") for s in node.signs):
        return _of_product([shape_of(i, shapes) for i in node.items if not _is_scalar(i)])
    if isinstance(node, Call | Function) and isinstance(node.head, Sym) and node.head.name in ("tr", "det", "rank"):
        return SCALAR
    if isinstance(node, Terms):
        found = [s for i in node.items if (s := shape_of(i, shapes)) is not None]
        whole = reduce(lambda a, b: _spread(a, b) or a, found) if found else None
        may_be_larger = len(found) < len(node.items) and whole is not None and "1" in whole
        return None if may_be_larger else whole
    return None


def _turns(sup: Node) -> bool:
    """Whether a superscript makes columns of rows: a transpose, an inverse, a pseudo-inverse."""
    return is_transpose(sup) or is_inverse(sup) or words(sup) in ("T", "+", "†", "⊤")


def _of_product(known: list[Shape | None]) -> Shape | None:
    """The shape of a product, its scalar factors left out."""
    proper = [s for s in known if s != SCALAR]
    if not known or any(s is None for s in known):
        return None
    if not proper:
        return SCALAR
    first, last = proper[0], proper[-1]
    return None if first is None or last is None else (first[0], last[1])


def wrong_eigenvectors(document: Document, index: int, root: Lines, shapes: Mapping[str, Shape]) -> Iterator[Malformed]:
    """The columns of U are eigenvectors of X⊤X, where these have other lengths."""
    between, alone = _between(document, index), _alone(root)
    if not shapes or between is None or alone is None or not _EIGENVECTORS.fullmatch(between):
        return
    before = _alone(parse(document.formulas[index - 1].latex, document.macros))
    if before is None:
        return
    start = document.formulas[index - 1].span.start
    said = document.text[max(0, start - 60) : start].rstrip("$").removesuffix("\\(")
    columns, matrix = shape_of(before, shapes), shape_of(alone, shapes)
    if not _COLUMNS.search(said) or columns is None or matrix is None or columns[0] == matrix[0]:
        return
    of_columns = f"the columns of {words(before)} have {columns[0]} entries"
    detail = f"{of_columns}, and an eigenvector of {words(alone)} has {matrix[0]}"
    yield Malformed("E411", detail, alone.start, alone.end, f"{matrix[0]} × {matrix[1]} does not fit")
