"""Units of information beside a formula, and what they say about logarithms."""

from __future__ import annotations

import re

from errata.reading.lowering import LogBase
from errata.reading.tree import Factors, Frac, Function, Node, Num, Sym

_BITS = re.compile(r"\bbits?\b|\bshannons?\b", re.I)
_NATS = re.compile(r"\bnats?\b", re.I)


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
