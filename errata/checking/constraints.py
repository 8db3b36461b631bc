"""Constraints narrow what a name ranges over: after σ > 0, steps with σ are tried at positive values only."""

from __future__ import annotations

from errata.checking.context import State
from errata.reading.lowering import lower
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.scope import Scope
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

_FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}


def narrow(state: State, pair: Pair) -> None:
    """Takes a constraint of a name against a number into the state; any other is let pass."""
    name, sign, bound = pair.left, pair.relation.sign, pair.right
    if not is_name(name) and is_name(bound):
        name, sign, bound = bound, _FLIPPED.get(sign, ""), name
    if not is_name(name) or sign not in _FLIPPED:
        return
    try:
        value = rational(lower(bound, Scope()).expression)
    except (Unlowered, Undetermined):
        return
    if value is None:
        return
    low, high = state.bounds.get(key(name), (None, None))
    if sign in (">", "≥"):
        state.bounds[key(name)] = (value, high if high is not None and high > value else None)
    else:
        state.bounds[key(name)] = (low if low is not None and low < value else None, value)
