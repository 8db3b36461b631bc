"""Units of information beside a formula, and what they say about logarithms."""

from __future__ import annotations

import re

from errata.reading.lowering import LogBase

_BITS = re.compile(r"\bbits?\b|\bshannons?\b", re.I)
_NATS = re.compile(r"\bnats?\b", re.I)


def unit_of(prose: str) -> str | None:
    """The unit that a text names first: "bits", "nats", or None."""
    bits, nats = _BITS.search(prose), _NATS.search(prose)
    if bits and nats:
        return "bits" if bits.start() < nats.start() else "nats"
    return "bits" if bits else "nats" if nats else None


def log_base(unit: str | None) -> LogBase | None:
    """The base that a unit implies."""
    return {"bits": LogBase.TWO, "nats": LogBase.NATURAL, None: None}[unit]
