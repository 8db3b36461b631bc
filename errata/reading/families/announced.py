"""The law that the sentence before a density gives it in words: "a Gaussian with fixed variance $s = 1$".

What the words leave open, its location, is what the formula takes from the point: "with mean $m$ and variance $v$"
leaves nothing open, and where the formula takes anything else from the point, another law may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.records import Record
from errata.reading.families.models import Asked, Model
from errata.reading.names import key
from errata.reading.parser import parse
from errata.reading.tree import Chain, Node, Terms, walk
from errata.reading.unparse import to_latex

REACH = 160
"""Characters of prose before a formula that may announce a law."""
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n\s*\n|\n\s*(?:[-*#>]|\d+\.)\s")
_OPENS = re.compile(r"(?:\$\$|\\\[|\\begin\{\w+\*?\})\s*\Z")
"""What opens a display."""
_DENIED = re.compile(r"\b(?:not|no longer|instead of|unlike|rather than|if)\b|n't\b", re.I)
_VALUE = r"\s*(?:(?:of|equal to|is)\s+)?(?P<value>\$[^$]+\$|one\b|1\b)"
_FIXED = r"(?:(?:a|the|known|fixed|constant|same|common)\s+)*"
_NORMAL = r"\b(?:gaussian|normal)\b(?:\s+(?:distribution|law|density|likelihood|noise|model))?"
_SPREADS = (
    ("N", False, re.compile(rf"{_NORMAL}\s*,?\s*(?:with|of)\s+{_FIXED}variance{_VALUE}", re.I)),
    ("N", True, re.compile(rf"{_NORMAL}\s*,?\s*(?:with|of)\s+{_FIXED}standard deviation{_VALUE}", re.I)),
    ("N", False, re.compile(rf"\bunit[- ]variance\s+{_NORMAL}|{_NORMAL}\s*,?\s*(?:with|of)\s+unit\s+variance", re.I)),
    ("Laplace", False, re.compile(rf"\blaplace\b(?:\s+\w+)?\s*,?\s*(?:with|of)\s+{_FIXED}scale{_VALUE}", re.I)),
)  # fmt: skip
_MEAN = r"(?:mean|expectation|expected\s+value)\s*(?P<mean>\$[^$]+\$)\s*(?:,\s*)?(?:and\s+|,\s*)"
_PLACED = (
    ("N", False, re.compile(rf"{_NORMAL}\s*,?\s*(?:with|of)\s+{_FIXED}{_MEAN}{_FIXED}variance{_VALUE}", re.I)),
    ("N", True, re.compile(rf"{_NORMAL}\s*,?\s*(?:with|of)\s+{_FIXED}{_MEAN}{_FIXED}standard deviation{_VALUE}", re.I)),
)
"""The same with both parameters."""
_HEADS = {"N": r"\mathcal{N}", "Laplace": r"\mathrm{Laplace}"}


class Announced(Record):
    """A law by its name, and its spread: a variance for N, a scale for Laplace; and where it lies, if that is said."""

    name: str
    spread: Node
    location: Node | None = None


def announced(prose: str) -> Announced | None:
    """The law with its spread that the last sentence of a text speaks of; None where it names none, or denies it."""
    sentence = _SENTENCE.split(_OPENS.sub("", prose.strip()).strip())[-1]
    if _DENIED.search(re.sub(r"\$[^$]*\$", " ", sentence)):
        return None
    for name, deviation, pattern in (*_SPREADS, *_PLACED):
        found = pattern.search(sentence)
        if found is None:
            continue
        spread = _spread(found.groupdict().get("value") or "1", deviation)
        mean = found.groupdict().get("mean")
        location = None if mean is None else _spread(mean, False)
        unknown = spread is None or (mean is not None and location is None)
        return None if unknown or spread is None else Announced(name, spread, location)
    return None


def _spread(value: str, deviation: bool) -> Node | None:
    text = "1" if value == "one" else value.strip("$ ")
    [*_, node] = parse(text).statements or (None,)
    if isinstance(node, Chain):
        node = node.items[-1] if node.relations[-1].sign == "=" else None
    if node is None or not deviation:
        return node
    return parse(rf"\left({to_latex(node)}\right)^2").statements[0]


def announced_models(prose: str, one: Asked, explicit: Node, place: int) -> Iterator[Model]:
    """The law of a density that the sentence before it announces, where the formula for it says where it lies.

    ``place`` is that of the formula.
    """
    law = announced(prose)
    if law is None:
        return
    located = {key(found): found for n in walk(explicit) if (found := _taken_from(one.point, n)) is not None}
    if law.location is not None and set(located) - {key(law.location)}:
        return
    if law.location is not None or len(located) == 1:
        location = law.location or next(iter(located.values()))
        head = parse(_HEADS[law.name]).statements[0]
        yield Model(
            one.point, one.given, one.letter, law.name, head, (location, law.spread), place, announced=True
        )  # fmt: skip


def _taken_from(point: Node, node: Node) -> Node | None:
    """m of u − m and of m − u."""
    if not isinstance(node, Terms) or len(node.items) != 2:
        return None
    (first, second), (one, other) = node.signs, node.items
    if second not in ("-", "−") or first not in ("", "+"):
        return None
    if key(one) == key(point):
        return other
    return one if key(other) == key(point) else None
