"""Constraints narrow what a name ranges over: after σ > 0, steps with σ are tried at positive values only."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from errata.checking.context import State
from errata.reading.lowering import lower
from errata.reading.names import is_name, key
from errata.reading.relations import Pair
from errata.reading.scope import Scope, Value
from errata.reading.tree import Node
from errata.reading.vectors import Unlowered
from numerics.balls import Undetermined, rational

_FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}


def narrow(state: State, pair: Pair) -> None:
    """Takes a constraint of a name against a number into the state; any other is let pass.

    A value of the name that the constraint excludes is given up: "but if $\\eta > 1$" is not about η = 0.1.
    """
    _narrow(state, pair.left, pair.relation.sign, pair.right)


def narrow_by_chain(state: State, pairs: Sequence[Pair]) -> None:
    """Takes what a whole chain says of the name it opens with: by λ ≥ 2n/n = 2 it is no longer 1/2."""
    sign = pairs[0].relation.sign
    if len(pairs) > 1 and all(p.relation.sign in (sign, "=") for p in pairs):
        _narrow(state, pairs[0].left, sign, pairs[-1].right)


def _narrow(state: State, name: Node, sign: str, bound: Node) -> None:
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
    if _is_outside(state.scope.value(key(name)), sign, value):
        state.scope = state.scope.unbind(key(name))
    low, high = state.bounds.get(key(name), (None, None))
    if sign in (">", "≥"):
        state.bounds[key(name)] = (value, high if high is not None and high > value else None)
    else:
        state.bounds[key(name)] = (low if low is not None and low < value else None, value)


def _is_outside(known: Value | None, sign: str, bound: fmpq) -> bool:
    """Whether a known value surely violates a constraint."""
    try:
        value = None if known is None else rational(known.printed)
    except Undetermined:
        return False
    if value is None:
        return False
    return value < bound if sign == "≥" else value > bound if sign == "≤" else not _strictly(value, sign, bound)


def _strictly(value: fmpq, sign: str, bound: fmpq) -> bool:
    return bool(value > bound) if sign == ">" else bool(value < bound)
