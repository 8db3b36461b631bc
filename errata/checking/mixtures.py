"""Mixtures in which a weight has lost its density: p(x) = π f(x) + (1 − π).

The weights of such a sum add up to one, so that each was meant to stand before a density; where one stands alone, the
total mass of the right side is too large. The functions must be said to be densities, since a probability may well be
a sum of a function and a number: c + (1 − c) σ(x).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records import Record, replace
from claims.verdict import Proved, Refuted, Supported
from errata.checking.algebra import Found, judge_identity
from errata.reading.names import key
from errata.reading.relations import Pair
from errata.reading.sentences.heads import NAMED_LAWS, PLAIN_LAWS, letter
from errata.reading.tree import Bar, Call, Factors, Fence, Node, Num, Phrase, Terms, walk
from errata.reading.vectors import Unlowered

_MARK = r"[\s$(\\]{0,3}([A-Za-z])\b(?![-'])"
_DENSITIES = re.compile(
    rf"\b(?:densit(?:y|ies)|mass functions?|pdfs?|pmfs?){_MARK}(?:\$?\s*(?:,|and)\s*\$?([A-Za-z])\b)?"
)
_PLUS = frozenset({"", "+"})


class Summand(Record):
    """A weight as the list of its factors, and the density that it stands before, if any."""

    weight: tuple[Node, ...]
    density: Call | None


def refute_mixture(pair: Pair, text: str, seed: int) -> Found | None:
    """The refutation of a mixture with a weight that has no density; None where there is none."""
    variable = _variable(pair.left)
    if variable is None or not isinstance(pair.right, Terms) or not is_mixture(pair):
        return None
    summands = [_summand(item, variable) for item in pair.right.items]
    if any(s is None for s in summands):
        return None
    found = [s for s in summands if s is not None]
    bare = [s for s in found if s.density is None]
    heads = {letter(s.density.head)[0] for s in found if s.density is not None}
    if not bare or not heads or not heads <= PLAIN_LAWS | _said(text):
        return None
    weights = _sum(pair.right, [_product(pair.right, s.weight) for s in found])
    one = Num(pair.right.end, pair.right.end, "1")
    try:
        if not isinstance(judge_identity(replace(pair, left=weights, right=one), {}, seed).verdict, Supported | Proved):
            return None
        twice = [_product(pair.right, (Num(0, 0, "2"), *s.weight) if s.density is None else s.weight) for s in found]
        total = judge_identity(replace(pair, left=_sum(pair.right, twice), right=one), {}, seed)
    except (Unlowered, RecursionError):
        return None
    if not isinstance(total.verdict, Refuted):
        return None
    by = total.verdict.by
    message = (
        f"the weights add up to 1, but one of them stands before no density: over two values of its variable the "
        f"right side adds up to {by.left} where {', '.join(f'{name} = {value}' for name, value in by.witness)}"
    )
    return replace(total, message=message)


def is_mixture(pair: Pair) -> bool:
    """Whether a relation may give a law as a sum."""
    equates = pair.position == 0 and pair.relation.sign in ("=", "≡", ":=")
    return (
        equates
        and _variable(pair.left) is not None
        and isinstance(pair.right, Terms)
        and set(pair.right.signs) <= _PLUS
    )


def _variable(left: Node) -> str | None:
    """x of p(x) and p(x | y)."""
    if not isinstance(left, Call) or letter(left.head)[0] not in PLAIN_LAWS | NAMED_LAWS:
        return None
    body = left.fence.body if isinstance(left.fence, Fence) else None
    first = body.left if isinstance(body, Bar) else body
    return None if first is None or isinstance(first, Phrase) else key(first)


def _summand(item: Node, variable: str) -> Summand | None:
    """The parts of a summand; None where the variable stands in anything but one density."""
    factors = item.items if isinstance(item, Factors) and not any(item.signs) else (item,)
    densities = [f for f in factors if isinstance(f, Call) and _is_at(f, variable)]
    weight = tuple(f for f in factors if f not in densities)
    if len(densities) > 1 or any(key(n) == variable for w in weight for n in walk(w)):
        return None
    return Summand(weight or (Num(item.start, item.start, "1"),), densities[0] if densities else None)


def _is_at(call: Call, variable: str) -> bool:
    return isinstance(call.fence, Fence) and call.fence.body is not None and key(call.fence.body) == variable


def _product(near: Node, factors: Sequence[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Factors(near.start, near.end, ("",) * len(factors), tuple(factors))


def _sum(near: Node, items: Sequence[Node]) -> Node:
    return Terms(near.start, near.end, ("", *("+",) * (len(items) - 1)), tuple(items))


def _said(text: str) -> frozenset[str]:
    """The letters that a text calls densities."""
    return frozenset(name for found in _DENSITIES.finditer(text) for name in found.groups() if name)
