"""Units of information beside a formula, and what they say about logarithms."""

from __future__ import annotations

import re
from functools import lru_cache

from errata.reading.lowering import LogBase
from errata.reading.tree import Factors, Frac, Function, Node, Num, Sym

_BITS = re.compile(r"\bbits?\b|\bshannons?\b", re.I)
_NATS = re.compile(r"\bnats?\b", re.I)


_ELSEWHERE = re.compile(
    r"\b(?:in|to|into)\s+(?:bits?|nats?|shannons?)\b[,:]?\s*(?:(?:that|this|it|which|they|these)\b|$|\$)", re.I
)
"""A unit that what comes next is given in, and not what stands before: "in bits that is"."""
_COMMENT = re.compile(r"<!--.*?-->|^[ \t]*%.*$", re.S | re.M)
_DECLARED = re.compile(
    r"\blog(?:s|arithms?)?\b\$?\s+(?:is|are|for|means?|denotes?|stands\s+for|taken\s+as)\b[^.\n]{0,40}?\b(?:the\s+)?"
    r"(?:natural|base[ -]?(?P<base>2|10|two|ten|e))\b",
    re.I,
)
"""What a text says of the logarithm that it writes: "log for the natural logarithm"."""


def unit_of_the_sentence(after: str) -> str | None:
    """The unit that the rest of a sentence after a formula gives it in."""
    rest = re.split(r"[.;!?](?:\s|$)|\n[ \t>]*\n", after, maxsplit=1)[0]
    return unit_of(_ELSEWHERE.sub(" ", rest))


def declared_base(text: str, end: int) -> LogBase | None:
    """The base of the logarithm that a text writes, where it says so before its ``end`` in as many words; the last
    time counts."""
    return next((base for at, base in reversed(_declared_bases(text)) if at <= end), None)


@lru_cache(maxsize=4)
def _declared_bases(text: str) -> tuple[tuple[int, LogBase], ...]:
    """What a text says of its logarithm, each time with the place where it has said so."""
    bases = {"2": LogBase.TWO, "two": LogBase.TWO, "10": LogBase.TEN, "ten": LogBase.TEN}
    plain = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    return tuple((m.end(), bases.get((m["base"] or "e").lower(), LogBase.NATURAL)) for m in _DECLARED.finditer(plain))


def unit_of(prose: str) -> str | None:
    """The unit that a text names first: "bits", "nats", or None."""
    bits, nats = _BITS.search(prose), _NATS.search(prose)
    if bits and nats:
        return "bits" if bits.start() < nats.start() else "nats"
    return "bits" if bits else "nats" if nats else None


_STATED = re.compile(r"\blog\w*\b[^.\n]{0,40}?\bbase[ -]?(?P<base>2|10|two|ten|e)\b|\b(?P<natural>natural log)", re.I)


def stated_base(prose: str) -> LogBase | None:
    """The base that a text states last: "log is base 2", "logarithms to the base 10", "the natural logarithm"."""
    every = list(_STATED.finditer(prose))
    if not every:
        return None
    found = every[-1]
    if found["natural"]:
        return LogBase.NATURAL
    return {"2": LogBase.TWO, "two": LogBase.TWO, "10": LogBase.TEN, "ten": LogBase.TEN}.get(
        found["base"].lower(), LogBase.NATURAL
    )


def log_base(unit: str | None) -> LogBase | None:
    """The base that a unit implies."""
    return {"bits": LogBase.TWO, "nats": LogBase.NATURAL, None: None}[unit]


def in_unit(quantity: Node, unit: str, other: str) -> Node:
    """A quantity in nats as one in bits, or the other way round: a division by ln 2, or a product with it."""
    ln2 = Function(0, 0, Sym(0, 0, "ln", "roman", r"\ln"), Num(0, 0, "2"))
    if (unit, other) == ("nats", "bits"):
        return Frac(0, 0, quantity, ln2)
    return Factors(0, 0, ("", r"\cdot"), (quantity, ln2))
