"""Closed expressions enclosed in balls: the true value lies within, whatever the rounding did."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import log10
from operator import add, mul

import sympy as sp
from flint import arb, ctx, fmpq


def enclosed(expr: sp.Expr, digits: int) -> arb:
    """A ball that holds the value of a closed real expression, worked out with ``digits`` digits and a few to spare.

    NaN (a ball that holds everything) where the value is not a real number. Raises TypeError for what has no rule here.
    """
    with ctx.workdps(digits + 10):
        return _ball(expr)


def exact(value: sp.Rational | Fraction) -> arb:
    """The ball of a rational number at the working precision."""
    return arb(fmpq(int(value.numerator), int(value.denominator)))


def agreed_digits(ball: arb) -> int:
    """To how many digits, relative to 1 + |value|, a ball pins its value; -1 where it says nothing."""
    if not ball.is_finite():
        return -1
    spread = float(ball.rad()) / (1 + abs(float(ball.mid())))
    return 300 if spread == 0 else int(-log10(spread))


def _ball(expr: sp.Expr) -> arb:
    if expr.is_Rational:
        return exact(expr)
    match expr:
        case sp.Add():
            return reduce(add, map(_ball, expr.args))
        case sp.Mul():
            return reduce(mul, map(_ball, expr.args))
        case sp.exp():
            return _ball(expr.args[0]).exp()
        case sp.Pow():
            return _power(*expr.args)
        case sp.log():
            return _ball(expr.args[0]).log()
    if expr is sp.pi:
        return arb.pi()
    if expr is sp.E:
        return arb(1).exp()
    raise TypeError(f"{expr} ({type(expr).__name__}) has no enclosure; numerics/enclosure.py lists what has")


def _power(base: sp.Expr, exponent: sp.Expr) -> arb:
    if exponent.is_Integer:
        return _ball(base) ** int(exponent)
    if exponent == sp.Rational(1, 2):
        return _ball(base).sqrt()
    return _ball(base) ** _ball(exponent)
