"""What the words beside a law call a parameter of it: "with rate $b$", "where $s$ is the standard deviation"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errata.reading.names import is_name, key
from errata.reading.parser import parse

_NAME = r"\$\s*(?P<name>[A-Za-z](?:_\{?\w+\}?)?|\\[a-zA-Z]+(?:_\{?\w+\}?)?)\s*\$"
_ROLE = r"(?P<role>inverse[ -]scale|rate|scale|mean|variance|standard deviation)"
_NOT_OF_A_LAW = r"(?<!learning )(?<!error )(?<!positive )(?<!negative )(?<!sampling )(?<!sample )"
_CALLED = (
    re.compile(rf"\b{_NOT_OF_A_LAW}{_ROLE}(?:\s+parameter)?(?:\s+(?:being|is|equal\s+to))?\s*{_NAME}", re.I),
    re.compile(rf"{_NAME}\s*(?:,?\s*(?:is|being|denotes|as)\s+(?:the|a|an|its)|,?\s+the)\s+{_ROLE}\b(?!\s+of\b)", re.I),
)
REACH = 240
"""Characters before and after the statement of a law in which its sentence may call its parameters something."""
_ENDS = re.compile(r"[.!?](?=\s)|\n\s*\n")
_SAME = {"inverse scale": "rate", "inverse-scale": "rate"}
"""Words for what has another name."""


def sentence_around(text: str, place: int) -> tuple[int, str]:
    """The sentence around a place, and where it starts."""
    before = text[max(0, place - REACH) : place]
    start = place - len(before) + max((found.end() for found in _ENDS.finditer(before)), default=0)
    end = _ENDS.search(text, place, place + REACH)
    return start, text[start : place + REACH if end is None else end.start()]


def roles_said(text: str) -> Iterator[tuple[str, str, int]]:
    """Each role that a text gives to a name, with the key of the name, and where it stands."""
    for pattern in _CALLED:
        for found in pattern.finditer(text):
            (node, *rest) = parse(found["name"]).statements
            role = " ".join(found["role"].lower().split())
            if not rest and is_name(node):
                yield _SAME.get(role, role), key(node), found.start()
