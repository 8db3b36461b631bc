"""Which case of a distinction holds at given values: exact comparisons with numbers, and nothing that words add."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flint import fmpq

from errata.reading.families.cases import Case, cases_of
from errata.reading.tree import Chain, Dots, Fence, Node, Phrase, Sym, Text, walk

Worth = Callable[[Node], fmpq | None]
"""The exact value of a node; None where it has none."""
_BARE = re.compile(
    r"[\W_]*(?:(?:if|iff|for|all|any|every|when|whenever|where|and|otherwise|else|elsewhere)[\W_]*)*", re.I
)
"""Words of a condition that add nothing to its relations."""


def plain_cases(node: Node) -> tuple[Case, ...]:
    """The rows of a case distinction of which only relations say when they hold; empty where words say it too."""
    found = cases_of(node)
    values = {id(n) for case in found for n in walk(case.value)}
    texts = (n for n in walk(node) if isinstance(n, Text) and id(n) not in values)
    bare = all(_BARE.fullmatch(re.sub(r"\\\w+|~", " ", n.text)) for n in texts)
    return found if found and bare and all(case.conditions for case in found[:-1]) else ()


def holding(cases: Sequence[Case], worth: Worth) -> tuple[Case, ...] | None:
    """The cases that hold where names have these values; None where it can't be told of one. The last one, where it has
    no condition, holds where no other does."""
    found: list[Case] = []
    for case in cases:
        if not case.conditions:
            return tuple(found) or (case,)
        truths = [holds(c, worth) for c in case.conditions]
        if False in truths:
            continue
        if None in truths:
            return None
        found.append(case)
    return tuple(found)


def holds(chain: Chain, worth: Worth) -> bool | None:
    """Whether a chain of comparisons holds; None where a value is missing, or a relation is none of these."""
    truths: list[bool | None] = []
    for relation, left, right in zip(chain.relations, chain.items, chain.items[1:], strict=False):
        if relation.sign == "∈":
            truths.append(_is_member(worth(left), right, worth))
            continue
        a, b = worth(left), worth(right)
        truths.append(None if a is None or b is None else _compared(relation.sign, a, b))
    return False if False in truths else None if None in truths else True


def _compared(sign: str, a: fmpq, b: fmpq) -> bool | None:
    known = {"=": a == b, "≠": a != b, "<": a < b, ">": a > b, "≤": a <= b, "≥": a >= b}
    return known.get(sign)


def _is_member(value: fmpq | None, among: Node, worth: Worth) -> bool | None:
    """Whether a number is in an interval, or in a set that is listed."""
    if value is None or not isinstance(among, Fence) or not isinstance(among.body, Phrase):
        return None
    items = among.body.items
    if among.open in (r"\{", r"\lbrace") and not any(isinstance(i, Dots) for i in items):
        listed = [worth(item) for item in items]
        return None if None in listed else value in listed
    if len(items) != 2 or among.open not in "([]" or among.close not in ")][":
        return None
    low, high = items
    above = _is_above(value, low, among.open == "[", 1, worth)
    below = _is_above(value, high, among.close == "]", -1, worth)
    return False if False in (above, below) else None if None in (above, below) else True


def _is_above(value: fmpq, end: Node, closed: bool, side: int, worth: Worth) -> bool | None:
    """Whether a value lies on the inner side of an end of an interval."""
    if any(isinstance(n, Sym) and n.name == "∞" for n in walk(end)):
        return True
    limit = worth(end)
    if limit is None:
        return None
    return side * (value - limit) > 0 or (closed and value == limit)
