"""When a heading opens a new section and when it only goes on with the one before, as slides do."""

from __future__ import annotations

import re

_STEM_ENDS = re.compile(r"\s*(?:·|:|—|–|\(|\s-\s|\[)")
_COUNTERS = re.compile(r"[\d.\s]*")
_GOES_ON = re.compile(r"\b(?:cont(?:inued|'d|d)?|answer|solution)\b", re.I)
_SOLVES = re.compile(r"(?:answer|solution)\b", re.I)
_NUMBERED = re.compile(
    r"(?:\w+\s+)?(?:examples?|exercises?|problems?|questions?|solutions?|answers?|proofs?|parts?|sections?|cases?|"
    r"chapters?|lectures?|slides?|theorems?|lemmas?|definitions?|notes?|remarks?|tasks?|steps?|quiz|appendix|derivations?)\b"
)
"""Titles that are those of different things, whatever they begin with."""


def continues(before: str, title: str) -> bool:
    """Whether ``title`` goes on with the section ``before``: the same topic, told apart only by what follows it.

    "Bayes worked example · setup" and "Bayes worked example · the answer" are one section; "Bayes" and "Bayes' rule"
    are two, and so are "Solution to the first exercise" and "Solution to the second".
    """
    first, second = _stem(before), _stem(title)
    if first == second and first and title != before:
        return len(first.split()) >= 2
    if _SOLVES.match(title.strip()) and _SOLVES.match(before.strip()):
        return False
    return bool(_GOES_ON.match(title.strip()))


def same_topic(one: str, other: str) -> bool:
    """Whether two titles begin with the same words before a dot, a colon or a dash."""
    return bool(_stem(one)) and _stem(one) == _stem(other)


def same_subject(one: str, other: str) -> bool:
    """Whether two titles name the same subject before different aspects of it: "Poisson · the law" and "Poisson ·
    moments", but not "Example: coins" and "Example: dice"."""
    told = all(_STEM_ENDS.search(title) is not None for title in (one, other))
    return told and same_topic(one, other) and not _NUMBERED.match(_stem(one))


def _stem(title: str) -> str:
    plain = _COUNTERS.sub("", title.strip(), count=1)
    return _STEM_ENDS.split(plain, maxsplit=1)[0].strip().casefold()
