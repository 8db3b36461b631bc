"""How often a trial with two outcomes came out, as prose tells it: "$h$ heads and $t$ tails in $N = h + t$ flips"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import Record
from errata.reading.names import is_name, key
from errata.reading.parser import parse
from errata.reading.tree import Chain, Node, Num

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROLES = {
    "heads": "successes", "head": "successes", "successes": "successes", "success": "successes", "tails": "failures",
    "tail": "failures", "failures": "failures", "failure": "failures", "flips": "trials", "tosses": "trials",
    "trials": "trials",
}  # fmt: skip
_COUNT = re.compile(
    rf"(?P<value>\$[^$]+\$|\b\d+\b|\b(?:{'|'.join(_WORDS)})\b)\s*(?:coin\s+|times\s+)?(?P<what>{'|'.join(_ROLES)})\b",
    re.I,
)


class Count(Record):
    """The names and the number that a text gives to how often something happened."""

    names: frozenset[str]
    number: int | None


class Outcomes(Record):
    """What the text before a place says last of each."""

    successes: Count | None
    failures: Count | None
    trials: Count | None


def outcomes_told(text: str) -> Outcomes:
    """What a text says of the outcomes of trials, the last statement of each counting."""
    last: dict[str, Count] = {}
    for found in _COUNT.finditer(text):
        last[_ROLES[found.group("what").lower()]] = _count(found.group("value"))
    return Outcomes(last.get("successes"), last.get("failures"), last.get("trials"))


def _count(value: str) -> Count:
    if value.lower() in _WORDS:
        return Count(frozenset(), _WORDS.index(value.lower()))
    if value.isdigit():
        return Count(frozenset(), int(value))
    names: set[str] = set()
    number = None
    for node in (item for part in _parts(value) for item in part):
        if is_name(node):
            names.add(key(node))
        elif isinstance(node, Num) and node.text.isdigit():
            number = int(node.text)
    return Count(frozenset(names), number)


def _parts(value: str) -> Iterator[tuple[Node, ...]]:
    for node in parse(value.strip("$ ")).statements:
        yield node.items if isinstance(node, Chain) else (node,)
