"""Standard normal variables that sentences name in words: "noise $\\epsilon$ from the standard normal", "$\\xi$ comes
from a standard Gaussian".

A function, a quantile or a density of the standard normal is none, nor is what a sentence denies or only supposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.document import Document, Formula
from errata.reading.names import is_name
from errata.reading.parser import parse
from errata.reading.tree import Node

REACH = 120
"""Characters beside a name in which its law is said."""
_LAW = r"(?:standard|unit)[\s-]+(?:multivariate[\s-]+)?(?:normal|Gaussian)\b"
_KIND = r"(?:noise|(?:random\s+)?(?:variables?|vectors?|variates?)|draws?|samples?|errors?)"
_ENDS = (
    rf"(?=\s*(?:[.,;:)]|\Z|\$|~\$|\\\(|\\begin|(?:distribution|law)s?\b(?!\s+function)|{_KIND}\b"
    r"|(?:and|so|which|that|in|on|we|then|to|is|with|whose|as)\b))"
)
_FROM = r"(?:(?:i\.?\s?i\.?\s?d\.?|independent(?:ly)?|again|always|some|once|now)[\s,]+)*"
_BEFORE = re.compile(rf"\b{_LAW}(?:\s+{_KIND})?[\s~]*\Z", re.I)
_AFTER = re.compile(
    rf"\s*,?\s*(?:(?:is|are|be|being|denotes?|comes?|follows?|has|have)\s+)?{_FROM}"
    rf"(?:(?:drawn|sampled|taken|generated|distributed|chosen)\s+)?{_FROM}"
    rf"(?:(?:from|as|by|according\s+to)\s+)?(?:(?:an?|the|some)\s+)?{_FROM}{_LAW}{_ENDS}",
    re.I,
)
_SUPPOSED = re.compile(r"\b(?:if|suppos\w*|unless|when(?:ever)?|were|not|instead of|rather than|were)\b[^.]*\Z", re.I)
_SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")


def said_noise(document: Document) -> Iterator[tuple[Node, int]]:
    """The names that sentences say to be standard normal, each with its place."""
    for formula in document.formulas:
        if formula.display or not _is_said(document.text, formula):
            continue
        statements = parse(formula.latex, document.macros).statements
        if len(statements) == 1 and is_name(statements[0]):
            yield statements[0], formula.span.start


def _is_said(text: str, formula: Formula) -> bool:
    """Whether the words right beside a formula say it to be standard normal."""
    before = _lead(text, formula)
    if _SUPPOSED.search(before) is not None:
        return False
    after = text[formula.span.end : formula.span.end + REACH].lstrip("$")
    after = after.removeprefix(r"\)")
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


def _lead(text: str, formula: Formula) -> str:
    """The sentence up to a formula, without what opens the formula."""
    before = text[max(0, formula.span.start - REACH) : formula.span.start].rstrip("$")
    return _SENTENCE.split(before.removesuffix(r"\("))[-1]
