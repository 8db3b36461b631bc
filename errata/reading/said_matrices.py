"""What sentences say matrices to be: "an orthogonal matrix $Q$", "$A$ is symmetric", "$A$ and $B$ are invertible"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from claims.records import Record
from errata.reading.document import Document
from errata.reading.gloss import glossed
from errata.reading.names import is_name, key
from errata.reading.tree import Chain, Lines, Node, Phrase

REACH = 120
"""Characters before and after a name that may say what it is."""


class Sort(Enum):
    """What a matrix is said to be; each of them is square."""

    ORTHOGONAL = "orthogonal"
    SYMMETRIC = "symmetric"
    SQUARE = "square"


class SaidMatrix(Record):
    """What a sentence says a name to be, in the formula of this number; ``start`` is where it stands in the text."""

    name: str
    sorts: frozenset[Sort]
    formula: int
    start: int


_WORD = r"(?:orthogonal|symmetric|square|invertible|non-?singular|rotation(?=\s+matri))"
_BESIDE = r"(?:real|and|positive|definite|semi-?definite|rotation|constant|fixed|\$[^$]{1,24}\$|[a-z]-by-[a-z])"
_END = r"(?=\s*(?:matri|real\b|positive|and\b|with\b|where\b|then\b|we\b|so\b|\$|[.,;:)]|\Z))"
_NAMES = r"(?:\$[^$]{1,24}\$\s*(?:,|and)\s*)*"
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<said>{_WORD}(?:,?\s+(?:{_WORD}|{_BESIDE}))*)(?:\s+matri(?:x|ces))?\s+{_NAMES}\$?\Z", re.I
)
"""Words up to a name: "an orthogonal matrix $Q$", "invertible $n \\times n$ matrices $A$ and $B$"."""
_SHAPED = re.compile(rf"\$(?P<n>\w)\s*\\times\s*(?P=n)\$\s+matri(?:x|ces)\s+{_NAMES}\$?\Z", re.I)
_AFTER = re.compile(
    rf"\A\$?(?:\s*(?:,|and)\s*\$[^$]{{1,24}}\$)*\s*(?:,\s*)?(?:is|are|be|being|(?=which|both))\s*"
    rf"(?:which\s+is\s+|both\s+|assumed\s+|taken\s+|to\s+be\s+|an?\s+|any\s+|two\s+)*"
    rf"(?P<said>(?:{_BESIDE}\s+)*{_WORD}(?:,?\s+(?:{_WORD}|{_BESIDE}))*){_END}",
    re.I,
)
"""Words after a name: "$A$ is a symmetric matrix", "$A$ and $B$ be two invertible matrices"."""
_BY_ITSELF = re.compile(
    rf"\A\$?\s*\(?(?P<said>(?:(?:real|positive|definite|semi-?definite)\s+)*symmetric"
    rf"(?:,?\s+(?:{_WORD}|{_BESIDE}))*){_END}",
    re.I,
)
_INTRODUCES = re.compile(r"\b(?:with|where|for|let|given)\s+\$?\Z", re.I)
"""Words after a name without a verb, and those before it that introduce it: "with $A \\in \\ldots$ symmetric"."""
_SHAPED_AFTER = re.compile(
    r"\A\$?(?:\s*(?:,|and)\s*\$[^$]{1,24}\$)*\s*(?:is|are|be)\s+(?:an?\s+|any\s+|two\s+)?"
    r"\$(?P<n>\w)\s*\\times\s*(?P=n)\$\s+matri",
    re.I,
)
_DENIES = re.compile(r"\b(?:not|never|no|non|skew|anti|nor|if|whether|unless|need|neither|when|un)\b[\s-]*\Z", re.I)
"""A word right before these words that takes them back."""


def said_matrices(document: Document, roots: Sequence[Lines]) -> Iterator[SaidMatrix]:
    """The names of which a sentence says that they are square matrices of some kind."""
    if re.search(_WORD + r"|\\times", glossed(document.text), re.I) is None:
        return
    for number, (formula, root) in enumerate(zip(document.formulas, roots, strict=True)):
        names = list(_named(root)) if not formula.display else []
        sorts = _sorts_beside(document, number) if names else frozenset()
        if sorts:
            yield from (SaidMatrix(name, sorts, number, formula.span.start) for name in names)


def _named(root: Lines) -> Iterator[str]:
    """The capitals that are all of a formula: Q; A, B; A ∈ ℝ^{n×n}."""
    node: Node = root.statements[0] if len(root.statements) == 1 else root
    if isinstance(node, Chain) and [r.sign for r in node.relations] == ["∈"]:
        node = node.items[0]
    for item in node.items if isinstance(node, Phrase) else (node,):
        item = item.items[0] if isinstance(item, Chain) and item.relations[0].sign == "∈" else item
        if is_name(item) and key(item)[-2:].strip("{}")[-1:].isupper():
            yield key(item)


def _sorts_beside(document: Document, number: int) -> frozenset[Sort]:
    """What the words beside a formula say of the name in it."""
    span, text = document.formulas[number].span, document.text
    before = glossed(text[max(0, span.start - REACH) : span.start].replace("\n", " "))
    after = glossed(text[span.end : span.end + REACH].replace("\n", " "))
    out: set[Sort] = set()
    by_itself = _BY_ITSELF.match(after) if _INTRODUCES.search(before) else None
    for found, side in ((_BEFORE.search(before), before), (_AFTER.match(after), after), (by_itself, after)):
        if found is not None and _DENIES.search(side[: found.start("said")]) is None:
            said = found["said"].lower().replace("rotation", Sort.ORTHOGONAL.value)
            out |= {sort for sort in Sort if sort.value in said} | {Sort.SQUARE}
    if _SHAPED.search(before) or _SHAPED_AFTER.match(after):
        out.add(Sort.SQUARE)
    return frozenset(out)
