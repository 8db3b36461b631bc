"""Integrals over boxes of one to three variables, enclosed: quadrature inside of quadrature, each with its error bound.

Each variable is put onto [0, 1], so that a side may depend on the variables outside of it: triangles and simplices
too. An inner integral is enclosed for every value that the outer variable may have in a ball of the complex plane, and
it is analytic there where its integrand is. So the bound of the outer quadrature, which needs no more, is one.
An infinite side is cut off where an envelope of the integrand (``envelopes``) leaves less than the error aimed at.
The work is bounded by a number of evaluations, so that the answer doesn't depend on the machine.

Source   Johansson, "Numerical integration in arbitrary-precision ball arithmetic" (arXiv:1802.07942), for one variable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add, mul

import sympy as sp
from flint import acb, arb, ctx, fmpq, fmpz

from numerics.envelopes import Reach, left_out
from numerics.holomorphic import RULES
from numerics.undetermined import Undetermined

BITS = 96
GOALS = {1: -60, 2: -44, 3: -32}
"""The error aimed at is 2 to this power, by the number of variables."""
DEEPER = 6
"""Bits by which an inner integral aims better, so that its error doesn't keep the outer one from its goal."""
LOOSEST, NEAR_GOAL = arb(2) ** -24, 16
"""An enclosure is not given out if it is relatively wider than this, and so many times wider than the goal."""
MOST_EVALUATIONS, MOST_ON_INFINITE_SIDES = 200_000, 800_000
MOST_OUTSIDE, MOST_INSIDE = 4000, 600
"""Evaluations of the outermost quadrature, and of one inside of it, before it is left with a wide ball."""
FEW_IN_ONE, ROUGHLY = 30, arb(2) ** -6
"""Evaluations and goal where an outer variable is anywhere in a wide ball: there a bound will do."""
PROBES = (fmpq(1, 7), fmpq(2, 5), fmpq(8, 9))
"""How far along its sides the integrand is checked to be real."""
WIDE = arb(2) ** -20
MOST_VARIABLES = 3

Values = tuple[acb, ...]
Function = Callable[[Values, bool], acb]
"""From the variables, outermost first, and whether analyticity must be checked, to a ball."""
Constant = Callable[[sp.Basic], arb]


@dataclass(frozen=True, slots=True)
class Side:
    """A variable and its ends, which may depend on those before it."""

    variable: sp.Symbol
    low: sp.Expr
    high: sp.Expr


def enclosed(f: sp.Expr, sides: Sequence[Side], constant: Constant | None = None) -> arb:
    """∫ f over a box, the outermost side first: a ball that surely holds it.

    An infinite end is cut off where little is left beyond, and a bound of that is part of the ball.
    ``constant`` encloses what is free of the variables. Raises Undetermined for functions without a rule, for infinite
    ends towards which nothing is known to fall off, and where so many evaluations leave too wide a ball; ValueError for
    other numbers of sides.
    """
    if not 1 <= len(sides) <= MOST_VARIABLES:
        raise ValueError(f"a box has 1 to {MOST_VARIABLES} sides, not {len(sides)}")
    groups = _apart(f, sides)
    if len(groups) > 1:
        return reduce(mul, (enclosed(part, some, constant) for part, some in groups))
    before = ctx.prec
    ctx.prec = BITS
    try:
        cut, beyond = _cut_off(f, sides, constant or _enclose)
        box = _Box.of(f, cut, constant or _enclose)
        box.left = MOST_EVALUATIONS if cut is sides else MOST_ON_INFINITE_SIDES
        ball = box.whole() + arb(0, beyond.upper())
    finally:
        ctx.prec = before
    least = NEAR_GOAL * arb(2) ** GOALS[len(sides)]
    if not ball.is_finite() or not (ball.rad() < LOOSEST * abs(ball) or ball.rad() < least):
        raise Undetermined("the integral could not be enclosed tightly")
    return ball


def _apart(f: sp.Expr, sides: Sequence[Side]) -> list[tuple[sp.Expr, list[Side]]]:
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


def _cut_off(f: sp.Expr, sides: Sequence[Side], constant: Constant) -> tuple[Sequence[Side], arb]:
    """The sides with their infinite ends cut off, and a bound of what that leaves out."""
    infinite = [bool(side.low.is_infinite or side.high.is_infinite) for side in sides]
    if not any(infinite):
        return sides, arb(0)
    names = [side.variable for side in sides]
    reaches = [_reach(side, names, constant) for side in sides]
    goal = arb(2) ** (GOALS[len(sides)] - 1)
    place, beyond = left_out(f, names, reaches, constant).cut_below(goal, infinite)
    far = sp.Integer(int(place.upper().ceil().unique_fmpz()))
    ends = {sp.oo: far, -sp.oo: -far}
    return [Side(s.variable, ends.get(s.low, s.low), ends.get(s.high, s.high)) for s in sides], beyond


