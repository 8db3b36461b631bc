"""Ranks that sentences state: "the rank of $A$ is $r$", "$A$ has nullity $2$"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import Record
from errata.reading.document import Document

_MATH = r"\$([^$\n]{1,90})\$"
_IS = r"\s+(?:is|be|equals|is\s+equal\s+to)\s+"
_OF = re.compile(rf"\b(rank|nullity)\s+of\s+(?:the\s+)?(?:matrix\s+)?{_MATH}{_IS}\$([^$\n]{{1,60}})\$", re.I)
_HAS = re.compile(rf"{_MATH}\s+(?:has|have|be\s+of|is\s+of|of|with)\s+(rank|nullity)\s+\$([^$\n]{{1,60}})\$", re.I)
REACH = 400
_SENTENCES = re.compile(r"[.;:!?][$)*_]*\s|\n\s*\n")
_OPEN = re.compile(
    r"\b(?:if|when(?:ever)?|unless|suppos\w+|assum\w+|let|where|not|never|would|were|can|may|might|could|should|must|"
    r"whether|instead|otherwise|of|be|approximat\w+|low|tensor|case)\b",
    re.I,
)
"""Words of a sentence that gives a rank, or asks for one, and does not claim it."""


class SaidRank(Record):
    """What a sentence says a rank or nullity to be; offsets into the text. ``claims`` where it is no assumption."""

    start: int
    """Where the formula of the value begins."""
    matrix: str
    value: str
    lacking: bool
    claims: bool

    @property
    def latex(self) -> str:
        """The rank in formulas."""
        return rf"\operatorname{{{'nullity' if self.lacking else 'rank'}}}({self.matrix})"


def said_ranks(document: Document) -> Iterator[SaidRank]:
    """The ranks that the sentences of a document state."""
    text = document.text
    for pattern, word, matrix in ((_OF, 1, 2), (_HAS, 2, 1)):
        for m in pattern.finditer(text):
            before = _SENTENCES.split(text[max(0, m.start() - REACH) : m.start()])[-1]
            linked = text[m.start() : m.start(3)]
            linked = re.sub(r"\$[^$]*\$|\b(?:rank|nullity)\s+of\b", "", linked)
            claims = _OPEN.search(before) is None and _OPEN.search(linked) is None
            yield SaidRank(m.start(3), m[matrix], m[3], m[word].lower() == "nullity", claims)
