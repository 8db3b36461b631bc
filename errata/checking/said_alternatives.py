"""Rows that the words right before a display call several alternatives, or definitions: no row speaks of another one.

"The following two processes" have X_t = … twice, each time another X_t; "addition is defined as follows" gives a sum
its meaning by a row whose left side is a sum. A later member of such a row is a step, and a display that nothing
announces so states one quantity twice.
"""

from __future__ import annotations

import re

from errata.checking.context import At, State, root_of
from errata.reading.names import is_name, key, named_call
from errata.reading.relations import Pair, stated
from errata.reading.tree import Factors, Terms
from errata.reading.words import words

_BEGINS = r"\s*(?:\$\$|\\\[|\\begin\s*\{\w+\*?\}(?:\{\w+\})?|\s)*\Z"
_SEVERAL = re.compile(
    r"\b(?:two|three|four|several|different|various|alternative|possible)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:process(?:es)?|ways|choices|options|functions|models|forms|definitions|versions|variants|alternatives|examples)\b"
    r"[^.;]{0,80}" + _BEGINS,
    re.I,
)
"""The sentence before a display that has several of a kind: "in several ways", "the two models below"."""
_DEFINED = re.compile(
    r"\b(?:(?:is|are)\s+(?:\w+\s+)?defined|we\s+(?:\w+\s+)?define\s+(?:[\w\s]|\$[^$]*\$){1,40}?)"
    r"\s+(?:as(?:\s+follows)?|by|via)\s*[:,]?" + _BEGINS,
    re.I,
)
"""The sentence before a display of definitions: "are defined as follows"."""


def said_alternative(state: State, at: At, pair: Pair) -> str | None:
    """Why the first equation of a row is no claim on what another row says, where the words before the display have a
    reason; None where they have none."""
    if pair.position != 0 or not at.formula.display or pair.relation.sign != "=":
        return None
    if isinstance(pair.left, Terms | Factors) and _DEFINED.search(at.prose):
        return "it may be a definition, as the words before it say"
    if not (is_name(pair.left) or named_call(pair.left)) or not announces_several(at.prose):
        return None
    rows = [chain.chain.items[0] for chain in stated(root_of(state, at.index))]
    if sum(key(first) == key(pair.left) for first in rows) < 2:
        return None
    return f"{words(pair.left)} may be another one in each row, as the words before them say"


def announces_several(prose: str) -> bool:
    """Whether words that a display follows say that it has several of a kind."""
    return _SEVERAL.search(prose) is not None
