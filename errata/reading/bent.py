"""Functions that a text calls convex or concave: "for any concave function $f$", "$g$ is convex"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.tree import Call

_BENT = r"(?<![-\w])[*_]*(?P<kind>convex|concave)[*_]*"
_NAME = r"\$\s*(?P<name>\\?[A-Za-z]+(?:\([^()$]*\))?)\s*(?::[^$]*)?\$"
_SAID = (
    re.compile(rf"{_BENT}\s+(?:(?:real|differentiable|smooth)\s+)?functions?\s+{_NAME}", re.I),
    re.compile(rf"{_NAME}\s+(?:is|be|are|being)\s+(?:a\s+|any\s+)?(?:strictly\s+)?{_BENT}", re.I),
)
_KINDS = {"convex": 1, "concave": -1}


def bent_functions(text: str) -> Mapping[str, int]:
    """1 for each function, by its key, that is called convex, and −1 for those called concave; none called both."""
    found: dict[str, set[int]] = {}
    for match in (m for pattern in _SAID for m in pattern.finditer(text)):
        statements = parse(match.group("name")).statements
        name = statements[0].head if statements and isinstance(statements[0], Call) else next(iter(statements), None)
        if name is not None and is_name(name):
            found.setdefault(key(name), set()).add(_KINDS[match.group("kind").lower()])
    return {name: kinds.pop() for name, kinds in found.items() if len(kinds) == 1}
