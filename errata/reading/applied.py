"""Letters that a document applies to a name somewhere, as π in π(i): there π(1) is a value of π and no product.

And those that it defines as functions, h(u) = … and x[n] = …, after which every bracket holds an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from errata.reading.notation import GREEK

_LETTER = r"(?<![A-Za-z\\])(?P<head>[A-Za-z]|\\[A-Za-z]+)"
_NAME = r"(?:[A-Za-z]|\\[A-Za-z]+)(?:_\w|_\{\w+\})?"
_APPLIED = re.compile(rf"{_LETTER}\s*(?:\\left)?\(\s*{_NAME}\s*(?:\\right)?\)")
_AT_ZERO = re.compile(rf"{_LETTER}(?:_\w|_\{{\w+\}})?\s*(?:\\left)?\(\s*0\s*(?:\\right)?\)")
"""A letter with a bracket that holds 0 alone, Y_t(0): no factor stands there, as the product would be nothing."""


_DEFINED = re.compile(
    rf"\A[\s&]*{_LETTER}\s*(?:\\left)?(?:\(|(?<=[a-z])\[)\s*(?P<name>{_NAME})\s*(?:\\right)?[)\]]\s*&?\s*"
    r"(?::=|:\s*=|\\coloneqq|\\equiv|=)"
)
"""A formula that begins by saying what a letter is at a name: h(u) = …"""


def defined_letters(formulas: Iterable[str]) -> frozenset[str]:
    """The letters, as signs, that one of these LaTeX formulas defines as functions of a name in its right side."""
    heads: set[str] = set()
    for latex in formulas:
        match = _DEFINED.match(latex)
        if match is not None and re.search(
            rf"(?<![A-Za-z\\]){re.escape(match['name'])}(?![A-Za-z])", latex[match.end() :]
        ):
            heads.add(match["head"])
    return frozenset(GREEK.get(head[1:], "") if head[0] == "\\" else head for head in heads) - {""}


def applied_letters(formulas: Iterable[str]) -> frozenset[str]:
    """The letters, as signs, that a bracket with one name follows in one of these LaTeX formulas, or one with 0."""
    found = (sign.finditer(latex) for latex in formulas for sign in (_APPLIED, _AT_ZERO))
    heads = {match.group("head") for matches in found for match in matches}
    return frozenset(GREEK.get(head[1:], "") if head[0] == "\\" else head for head in heads) - {""}
