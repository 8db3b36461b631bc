"""What a document says of its laws and random variables, so that a sentence about them is judged by its premises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from errata.reading.sentences.survey import law_letters
from errata.reading.tree import Lines

_INDEPENDENT = re.compile(r"\bindependen(?:t|ce|tly)\b|\\perp|\\indep|\bi\.?i\.?d\b", re.I)
_POSITIVE = re.compile(r"\bnon-?negative\b|\bpositive\b|\\ge(?:q|qslant)?\s*0|>\s*0", re.I)
_UNIT = re.compile(r"0\s*(?:\\leq?|<)\s*\S+\s*(?:\\leq?|<)\s*1|\[\s*0\s*,\s*1\s*\]|\(\s*0\s*,\s*1\s*\)")
_DISCRETE = re.compile(r"\bdiscrete\b|\bmass function|\bcategorical\b", re.I)


@dataclass(frozen=True, slots=True)
class PageLaws:
    """Letters that stand for laws beside p and q, and what the text mentions."""

    letters: frozenset[str]
    independent: bool
    positive: bool
    unit: bool
    discrete: bool


def page_laws(text: str, roots: Iterable[Lines]) -> PageLaws:
    """What a document says of its laws."""
    return PageLaws(
        frozenset(law_letters(roots)), _INDEPENDENT.search(text) is not None, _POSITIVE.search(text) is not None,
        _UNIT.search(text) is not None, _DISCRETE.search(text) is not None,
    )  # fmt: skip
