"""The sides of a box that is integrated over: which are tied to each other, and where infinite ones are cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from flint import arb, fmpq

from claims.records import Record
from numerics.envelopes import Reach, left_out
from numerics.holomorphic import Constant
from numerics.undetermined import Undetermined

PROBES = (fmpq(1, 7), fmpq(2, 5), fmpq(8, 9))
"""How far along its sides the integrand is checked to be real."""


class Side(Record):
    """A variable and its ends, which may depend on those before it."""

    variable: sp.Symbol
    low: sp.Expr
    high: sp.Expr


def apart(f: sp.Expr, sides: Sequence[Side]) -> list[tuple[sp.Expr, list[Side]]]:
    """Factors that share no variable, each with its sides: their integral is a product. Only for infinite sides, where
    a whole box would take too many evaluations.
    """
    if not any(side.low.is_infinite or side.high.is_infinite for side in sides):
        return [(f, list(sides))]
    factors = [
        piece
        for factor in sp.Mul.make_args(f)
        for piece in (
            [sp.exp(g) for g in sp.Add.make_args(sp.expand(factor.args[0]))] if isinstance(factor, sp.exp) else [factor]
        )
    ]
    groups: list[tuple[set[sp.Symbol], list[Side]]] = [({side.variable}, [side]) for side in sides]
    names = {side.variable for side in sides}
    ties = [p.free_symbols & names for p in factors]
    ties += [{side.variable} | ((side.low.free_symbols | side.high.free_symbols) & names) for side in sides]
    for tie in ties:
        joined = [group for group in groups if group[0] & tie]
        if len(joined) > 1:
            groups = [group for group in groups if group not in joined]
            held = set().union(*(letters for letters, _ in joined))
            groups.append((held, [side for side in sides if side.variable in held]))
    parts = []
    for number, (letters, some) in enumerate(groups):
        own = [p for p in factors if p.free_symbols & letters or (number == 0 and not p.free_symbols & names)]
        parts.append((sp.Mul(*own), some))
    return parts


def cut_off(f: sp.Expr, sides: Sequence[Side], constant: Constant, goal: arb) -> tuple[Sequence[Side], arb]:
    """The sides with their infinite ends cut off, and a bound of what that leaves out, below a goal. Raises
    Undetermined.
    """
    infinite = [bool(side.low.is_infinite or side.high.is_infinite) for side in sides]
    if not any(infinite):
        return sides, arb(0)
    names = [side.variable for side in sides]
    reaches: dict[sp.Symbol, Reach] = {}
    for side in sides:
        reaches[side.variable] = reach(side, reaches, constant)
    place, beyond = left_out(f, names, tuple(reaches.values()), constant).cut_below(goal, infinite)
    far = sp.Integer(int(place.upper().ceil().unique_fmpz()))
    ends = {sp.oo: far, -sp.oo: -far}
    return [Side(s.variable, ends.get(s.low, s.low), ends.get(s.high, s.high)) for s in sides], beyond


def reach(side: Side, before: Mapping[sp.Symbol, Reach], constant: Constant) -> Reach:
    """Where a variable may be: between its ends, either of which may come first, for the variables before anywhere in
    their reach. An end that is not linear in them may be anywhere. Raises Undetermined for ends the wrong way round.
    """
    if side.low is sp.oo or side.high is -sp.oo:
        raise Undetermined(f"the range of {side.variable} runs from {side.low} to {side.high}: turn it round")
    finite = [end for end in (side.low, side.high) if not end.is_infinite]
    lowest = [_lowest(end, before, constant, 1) for end in finite]
    highest = [_lowest(end, before, constant, -1) for end in finite]
    near = sum((abs(bound) for bound in (*lowest, *highest) if bound is not None), arb(0))
    return Reach(side.high is sp.oo or None in highest, side.low is -sp.oo or None in lowest, near)


def _lowest(e: sp.Expr, before: Mapping[sp.Symbol, Reach], constant: Constant, sign: int) -> arb | None:
    """A lower bound on ``sign`` times an expression; None where none is known."""
    total = arb(0)
    for term in sp.Add.make_args(e):
        if not term.has(*before):
            total += sign * constant(term)
            continue
        number, letter = term.as_independent(*before, as_Add=False)
        factor, far = sign * constant(number), before.get(letter)
        if far is None or not (factor >= 0 or factor <= 0) or (far.downwards if factor >= 0 else far.upwards):
            return None
        total -= abs(factor) * far.near
    return total
