"""Whether a formula has a value where it is said to hold."""

from __future__ import annotations

from random import Random

import sympy as sp
from flint import fmpq

from errata.reading.generic import Generic, lower_generic, whole_numbers
from errata.reading.lowering import number
from errata.reading.names import key
from errata.reading.tree import Node, Num
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, enclose
from numerics.identity import KINDS

POINTS = 6
"""Points on either side of the bound."""


def has_no_value(node: Node, name: Node, sign: str, bound: Num) -> bool:
    """Whether a formula is undefined wherever ``name sign bound`` holds, and defined on the other side of the bound."""
    limits, indices = whole_numbers(node)
    generic = Generic({n: 3 for n in (*limits, *indices)})
    try:
        expression = lower_generic(node, generic)
    except Unlowered:
        return False
    variable = generic.symbols.get(key(name))
    if variable is None or generic.uninterpreted or isinstance(expression, sp.Tuple):
        return False
    edge = number(bound.text)
    value = getattr(edge, "value", edge)
    at = fmpq(int(value.p), int(value.q))
    up = 1 if sign in (">", "≥") else -1
    return not _defined(expression, variable, at, up) and _defined(expression, variable, at, -up)


def _defined(expression: sp.Expr, variable: sp.Symbol, edge: fmpq, side: int) -> bool:
    """Whether the expression has a value at any of several points on one side of the edge."""
    random = Random(f"{expression} {side}")
    others = sorted(expression.free_symbols - {variable}, key=str)
    for _ in range(POINTS):
        at = {s: KINDS[0].draw(random) for s in others}
        at[variable] = edge + side * fmpq(random.randint(1, 90), 97)
        try:
            enclose(expression, at=at)
        except Undetermined:
            continue
        return True
    return False
