"""Blank lines in a display, which part two statements as a line break does, where each has a relation of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from errata.reading.notation import RELATIONS

BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

Place = tuple[str, int, int]
"""The text of a token, and where it starts and ends."""


def breaks(latex: str, tokens: Sequence[Place]) -> list[int]:
    """The numbers of the tokens that begin a statement behind a blank line, outside of braces and environments."""
    parts, depth = [0], 0
    for i, (text, start, _) in enumerate(tokens):
        apart = i and depth == 0 and text != "[" and tokens[i - 1][0] != r"\\"  # a bracket there would be a distance
        if apart and BLANK_LINE.search(latex, tokens[i - 1][2], start):
            parts.append(i)
        depth += (text in ("{", r"\begin")) - (text in ("}", r"\end"))
    return [b for a, b, c in zip(parts, parts[1:], [*parts[2:], len(tokens)], strict=False)
            if _relates(tokens[a:b]) and _relates(tokens[b:c])]  # fmt: skip


def _relates(part: Sequence[Place]) -> bool:
    """Whether a relation stands between two sides in a part of a formula."""
    depth = 0
    for i, (text, _, _) in enumerate(part):
        depth += (text in ("{", "(", "[")) - (text in ("}", ")", "]"))
        if i and depth == 0 and text in RELATIONS:
            return True
    return False