def _reach(side: Side, names: Sequence[sp.Symbol], constant: Constant) -> Reach:
    """Where a variable may be; anywhere, where an end depends on another one. Raises Undetermined for ends the wrong
    way round.
    """
    if side.low is sp.oo or side.high is -sp.oo:
        raise Undetermined(f"the range of {side.variable} runs from {side.low} to {side.high}: turn it round")
    finite = [end for end in (side.low, side.high) if not end.is_infinite]
    if any(end.has(*names) for end in finite):
        return Reach(True, True, arb(0))
    near = sum((abs(constant(end)) for end in finite), arb(0))
    return Reach(side.high is sp.oo, side.low is -sp.oo, near)


@dataclass(slots=True)
class _Box:
    integrand: Function
    ends: tuple[tuple[Function, Function], ...]
    goal: arb
    left: int = field(default=MOST_EVALUATIONS)

    @classmethod
    def of(cls, f: sp.Expr, sides: Sequence[Side], constant: Constant) -> _Box:
        place = {side.variable: i for i, side in enumerate(sides)}
        made = _Maker(place, constant)
        ends = tuple((made.function(side.low), made.function(side.high)) for side in sides)
        return cls(made.function(f), ends, arb(2) ** GOALS[len(sides)])

    def whole(self) -> arb:
        if not all(map(self._is_real_at, range(len(PROBES)))):
            raise Undetermined("the integrand is not real everywhere")
        value = self._from(0, (), False)
        if self.left < 0:
            raise Undetermined("so many evaluations are not enough for the integral")
        if not value.imag.contains(0):
            raise Undetermined("the integrand is not real everywhere")
        return value.real

    def _is_real_at(self, turn: int) -> bool:
        """Whether the integrand is real so far along each side, so that no complex branch is taken for it."""
        point: Values = ()
        for i, (low, high) in enumerate(self.ends):
            part = acb(PROBES[(turn + i) % len(PROBES)])
            point = (*point, low(point, False) + (high(point, False) - low(point, False)) * part)
        value = self.integrand(point, False)
        return bool(value.is_finite() and value.imag.contains(0))

    def _from(self, depth: int, outside: Values, analytic: bool) -> acb:
        """The integral over the sides from ``depth`` on, for outer variables anywhere in their balls.

        It is called from C, so it raises nothing: what is out of reach is a ball without bounds.
        """
        self.left -= 1
        if self.left < 0:
            return acb("nan")
        if depth == len(self.ends):
            return self.integrand(outside, analytic)
        low, high = (end(outside, analytic) for end in self.ends[depth])
        width = high - low

        def along(s: acb, checked: bool) -> acb:
            return self._from(depth + 1, (*outside, low + width * s), analytic or checked)

        if not width.is_finite():
            return acb("nan")
        if any(map(_is_wide, outside)):
            goal, most = ROUGHLY, FEW_IN_ONE
        else:
            goal, most = self.goal * arb(2) ** (-DEEPER * depth), MOST_INSIDE if depth else MOST_OUTSIDE
        return acb.integral(along, acb(0), acb(1), rel_tol=goal, abs_tol=goal, eval_limit=most) * width


def _is_wide(z: acb) -> bool:
    return bool(z.real.rad() > WIDE or z.imag.rad() > WIDE)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Expressions as functions of balls."""

    place: Mapping[sp.Symbol, int]
    constant: Constant

    def function(self, e: sp.Basic) -> Function:
        if not any(s in self.place for s in e.free_symbols):
            fixed = acb(self.constant(e))
            return lambda v, analytic: fixed
        if isinstance(e, sp.Symbol):
            i = self.place[e]
            return lambda v, analytic: v[i]
        if isinstance(e, sp.Add | sp.Mul):
            return _joined(add if isinstance(e, sp.Add) else mul, [self.function(a) for a in e.args])
        if isinstance(e, sp.Pow):
            return self._power(e)
        rule = RULES.get(type(e))
        if rule is None or len(e.args) != 1:
            raise Undetermined(f"{type(e).__name__} is not integrated")
        inner = self.function(e.args[0])
        return lambda v, analytic: rule(inner(v, analytic), analytic)

    def _power(self, e: sp.Pow) -> Function:
        if e.base is sp.E:
            exponent = self.function(e.exp)
            return lambda v, analytic: exponent(v, analytic).exp()
        base = self.function(e.base)
        if e.exp.is_Integer:
            whole = fmpz(int(e.exp))
            return lambda v, analytic: base(v, analytic) ** whole
        if e.exp == sp.Rational(1, 2):
            return lambda v, analytic: base(v, analytic).sqrt(analytic=analytic)
        power = self.function(e.exp)
        return lambda v, analytic: base(v, analytic).pow(power(v, analytic), analytic=analytic)


def _joined(operation: Callable[[acb, acb], acb], parts: Sequence[Function]) -> Function:
    first, second, *rest = parts
    if not rest:
        return lambda v, analytic: operation(first(v, analytic), second(v, analytic))
    return lambda v, analytic: reduce(operation, (part(v, analytic) for part in parts))


def _enclose(e: sp.Basic) -> arb:
    from numerics.balls import enclose

    return enclose(e, BITS)
