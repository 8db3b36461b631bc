"""Derivatives without a rule of calculus of ours: power series in balls, carried through the expression.

The value of f(x + t) as a series in t holds f⁽ᵏ⁾(x)/k! in its k-th coefficient. The arithmetic of series is
python-flint's, so that a derivative shares no code with SymPy's ``diff``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from math import factorial
from operator import add, mul
from typing import Any

import sympy as sp
from flint import arb, arb_series, ctx, fmpq

from claims.printed import Printed
from numerics.balls import Undetermined, enclose
from numerics.compiled import FIFTY_DIGITS

MOST_REPEATED = 64
_METHODS: Mapping[type, str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.asin: "asin", sp.acos: "acos",
    sp.atan: "atan", sp.gamma: "gamma", sp.loggamma: "lgamma", sp.erf: "erf", sp.erfc: "erfc",
}  # fmt: skip


def derivatives(
    e: sp.Expr, along: sp.Symbol, at: Mapping[sp.Symbol, fmpq], order: int = 1, bits: int = FIFTY_DIGITS
) -> tuple[arb, ...]:
    """Balls of the value and of the derivatives up to ``order`` along one variable. Raises Undetermined for others.

    Raises ValueError for an order below 0.
    """
    if order < 0:
        raise ValueError(f"order={order} must be at least 0")
    before = ctx.cap
    ctx.cap = order + 1
    try:
        with ctx.workprec(bits):
            found = arb_series(_series(e, along, at, bits))
            balls = tuple(factorial(k) * found[k] for k in range(order + 1))
    except (ZeroDivisionError, ValueError, OverflowError) as fault:
        raise Undetermined(f"{e} has no derivative there: {fault}") from None
    finally:
        ctx.cap = before
    if not all(ball.is_finite() for ball in balls):
        raise Undetermined(f"{e} has no finite derivative there")
    return balls


def _series(e: sp.Basic, along: sp.Symbol, at: Mapping[sp.Symbol, fmpq], bits: int) -> Any:
    def go(part: sp.Basic) -> Any:
        return _series(part, along, at, bits)

    if e == along:
        return arb_series([arb(at[along]), 1])
    if along not in e.free_symbols:
        return enclose(e, bits, at=at)
    if isinstance(e, sp.Add | sp.Mul):
        return reduce(add if isinstance(e, sp.Add) else mul, map(go, e.args))
    if isinstance(e, sp.Pow):
        return _power(go(e.base), e, go)
    if isinstance(e, sp.tanh):
        twice = (2 * go(e.args[0])).exp()
        return (twice - 1) / (twice + 1)
    name = _METHODS.get(type(e))
    if name is None or isinstance(e, Printed):
        raise Undetermined(f"{type(e).__name__} has no series here")
    return getattr(go(e.args[0]), name)()


def _power(base: Any, e: sp.Pow, go: Any) -> Any:
    if e.exp == sp.Rational(1, 2):
        return base.sqrt()
    if e.exp.is_Integer and abs(int(e.exp)) <= MOST_REPEATED:
        whole = reduce(mul, [base] * abs(int(e.exp)), arb(1))
        return whole if e.exp > 0 else 1 / whole
    return (go(e.exp) * (base.log() if isinstance(base, arb_series) else arb(base).log())).exp()
