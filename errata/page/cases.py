r"""How far a value reaches that a text gives in a case: "If $m = 6$, then …, so $n = 2$" says nothing of n beyond it.

A value is given in a case where its sentence supposes an equation before it, where the text supposes one and goes on
to suppose another, where it is one of several ("$c = 4$ or $c = 5$", two triples of values), and where it is put in
for a variable only ("setting $y = 0$").
"""

from __future__ import annotations

import re

_ENDS_SENTENCE = re.compile(r"[.!?](?:\s*\$+)?\s+(?=[A-Z$\\(|*-])|\n[ \t>]*\n")
"""What ends a sentence, or a paragraph."""
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")
_RELATES = r"\$[^$]*(?:=|<|>|\\(?:leq?|geq?|leqslant|geqslant|neq?|equiv)\b)[^$]*\$"
"""A formula that relates something."""
_SUPPOSES = re.compile(rf"\b(?:if|when|whenever|in case|since either)\b[^.$]{{0,40}}{_RELATES}", re.I)
"""An equation that a sentence supposes."""
_OPENS = re.compile(r"\b(?:If|When|Whenever|Otherwise|Else|Similarly|Likewise|Analogously)\b")
"""What opens a sentence of another case."""
_PUTS = re.compile(
    r"\b(?:setting|letting|plugging(?: in)?|substituting|substitutions?|replacing|choosing|putting|plug(?: in)?)"
    r"\s+(?:\$[^$]*\$[\s,]*(?:and\s+)?)*\$?\s*\Z",
    re.I,
)
"""Words right before a value that is put in for a variable."""
_SEVERAL = re.compile(
    r"\b(?:possibilit(?:y|ies)|solutions|roots|zeros|pairs|triples|tuples|choices|candidates|either|respectively)\b",
    re.I,
)
"""Words of a sentence that lists what something may be."""
_OR = re.compile(r"\s*\$?[\s,]*\bor\b", re.I)
_OR_BEFORE = re.compile(r"\bor\s*\$?\s*\Z", re.I)
_SUPPOSED = re.compile(
    r"(?:^|(?<=[.!?:;\n]\s)|(?<=\n))[ \t>*_]*(?:(?:First|Now|Next|Finally|Secondly|Thirdly|So|Then|Instead),?\s+)?"
    r"(?P<how>(?:let us\s+|we\s+(?:may\s+|can\s+)?(?:now\s+|next\s+|first\s+)?)?(?:suppose|assume|consider)\b"
    r"|Case\s+(?:\d+|[IVX]+|\([a-z0-9]+\)|[A-Z])\b)(?P<what>[^.\n]*)",
    re.I | re.M,
)
"""What opens a case that reaches beyond its paragraph, with what it supposes."""
_GIVEN = re.compile(r"\$\s*(?P<name>\\?[A-Za-z]+(?:_\w|_\{\w+\})?)\s*(?:=|\\neq?|\\ne\b|>|<)")
BEFORE, AFTER = 1_500, 6_000
"""Characters before a value and after it in which a case is looked for."""


def is_given_in_a_case(text: str, start: int, end: int, used: int, name: str) -> bool:
    """Whether what a text says of ``name`` between two places is said in a case that is over where it is ``used``."""
    if used <= end:
        return False
    until = _until(text, start, end)
    return (until is not None and until <= used) or _is_of_a_rival(text, start, used, name)


def _until(text: str, start: int, end: int) -> int | None:
    """Where the case of a value ends that its own sentence makes; None where it makes none."""
    first, last = _sentence(text, start, end)
    before, rest = text[first:start], text[end:last]
    if _OR.match(rest):
        return end
    if _OR_BEFORE.search(before) or _SEVERAL.search(text[first:last]):
        return last
    if _SUPPOSES.search(before) or _PUTS.search(before):
        paragraph = _PARAGRAPH.search(text, last)
        stop = paragraph.start() if paragraph is not None else len(text)
        another = _OPENS.search(text, last, stop)
        return another.start() if another is not None else stop
    return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds a place."""
    first = max(0, start - BEFORE)
    for found in _ENDS_SENTENCE.finditer(text, first, start):
        first = found.end()
    after = _ENDS_SENTENCE.search(text, end)
    return first, after.start() + 1 if after is not None else len(text)


def _is_of_a_rival(text: str, start: int, used: int, name: str) -> bool:
    """Whether a value is given under a supposition, and used under another one that excludes it."""
    if used - start > AFTER:
        return False
    since = list(_SUPPOSED.finditer(text, start, used))
    if not since:
        return False
    before = list(_SUPPOSED.finditer(text, max(0, start - BEFORE), start + 1))
    if not before:
        return False
    first, last = before[-1], since[-1]
    if first["how"][:4].lower() == last["how"][:4].lower() == "case":
        return True
    ours, theirs = ({m["name"] for m in _GIVEN.finditer(text, one.start(), one.end())} for one in (first, last))
    return bool(ours & theirs) or any(_are_alternatives(text[:used], a, b) for a in ours for b in theirs)


def _are_alternatives(text: str, one: str, other: str) -> bool:
    """Whether a text says of two names that the one has a value or the other has: "$x = 1$ or $y = 2$"."""
    a, b = re.escape(one), re.escape(other)
    joined = rf"\$\s*(?:{a}\s*=[^$]*\$\s*,?\s*or\s+\$\s*{b}|{b}\s*=[^$]*\$\s*,?\s*or\s+\$\s*{a})\s*="
    return re.search(joined, text) is not None
