"""What a document says of its laws and random variables, so that a sentence about them is judged by its premises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from errata.reading.sentences.survey import law_letters
from errata.reading.tree import Lines

_INDEPENDENT = re.compile(r"\bindependen(?:t|ce|tly)\b|\\perp|\\indep|\bi\.?i\.?d\b", re.I)
_DENIED = re.compile(r"\bnot?\b|n't\b|\bnever\b|\bdependent\b|\bunless\b|\bwhether\b", re.I)
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
    names: frozenset[str]
    """Variables that stand in a sentence which says that something is independent; none where it names none."""


def page_laws(text: str, roots: Iterable[Lines]) -> PageLaws:
    """What a document says of its laws."""
    return PageLaws(
        letters=frozenset(law_letters(roots)),
        independent=any(map(_speaks_of_independence, _sentences(text))),
        positive=_POSITIVE.search(text) is not None,
        unit=_UNIT.search(text) is not None,
        discrete=_DISCRETE.search(text) is not None,
        names=_independent_names(text),
    )


def _speaks_of_independence(sentence: str) -> bool:
    """Whether a sentence says that something is independent, and not that it isn't or needn't be."""
    return _INDEPENDENT.search(sentence) is not None and _DENIED.search(sentence) is None


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;:])\s|\n\s*\n|\$\$", text)


def _independent_names(text: str) -> frozenset[str]:
    """The names in the formulas of the sentences that speak of independence, in lower case."""
    found: set[str] = set()
    for sentence in _sentences(text):
        if _speaks_of_independence(sentence):
            for formula in re.findall(r"\$([^$]+)\$", sentence):
                found.update(n.lower() for n in re.findall(r"(?<![A-Za-z\\])[A-Z](?:_\w)?(?![A-Za-z])", formula))
    return frozenset(found)
