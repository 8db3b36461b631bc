"""Closed forms compiled once: a SymPy expression becomes a chain of python-flint calls, or of mpmath calls.

Walking an expression costs more than its arithmetic: SymPy's nodes are taken apart again at each point. Here that is
done once, and a point costs a few calls on balls. Every call is the one that ``numerics.balls`` makes, so that a
compiled ball is as safe. Notation, integrals, sums and decimals that are roundings aren't compiled: ``compiled`` then
asks ``numerics.balls`` as ever.

mpmath is the second implementation: the same expression by other code, with no error bound, to hold balls against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add, mul, sub, truediv
from typing import Any

import mpmath
import sympy as sp
from flint import arb, ctx, fmpq, fmpz

from claims.printed import Printed
from claims.records import Record
from numerics.balls import PRECISIONS, Undetermined, enclose, power, rules

Call = Callable[[Sequence[Any]], Any]
"""From the values of the variables, in order, to the value of an expression."""
Join = Callable[[Any, Any], Any]
FIFTY_DIGITS = 170
"""Bits that leave fifty digits after some rounding."""


class Compiled(Record):
    """An expression, its variables in order, and the calls that enclose it."""

    expression: sp.Expr
    variables: tuple[sp.Symbol, ...]
    call: Call | None

    def __call__(self, values: Sequence[fmpq], bits: int = FIFTY_DIGITS) -> arb:
        """A ball that holds the value at exact values of the variables. Raises Undetermined where there is none."""
        (ball,) = self.over([values], bits)
        if ball is None:
            raise Undetermined(f"{self.expression} has no value at {values}")
        return ball

    def over(self, points: Iterable[Sequence[fmpq]], bits: int = FIFTY_DIGITS) -> list[arb | None]:
        """A ball at each of many points, the precision set once; None where there is no value."""
        with ctx.workprec(bits):
            return [self._ball(values, bits) for values in points]

    def _ball(self, values: Sequence[fmpq], bits: int) -> arb | None:
        try:
            if self.call is None:
                return enclose(self.expression, bits, at=dict(zip(self.variables, values, strict=True)))
            ball = self.call([arb(v) for v in values])
        except (ZeroDivisionError, ValueError, OverflowError, Undetermined):
            return None
        ball = ball if isinstance(ball, arb) else arb(ball)
        return ball if ball.is_finite() else None

    def decided(self, values: Sequence[fmpq], settled: Callable[[arb], bool]) -> arb:
        """The first ball that settles a question, at rising precision. Raises Undetermined where none does."""
        for bits in PRECISIONS:
            ball = self(values, bits)
            if settled(ball):
                return ball
        raise Undetermined(f"{PRECISIONS[-1]} bits don't settle it")


class _Uncompiled(Exception):
    """A part of an expression has no rule, or a symbol no place."""


@lru_cache(maxsize=4096)
def compiled(expression: sp.Expr, variables: tuple[sp.Symbol, ...]) -> Compiled:
    """The expression as calls on balls, made once."""
    try:
        return Compiled(expression, variables, _Balls({v: i for i, v in enumerate(variables)}).call(expression))
    except _Uncompiled:
        return Compiled(expression, variables, None)


class _Balls(Record):
    """The calls of arb for each kind of node."""

    number: Mapping[sp.Symbol, int]

    def call(self, e: sp.Basic) -> Call:
        match e:
            case sp.Symbol():
                i = self._number(e)
                return lambda x: x[i]
            case sp.Rational() | Printed():
                q = e.value if isinstance(e, Printed) else e
                exact = fmpz(int(q.p)) if q.q == 1 else fmpq(int(q.p), int(q.q))
                return lambda x: exact
            case sp.Add() | sp.Mul():
                return self._many(e)
            case sp.Pow():
                return self._power(e)
        constant = _CONSTANTS.get(e)
        if constant is not None:
            return lambda x: constant()
        rule = rules().get(type(e))
        if rule is None:
            raise _Uncompiled
        parts = [self.ball(a) for a in e.args]
        if len(parts) == 1:
            (only,) = parts
            return lambda x: rule(only(x))
        return lambda x: rule(*(part(x) for part in parts))

    def ball(self, e: sp.Basic) -> Call:
        """A call that gives a ball, where a number would have no such method."""
        call = self.call(e)
        return (lambda x: arb(call(x))) if isinstance(e, sp.Rational | Printed) else call

    def _number(self, e: sp.Symbol) -> int:
        if e not in self.number:
            raise _Uncompiled
        return self.number[e]

    def _many(self, e: sp.Add | sp.Mul) -> Call:
        """A sum, its negative terms subtracted; or a product, what stands below the line divided by."""
        if isinstance(e, sp.Add):
            split = [(a.could_extract_minus_sign(), a) for a in e.args]
            return _joined([self.call(-a if s else a) for s, a in split], [s for s, _ in split], sub, add, _negative)
        split = [(isinstance(a, sp.Pow) and a.exp.could_extract_minus_sign(), a) for a in e.args]
        parts = [(s, 1 / a if s else a) for s, a in split if a is not sp.S.NegativeOne]
        whole = _joined([self.call(a) for _, a in parts], [s for s, _ in parts], truediv, mul, _inverse)
        return (lambda x: -whole(x)) if len(parts) < len(split) else whole

    def _power(self, e: sp.Pow) -> Call:
        if e.base is sp.E:
            exponent = self.ball(e.exp)
            return lambda x: exponent(x).exp()
        base, to = self.ball(e.base), self.ball(e.exp)
        if e.exp == 2:
            return lambda x: (b := base(x)) * b
        if e.exp == sp.Rational(1, 2):
            return lambda x: base(x).sqrt()
        return lambda x: power(base(x), e.exp, lambda: to(x))


def _joined(
    calls: Sequence[Call], against: Sequence[bool], back: Join, forth: Join, alone: Callable[[Call], Call]
) -> Call:
    """Calls joined from the left: ``forth`` as they are, ``back`` where they count against; one that doesn't first."""
    in_order = sorted(zip(calls, against, strict=True), key=lambda one: one[1])
    (whole, first), *rest = in_order
    whole = alone(whole) if first else whole
    for call, against_it in rest:
        whole = _pair(whole, call, back if against_it else forth)
    return whole


