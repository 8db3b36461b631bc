"""Words of a condition that are typed as bare letters, which TeX sets as a product: f(x) = 0 if x < 0."""

from __future__ import annotations

import re

WORDS = frozenset("if iff when whenever otherwise else elsewhere".split())
ALONE = frozenset("otherwise else elsewhere".split())
"""Those after which nothing has to come."""

_BLANK = r"(?:[ \t\n~]|\\[ ,;:!]|\\q?quad\b)"
_AFTER = re.compile(rf"{_BLANK}+(?!\\\\|&|[}}\]).,;]|$)")
_BESIDE = frozenset(" \t\n~&,;")
_ENDS = re.compile(r"\s*(?:[.,;}]|\\\\|\\end\b|\\right\b|\\\}|$)")
_BEFORE = re.compile(r"(?:[\w})\].,;|'!]|\\[,;:! ]|\\q?quad|[&~])\s*\Z")
_ROW_ENDS = re.compile(r"\\\\|\\end\b|\n\s*\n")
_RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|neq?|in|notin|sim|approx|equiv|ll|gg|mid|leqslant|geqslant|to|perp)\b")


def is_condition_word(latex: str, start: int, end: int) -> bool:
    """Whether the letters from ``start`` to ``end`` open a condition: blanks around them, an operand before them, and a
    relation after them in the same row; or they end the row: otherwise."""
    word = latex[start:end]
    if word not in WORDS or latex[start - 1 : start] not in _BESIDE:
        return False
    if _BEFORE.search(latex, max(0, start - 10), start) is None:
        return False
    if word in ALONE:
        return _ENDS.match(latex, end) is not None
    if _AFTER.match(latex, end) is None:
        return False
    row = _ROW_ENDS.search(latex, end)
    return _RELATION.search(latex, end, row.start() if row else len(latex)) is not None
