"""Results that stand in a larger unit than what is computed: 4 × 2.9 × 10⁹ × 16 = 185.6 GFLOPS."""

from __future__ import annotations

import re
from collections.abc import Callable

from sympy import Rational

from claims.records import replace
from claims.verdict import Proved, Refuted, Supported, Undecided
from errata.checking.context import At, State
from errata.checking.worked import Ruling
from errata.reading.relations import Pair
from errata.reading.scales import measures, scales_named, smaller_prefixes
from errata.reading.tree import Factors, Frac, Node, Num

_CLOSING = re.compile(r"\A[ ]?(?:\$\$?|\\\)|\\\])?[ ~]?")
REACH = 24
"""Characters after a formula in which its unit may stand."""


def in_scale(state: State, at: At, pair: Pair, ruling: Ruling, judge: Callable[[Pair], Ruling]) -> Ruling:
    """The ruling on a relation with its left side in the unit that is named after the right one, where it holds so.

    A left side may be in a unit of its own, which nothing beside it names: 2.62 × 32768 = 85.9 GB, of megabytes, and
    1023 ≈ 64 ms, of samples. What fails so too keeps its ruling, without a repair: a number in the unit of the left
    side is none in that of the right side.
    """
    if not isinstance(ruling.verdict, Refuted) or pair.right is not at.chain.chain.items[-1]:
        return ruling
    unit = at.chain.remark or _after(state, at)
    scales = scales_named(unit)
    for scale in scales:
        scaled = judge(replace(pair, left=_in_units_of(scale, pair.left)))
        if not isinstance(scaled.verdict, Refuted):
            return replace(scaled, where=(*scaled.where, f"the right side is in units of {scale}"))
    for scale in smaller_prefixes(unit):
        if isinstance(judge(replace(pair, left=_in_units_of(scale, pair.left))).verdict, Proved | Supported):
            return _open("the left side may be in a unit with a smaller prefix")
    if measures(unit) and isinstance(pair.left, Num):
        return _open("the left side may be a number of something else, and the right side what it is in a unit")
    return replace(ruling, verdict=replace(ruling.verdict, repair=None), label=None) if scales else ruling


def _open(why: str) -> Ruling:
    return Ruling(Undecided((), why))


def _after(state: State, at: At) -> str:
    """The text right after the formula, on its line."""
    start = at.formula.span.end
    line = state.document.text[start : start + REACH].partition("\n")[0]
    return _CLOSING.sub("", line, count=1)


def _in_units_of(scale: Rational, node: Node) -> Node:
    if scale.q == 1:
        return Frac(node.start, node.end, node, Num(node.end, node.end, str(scale.p)))
    return Factors(node.start, node.end, ("", r"\cdot"), (node, Num(node.end, node.end, str(scale.q))))
