"""Names that the prose around a formula calls constants: "let $c$ be constant", "where $C$ is a constant"."""

from __future__ import annotations

import re

from errata.reading.names import is_name, key
from errata.reading.parser import parse

BEFORE = 160
AFTER = 120
"""Characters of prose before a formula, and after it, that may call a name constant."""
_NAME = r"\$\s*(?P<name>[A-Za-z](?:_\{?\w+\}?)?|\\[a-zA-Z]+)\s*\$"
_CALLED = (
    re.compile(rf"\b(?:let|for|with|where|and)\s+{_NAME}\s*(?:,?\s*(?:be|being|is|denotes|as))\s+(?:a|an|some|the)?\s*"
               r"(?:\w+\s+)?constant\b(?!\s+(?:in|over|variance|matrix|vector|function))", re.I),
    re.compile(rf"\b(?:a|an|some)\s+(?:\w+\s+)?constant\s+{_NAME}", re.I),
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z$])|\n\s*\n")


def constants_said(before: str, after: str) -> frozenset[str]:
    """The keys of the names that the sentence around a formula calls constants, by the text on its two sides."""
    near = (_SENTENCE.split(before[-BEFORE:])[-1], _SENTENCE.split(after[:AFTER])[0])
    texts = (found.group("name") for text in near for pattern in _CALLED for found in pattern.finditer(text))
    nodes = (parse(text).statements for text in texts)
    return frozenset(key(found[0]) for found in nodes if found and is_name(found[0]))
