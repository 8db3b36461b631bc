"""Letters that a document applies to a name somewhere, as π in π(i): there π(1) is a value of π and no product."""

from __future__ import annotations

import re
from collections.abc import Iterable

from errata.reading.notation import GREEK

_LETTER = r"(?<![A-Za-z\\])(?P<head>[A-Za-z]|\\[A-Za-z]+)"
_NAME = r"(?:[A-Za-z]|\\[A-Za-z]+)(?:_\w|_\{\w+\})?"
_APPLIED = re.compile(rf"{_LETTER}\s*(?:\\left)?\(\s*{_NAME}\s*(?:\\right)?\)")


def applied_letters(formulas: Iterable[str]) -> frozenset[str]:
    """The letters, as signs, that a bracket with one name follows in one of these LaTeX formulas."""
    heads = {match.group("head") for latex in formulas for match in _APPLIED.finditer(latex)}
    return frozenset(GREEK.get(head[1:], "") if head[0] == "\\" else head for head in heads) - {""}
