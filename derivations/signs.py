"""Cases: a real number is above zero, below it, or zero. In each case |x|, max(x, 0) and sign(x) are plain."""

from __future__ import annotations

from itertools import product

import sympy as sp

MOST_SYMBOLS = 2
"""Symbols whose sign is split on; three cases each."""


def by_sign(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """``expr`` in each case of the signs on which its absolute values, maxima and signs depend; itself without any."""
    bent = expr.atoms(sp.Abs, sp.Max, sp.Min, sp.sign)
    symbols = sorted({s for e in bent for s in e.free_symbols if s.is_real and s.is_nonnegative is None}, key=str)
    if not symbols or len(symbols) > MOST_SYMBOLS:
        return (expr,)
    return tuple(expr.subs(dict(zip(symbols, signs, strict=True))) for signs in product(*map(_signs, symbols)))


def _signs(symbol: sp.Symbol) -> tuple[sp.Expr, ...]:
    size = sp.Dummy(symbol.name, positive=True, integer=symbol.is_integer)
    return size, -size, sp.Integer(0)
