"""Decimals that a step of a derivation prints as results: 2.024 σ for 1.5 · 1.349 σ, 67 % for (12 d² − 4 d²)/(12 d²).

Each of them stands for all numbers that round to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from random import Random

import sympy as sp
from flint import fmpq

from claims.records import replace
from errata.checking.algebra import Lowered, lowered
from errata.reading.relations import Pair
from errata.reading.substitution import rebuilt
from errata.reading.tree import Frac, Group, Node, Num, Postfix, walk
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.A)
MOST = 3
"""Results in a side that are moved within their rounding, each to both ends."""
POINTS, DRAWS, LEAST = 4, 20, 6
"""Points of each kind, how many are drawn for them, and how many have to agree in all."""


def may_be_rounded(pair: Pair, seed: int) -> bool:
    """Whether the sides agree at random points, for some rounding of the decimals that only one of them has.

    They are results of the right side, or of the left one where the right one has none.
    """
    if pair.relation.sign not in ("=", "≡", "≈"):
        return False
    for side, other in ((pair.right, pair.left), (pair.left, pair.right)):
        results = _results(side, other)
        if results:
            return len(results) <= MOST and _meets(pair, side, results, seed)
    return False


def _results(side: Node, other: Node) -> tuple[str, ...]:
    """The decimals and percentages of a side that the other one does not have."""
    given = {_text(n) for n in walk(other)}
    found = dict.fromkeys(map(_text, walk(side)))
    return tuple(text for text in found if text and text not in given)


def _text(node: Node) -> str:
    """A decimal or a percentage as it is written; empty for anything else."""
    if isinstance(node, Postfix) and "%" in node.sign and isinstance(node.operand, Num):
        return f"{node.operand.text}%" if _PLAIN.fullmatch(node.operand.text) else ""
    return node.text if isinstance(node, Num) and "." in node.text and _PLAIN.fullmatch(node.text) else ""


def _meets(pair: Pair, side: Node, results: tuple[str, ...], seed: int) -> bool:
    """Whether at every point one side lies between the least and the greatest value of the other one."""
    moved = [_moved(side, dict(zip(results, ends, strict=True))) for ends in product((-1, 1), repeat=len(results))]
    try:
        pairs = [lowered(replace(pair, right=one) if side is pair.right else replace(pair, left=one)) for one in moved]
    except (Unlowered, RecursionError, TypeError, ValueError):
        return False
    if any(p.generic.matrices or p.generic.interpreted or p.generic.uninterpreted or p.means for p in pairs):
        return False
    points = [p for kind in KINDS for p in islice(_points(pairs[0], kind.name, seed), POINTS)]
    told = [found for point in points if (found := _between(pairs, point)) is not None]
    return len(told) >= LEAST and all(told)


def _points(sides: Lowered, kind: str, seed: int) -> Iterator[dict[sp.Symbol, fmpq]]:
    drawn = next(k for k in KINDS if k.name == kind)
    random = Random(f"{seed} {kind}")
    for _ in range(DRAWS):
        yield {s: drawn.draw(random) for s in sides.symbols}


def _between(pairs: list[Lowered], point: dict[sp.Symbol, fmpq]) -> bool | None:
    """Whether the differences of the sides at a point are of both signs; None where they have no value."""
    try:
        gaps = [enclose(p.left, at=point) - enclose(p.right, at=point) for p in pairs]
    except Undetermined:
        return None
    return not all(g > 0 for g in gaps) and not all(g < 0 for g in gaps)


def _moved(side: Node, ends: dict[str, int]) -> Node:
    """A side with its results at ends of their rounding."""

    def put_in(n: Node) -> Node | None:
        if isinstance(n, Postfix) and _text(n) in ends and isinstance(n.operand, Num):
            return replace(n, operand=_at_end(n.operand, ends[_text(n)]))
        return _at_end(n, ends[n.text]) if isinstance(n, Num) and n.text in ends else None

    return rebuilt(side, put_in)


def _at_end(number: Num, sign: int) -> Node:
    """A printed number half a unit of its last digit away, as an exact fraction."""
    whole, _, decimals = number.text.partition(".")
    above, below = 10 * int((whole or "0") + decimals) + 5 * sign, 10 ** (len(decimals) + 1)
    place = number.start, number.end
    return Group(*place, Frac(*place, Num(*place, str(above)), Num(*place, str(below))))
