"""Subscripts between tildes, as Markdown writes them: Y~i~ in a formula, where LaTeX takes the tildes for blanks."""

from __future__ import annotations

import re

_INDEX = r"(?:\d{1,2}|[a-w]\d?|[ijkl]{2,3})"
_TILDED = re.compile(rf"(?<![\\A-Za-z])[A-Za-z]~{_INDEX}~")
"""A letter that stands alone with an index in tildes right behind it; blanks in LaTeX stand around signs and words,
x~=~3 and for~all~i."""

WHY = "a subscript stands between tildes, as Markdown writes it, and LaTeX takes them for blanks; write _ again"


def first_tilded(latex: str) -> re.Match[str] | None:
    """The first subscript of a formula that a conversion has left between tildes."""
    return _TILDED.search(latex) if latex.count("~") > 1 else None
