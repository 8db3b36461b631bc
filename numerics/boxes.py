"""Integrals over boxes of one to three variables, enclosed: quadrature inside of quadrature, each with its error bound.

Each variable is put onto [0, 1], so that a side may depend on the variables outside of it: triangles and simplices
too. An inner integral is enclosed for every value that the outer variable may have in a ball of the complex plane, and
it is analytic there where its integrand is. So the bound of the outer quadrature, which needs no more, is one.
An infinite side is cut off where an envelope of the integrand (``envelopes``) leaves less than the error aimed at.
Three sides that are tied to each other, some of them infinite, would take too many quadratures inside of quadratures:
those are integrated by product rules (``adaptive``).
The work is bounded by a number of evaluations, so that the answer doesn't depend on the machine.

Source   Johansson, "Numerical integration in arbitrary-precision ball arithmetic" (arXiv:1802.07942), for one variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import mul

import sympy as sp
from flint import acb, arb, ctx

from numerics.holomorphic import Constant, Function, Values, function_of
from numerics.sides import PROBES, Side, apart, cut_off
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
WIDE = arb(2) ** -20
MOST_VARIABLES = 3


def enclosed(f: sp.Expr, sides: Sequence[Side], constant: Constant | None = None) -> arb:
    """∫ f over a box, the outermost side first: a ball that surely holds it.

    An infinite end is cut off where little is left beyond, and a bound of that is part of the ball.
    ``constant`` encloses what is free of the variables. Raises Undetermined for functions without a rule, for infinite
    ends towards which nothing is known to fall off, and where so many evaluations leave too wide a ball; ValueError for
    other numbers of sides.
    """
    if not 1 <= len(sides) <= MOST_VARIABLES:
        raise ValueError(f"a box has 1 to {MOST_VARIABLES} sides, not {len(sides)}")
    groups = apart(f, sides)
    if len(groups) > 1:
        return reduce(mul, (enclosed(part, some, constant) for part, some in groups))
    if len(sides) == MOST_VARIABLES and any(side.low.is_infinite or side.high.is_infinite for side in sides):
        from numerics.adaptive import integrated  # SciPy takes a while to load, and few integrals are like this

        return integrated(f, sides, constant or _enclose, GOALS[len(sides)]).ball
    before = ctx.prec
    ctx.prec = BITS
    try:
        cut, beyond = cut_off(f, sides, constant or _enclose, arb(2) ** (GOALS[len(sides)] - 1))
        box = _Box.of(f, cut, constant or _enclose)
        box.left = MOST_EVALUATIONS if cut is sides else MOST_ON_INFINITE_SIDES
        ball = box.whole() + arb(0, beyond.upper())
    finally:
        ctx.prec = before
    least = NEAR_GOAL * arb(2) ** GOALS[len(sides)]
    if not ball.is_finite() or not (ball.rad() < LOOSEST * abs(ball) or ball.rad() < least):
        raise Undetermined("the integral could not be enclosed tightly")
    return ball


@dataclass(slots=True)
class _Box:
    integrand: Function
    ends: tuple[tuple[Function, Function], ...]
    goal: arb
    left: int = field(default=MOST_EVALUATIONS)

    @classmethod
    def of(cls, f: sp.Expr, sides: Sequence[Side], constant: Constant) -> _Box:
        names = [side.variable for side in sides]
        ends = tuple(
            (function_of(side.low, names, constant), function_of(side.high, names, constant)) for side in sides
        )
        return cls(function_of(f, names, constant), ends, arb(2) ** GOALS[len(sides)])

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


def _enclose(e: sp.Basic) -> arb:
    from numerics.balls import enclose

    return enclose(e, BITS)
