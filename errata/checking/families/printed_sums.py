"""Whether a probability that fails may hold all the same, within the rounding of the decimals that it is made of.

P(X < 2) = 0.107 + 0.268 is as right as its decimals: their sum need not be the exact value.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from errata.checking.families.trials import Outcome
from errata.reading.lowering import lower
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import Decimals, Undetermined, enclose, free_of_decimals

SHOWN = 1e-6
"""How much of a value its shown digits may leave out, relative to it."""


def may_be_rounded(found: Outcome, pair: Pair) -> bool:
    """Whether one side is a computation with printed decimals that may have the value of the other one."""
    return _covers(pair.right, found.left) or _covers(pair.left, found.right)


def _covers(side: Node, value: str) -> bool:
    try:
        expression = lower(side, Scope()).expression
        exact = float(Fraction(value))
        if free_of_decimals(expression):
            return False
        return bool(enclose(expression, decimals=Decimals.RESULTS).overlaps(arb(exact, abs(exact) * SHOWN)))
    except (Unlowered, Undetermined, ValueError, AttributeError):
        return False
