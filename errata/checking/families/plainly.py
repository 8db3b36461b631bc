"""The witness of a relation that fails under a law, at plainer parameters where it fails there, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy as sp
from flint import fmpq

from claims.laws import Support, support_of
from errata.checking.families.order import Equal
from errata.checking.families.trials import Lowered, Outcome, shown, witness_at
from numerics.balls import Undetermined, enclose
from numerics.families.admissible import is_admissible, lies_within
from numerics.plain_points import MOST_LOOKS, plainest

FEW_LOOKS = 8
"""Points that are looked at where a side is an integral."""
Point = Mapping[sp.Symbol, fmpq]


def plainly(found: Outcome) -> Outcome:
    """The outcome with a plainer witness, where there is one; its sides as they are at it."""
    if found.first is None or found.lacking:
        return found
    lowered, at = found.first
    if not isinstance(lowered.check, Equal):
        return found

    def apart(here: Point) -> tuple[str, str] | None:
        if not _is_admissible(lowered, here):
            return None
        try:
            left, right = lowered.check.sides(here)
        except Undetermined:
            return None
        return None if left.overlaps(right) else (shown(left), shown(right))

    slow = any(e.has(sp.Integral) for e in lowered.check.expressions())
    plainer = plainest(at, apart, lowered.laws.small, FEW_LOOKS if slow else MOST_LOOKS)
    if plainer is None:
        return found
    point, (left, right) = plainer
    return replace(found, witness=witness_at(lowered, point), left=left, right=right)


def _is_admissible(lowered: Lowered, at: Point) -> bool:
    """Whether every law has a meaning at a point, and each of its values lies within its support."""
    laws = lowered.laws
    if not all(is_admissible(law, at) for law in laws.met) or not all(lies_within(p, q, at) for p, q in laws.within):
        return False
    try:
        return all(_lies_in(support_of(law), at[place], at) for place, law in laws.places.items() if place in at)
    except Undetermined:
        return False


def _lies_in(support: Support, value: fmpq, at: Point) -> bool:
    """Whether a value surely lies between the ends of a support. Raises Undetermined."""
    low = support.low is -sp.oo or bool(enclose(support.low, at=at) < value)
    return low and (support.high is sp.oo or bool(enclose(support.high, at=at) > value))
