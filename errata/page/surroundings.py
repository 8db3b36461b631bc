"""The words around a formula, and the words that stand beside each symbol that they mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from claims.records import Record
from errata.reading.document import Document, Formula
from errata.reading.tree import Lines

BEFORE, AFTER = 700, 300
"""Characters before and after a formula that may name what it states."""
MENTIONS = 2500
"""Characters before and after a formula in which its symbols may be explained."""
_PHRASE = re.compile(
    r"(?:[,;:.()]|\b(?:and|with|where|while|whereas|by|for|let|but|then|if|is|are|of|from|to|at|in|on|into|over|gives)"
    r"\b)",
    re.I,
)
_IS = re.compile(
    r"\A\s*(?:\$\s*)?(?:,\s*)?(?:is|are|was|be|denotes?|means?|stands? for|gives?|=|:|the|contains|holds|collects)\b",
    re.I,
)
_COPULA = re.compile(
    r"(?:\s|\b(?:is|are|was|be|becomes?|equals?|reads?|given|denoted|defined|called|written|by|as|then|now|thus|therefore)\b"
    r"|[,:$(]|\\\[|\\begin\{\w+\*?\})+\Z",
    re.I,
)
"""What stands between a noun and the formula that says what it is: "the gain is then given by"."""
_SAYS_WHAT = re.compile(r"\b(?:is|are|was|reads?|becomes?|equals?|by|as)\b", re.I)
_NAMED_FOR = re.compile(r"\A\s*\$?\s*for\s+(?:the|that|those|its|an?)\b", re.I)
"""What a symbol is written for: "write $p_r$ for the density of …"."""
_NOUN = re.compile(r"\A\s*\$?\s*(?P<noun>[a-z][a-z-]+(?:\s+[a-z][a-z-]+)?)", re.I)
"""The words right after a number or a size: "$p$ zeros", "$k \\times k$ kernel"."""
_NO_NOUN = frozenset(
    "and or is are was be of in on at to by for from with as if then where when which that the a an we so such given"
    " denotes denote means gives be has have can may must should into over under per via between".split()
)
_BRACKETED = re.compile(r"\A[^.;$]{0,50}?\((?P<noun>(?:the|its|an?)\s+[^()$]{3,40})\)", re.I)
"""A name in brackets: "moving $s$ pixels at a time (the stride)"."""
_CLAUSE_END = re.compile(r"[.;]|\n\s*\n|\$|,\s*(?:and|where|while)\b")


class Surroundings(Record, frozen=True):
    """The text of a section around a formula, the formula and its headings included."""

    text: str
    said: Mapping[str, str]
    """What stands beside each symbol that the words mention, in small letters."""
    mentioned: frozenset[str]
    """The symbols of the formulas around it, itself left out."""


def surroundings(
    document: Document, index: int, root_of: Callable[[int], Lines], head_of: Callable[[Lines], str | None],
    heads_of: Callable[[Lines], frozenset[str]], labelled: Callable[[Lines], tuple[str, ...]] = lambda root: (),
) -> Surroundings:  # fmt: skip
    """What stands around a formula within its section; ``head_of`` names the symbol that a formula opens with,
    ``heads_of`` all that it holds, ``labelled`` the same with the labels that it bears."""
    formula = document.formulas[index]
    start, end = _within_section(document, formula, BEFORE, AFTER)
    titles = " . ".join(_titles(document, formula))
    wide_start, wide_end = _within_section(document, formula, MENTIONS, MENTIONS)
    said: dict[str, str] = {}
    mentioned: frozenset[str] = frozenset()
    for number, other in enumerate(document.formulas):
        if not wide_start <= other.span.start < wide_end:
            continue
        heads = heads_of(root_of(number))
        if number != index:
            mentioned |= heads
        head = head_of(root_of(number)) or (next(iter(heads)) if len(heads) == 1 else None)
        if head is not None and (words := words_beside(document, other)):
            for name in (head, *labelled(root_of(number))):
                said[name] = f"{said.get(name, '')} | {words}"
    return Surroundings(f"{titles} . {document.text[start:end]}", said, mentioned)


def _titles(document: Document, formula: Formula) -> list[str]:
    """The titles of the sections that a formula stands in, from the widest to the narrowest."""
    open_at: dict[int, str] = {}
    for heading in document.headings:
        if heading.span.start <= formula.span.start:
            open_at = {level: title for level, title in open_at.items() if level < heading.level}
            open_at[heading.level] = heading.title
    return list(open_at.values())


def _within_section(document: Document, formula: Formula, before: int, after: int) -> tuple[int, int]:
    opened = max((h.span.start for h in document.headings if h.span.start <= formula.span.start), default=0)
    closed = min(
        (h.span.start for h in document.headings if h.span.start > formula.span.start), default=len(document.text)
    )
    return max(opened, formula.span.start - before), min(closed, formula.span.end + after)


def words_beside(document: Document, formula: Formula) -> str:
    """What stands beside a formula that names a symbol: a noun phrase, a clause after it; in small letters."""
    return _introduced(document, formula) if formula.display else _beside(document, formula)


def _beside(document: Document, formula: Formula) -> str:
    """The noun phrase right before a symbol, and what a clause right after it says that it is."""
    before = document.text[max(0, formula.span.start - 90) : formula.span.start].rstrip("$ \\(")
    before = _COPULA.sub("", before.rsplit("$", 1)[-1].rsplit("\n\n", 1)[-1])
    before = _PHRASE.split(before)[-1]
    after = document.text[formula.span.end : formula.span.end + 110].lstrip("$\\)")
    noun, bracketed = _NOUN.match(after), _BRACKETED.match(after)
    told = [_CLAUSE_END.split(after)[0]] if _IS.match(after) or _NAMED_FOR.match(after) else []
    if noun is not None and not told and noun["noun"].split()[0].lower() not in _NO_NOUN:
        told.append(noun["noun"])
    if bracketed is not None:
        told.append(bracketed["noun"])
    return re.sub(r"\s+", " ", f"{before} ; {' ; '.join(told)}").lower().strip(" ;")


def _introduced(document: Document, formula: Formula) -> str:
    """The noun phrase that a display is said to be: "The gain is", before K = …"""
    before = document.text[max(0, formula.span.start - 110) : formula.span.start].rsplit("\n\n", 1)[-1]
    link = _COPULA.search(before)
    if link is None or _SAYS_WHAT.search(link[0]) is None:
        return ""
    phrase = _PHRASE.split(_COPULA.sub("", before).rsplit("$", 1)[-1])[-1]
    return re.sub(r"\s+", " ", phrase).lower().strip(" ;")
