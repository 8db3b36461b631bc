"""Items of lists and rows of tables: what stands in two of them are often alternatives, and names are given anew."""

from __future__ import annotations

import re

_ITEM = re.compile(r"[ \t>]*(?:([*+-]|\\item|\|)|(\d+[.)]))[ \t]")
"""What an item of a list or a row of a table begins with."""


def are_alternatives(text: str, one: int, later: int) -> bool:
    """Whether two places stand in two items of one list, or in two rows of one table."""
    marks = [_ITEM.match(text, text.rfind("\n", 0, place) + 1) for place in (one, later)]
    if marks[0] is None or marks[1] is None or marks[0].start() == marks[1].start():
        return False
    return marks[0][1] == marks[1][1] or (marks[0][2] is not None and marks[1][2] is not None)
