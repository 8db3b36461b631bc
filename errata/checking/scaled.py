"""Results that stand in a larger unit than what is computed: 4 × 2.9 × 10⁹ × 16 = 185.6 GFLOPS."""

from __future__ import annotations

import re
from collections.abc import Callable

from sympy import Rational

from claims.records import replace
from claims.verdict import Refuted
from errata.checking.context import At, State
from errata.checking.worked import Ruling
from errata.reading.relations import Pair
from errata.reading.scales import scales_named
from errata.reading.tree import Factors, Frac, Node, Num

_CLOSING = re.compile(r"\A[ ]?(?:\$\$?|\\\)|\\\])?[ ~]?")
REACH = 24
"""Characters after a formula in which its unit may stand."""


def in_scale(state: State, at: At, pair: Pair, ruling: Ruling, judge: Callable[[Pair], Ruling]) -> Ruling:
    """The ruling on a relation with its left side in the unit that is named after the right one, where it holds so.

    What fails so too keeps its ruling, without a repair: a number in the unit of the left side is none in that of the
    right side.
    """
    if not isinstance(ruling.verdict, Refuted) or pair.right is not at.chain.chain.items[-1]:
        return ruling
    scales = scales_named(at.chain.remark or _after(state, at))
    for scale in scales:
        scaled = judge(replace(pair, left=_in_units_of(scale, pair.left)))
        if not isinstance(scaled.verdict, Refuted):
            return replace(scaled, where=(*scaled.where, f"the right side is in units of {scale}"))
    return replace(ruling, verdict=replace(ruling.verdict, repair=None), label=None) if scales else ruling


def _after(state: State, at: At) -> str:
    """The text right after the formula, on its line."""
    start = at.formula.span.end
    line = state.document.text[start : start + REACH].partition("\n")[0]
    return _CLOSING.sub("", line, count=1)


def _in_units_of(scale: Rational, node: Node) -> Node:
    if scale.q == 1:
        return Frac(node.start, node.end, node, Num(node.end, node.end, str(scale.p)))
    return Factors(node.start, node.end, ("", r"\cdot"), (node, Num(node.end, node.end, str(scale.q))))