def _pair(a: Call, b: Call, join: Join) -> Call:
    return lambda x: join(a(x), b(x))


def _negative(call: Call) -> Call:
    return lambda x: -call(x)


def _inverse(call: Call) -> Call:
    return lambda x: 1 / call(x)


_CONSTANTS: Mapping[sp.Basic, Callable[[], arb]] = {
    sp.pi: arb.pi,
    sp.E: lambda: arb(1).exp(),
    sp.EulerGamma: arb.const_euler,
}


# mpmath: the second implementation.


@lru_cache(maxsize=4096)
def by_mpmath(expression: sp.Expr, variables: tuple[sp.Symbol, ...]) -> Call:
    """The expression as calls of mpmath, at whatever precision is set. Raises TypeError for what it lacks."""
    number = {v: i for i, v in enumerate(variables)}

    def made(e: sp.Basic) -> Call:
        if isinstance(e, sp.Symbol) and e in number:
            i = number[e]
            return lambda x: x[i]
        if isinstance(e, sp.Rational | Printed):
            q = e.value if isinstance(e, Printed) else e
            top, bottom = int(q.p), int(q.q)
            return lambda x: mpmath.mpf(top) / bottom
        parts = [made(a) for a in e.args]
        if isinstance(e, sp.Add):
            return lambda x: mpmath.fsum([part(x) for part in parts])
        if isinstance(e, sp.Mul):
            return lambda x: mpmath.fprod([part(x) for part in parts])
        if isinstance(e, sp.Pow):
            base, exponent = parts
            return lambda x: mpmath.power(base(x), exponent(x))
        rule = _MPMATH.get(e) or _MPMATH.get(type(e))
        if rule is None:
            raise TypeError(f"{e} ({type(e).__name__}) has no call in mpmath here")
        return lambda x: rule(*(part(x) for part in parts))

    return made(expression)


_MPMATH: Mapping[Any, Callable[..., Any]] = {
    sp.pi: lambda: +mpmath.pi, sp.E: lambda: +mpmath.e, sp.EulerGamma: lambda: +mpmath.euler, sp.exp: mpmath.exp,
    sp.log: mpmath.log, sp.sin: mpmath.sin, sp.cos: mpmath.cos, sp.tan: mpmath.tan, sp.sinh: mpmath.sinh,
    sp.cosh: mpmath.cosh, sp.tanh: mpmath.tanh, sp.asin: mpmath.asin, sp.acos: mpmath.acos, sp.atan: mpmath.atan,
    sp.Abs: abs, sp.gamma: mpmath.gamma, sp.loggamma: mpmath.loggamma, sp.digamma: mpmath.digamma,
    sp.polygamma: mpmath.polygamma, sp.factorial: mpmath.factorial, sp.binomial: mpmath.binomial, sp.beta: mpmath.beta,
    sp.erf: mpmath.erf, sp.erfc: mpmath.erfc, sp.erfinv: mpmath.erfinv, sp.Max: max, sp.Min: min, sp.sign: mpmath.sign,
    sp.floor: mpmath.floor, sp.ceiling: mpmath.ceil,
}  # fmt: skip
