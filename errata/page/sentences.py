"""What the sentence around a formula says of it: that it follows, that it may fail in general, where an optimum is."""

from __future__ import annotations

import re

from errata.reading.document import Document
from errata.reading.gloss import glossed

_CONSTANT = re.compile(r"up to|ignor|neglect|drop(?:ping)? |constant|absorb|rescal|proportional", re.I)
"""Words of a sentence by which a relation may hold that fails by a factor or a summand."""
_LOOSE = re.compile(
    r"approximat|roughly|wlog|without loss|"
    r"for large|asymptotic|orthogonal|symmetric|at the (?:opt|min|max)|stationar|converge|\bif\b|would|"
    r"idempoten|commut|requir|want|\bconditions?\b|\bcase\b|suppos|assum|third|another|unlike|wrong|"
    r"incorrect|mistake|not equal|not hold|instead of|is it true",
    re.I,
)
"""Words of a sentence by which a relation may hold that fails in general, or by which nobody says that it holds."""
_SOLVES = re.compile(
    r"\b(?:set|put)\b[^.;]{0,60}\b(?:to|equal)\b|(?<!data )(?<!training )(?<!test )\bsetting\b|\bsolv\w*|"
    r"\bto zero\b|= ?0",
    re.I,
)
"""Words by which a relation is an equation to be solved, unless it is said to follow."""
_CONCLUDES = re.compile(
    r"\b(?:thus|hence|therefore|yields?|gives?|becomes?|get|obtain|substitut\w*|insert\w*|recursion|follows|"
    r"equivalent\w*|rewrit\w*|written as|simplif\w*|consequently|expand\w*|reduces)\b",
    re.I,
)
"""Words by which a relation is said to follow."""
_OPTIMUM = re.compile(r"maximi[sz]|minimi[sz]|\bzero\b|= ?0|stationar|likelihood estimat|\bMLE\b|optim", re.I)
"""Words by which a value is where something is largest or smallest."""
_LARGEST = re.compile(r"likelihood|maximi[sz]|posterior|evidence", re.I)
_SENTENCE = re.compile(r"\n\s*\n|[.;]\s")
_PARAGRAPH = re.compile(r"\n\s*\n")


def is_loose(document: Document, index: int) -> bool:
    """Whether the sentence says something by which a relation may hold that fails in general."""
    before, after = _around(document, index)
    solves = _SOLVES.search(before) is not None and _CONCLUDES.search(before) is None
    return solves or _LOOSE.search(before) is not None or _LOOSE.search(after) is not None


def drops_constants(document: Document, index: int) -> bool:
    """Whether the sentence says that a factor or a summand is left out."""
    before, after = _around(document, index)
    return _CONSTANT.search(before) is not None or _CONSTANT.search(after) is not None


def is_concluded(document: Document, index: int) -> bool:
    """Whether the sentence says that a formula follows from what was said before."""
    return _CONCLUDES.search(_before(document, index, _SENTENCE)) is not None


def extremum_said(document: Document, index: int) -> str | None:
    """``argmax`` or ``argmin`` where the paragraph says that a value is where something is largest or smallest."""
    if _OPTIMUM.search(_before(document, index, _PARAGRAPH)) is None:
        return None
    start = document.formulas[index].span.start
    return "argmax" if _LARGEST.search(document.text[max(0, start - 700) : start]) else "argmin"


def _around(document: Document, index: int) -> tuple[str, str]:
    """The words of the sentence before a formula, and after it."""
    span = document.formulas[index].span
    after = glossed(_SENTENCE.split(document.text[span.end : span.end + 200])[0])
    return glossed(_before(document, index, _SENTENCE)), after


def _before(document: Document, index: int, ends: re.Pattern[str]) -> str:
    """The text from the last end of a sentence or a paragraph to a formula."""
    start = document.formulas[index].span.start
    return ends.split(document.text[max(0, start - 400) : start].rstrip("$\\[ \n"))[-1]
