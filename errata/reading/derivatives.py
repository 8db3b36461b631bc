"""Exact derivatives of lowered expressions, and whether integrals in them can be computed."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from flint import fmpq

from claims.indicators import OF_SIGN
from errata.reading.vectors import Unlowered
from numerics.balls import Point, Undetermined, enclose
from numerics.free_names import free_names

PLACES = (fmpq(13, 17), fmpq(9, 5), fmpq(4, 11), fmpq(31, 13), fmpq(23, 29))
"""Values, one after the other, of the names in an integral that is tried."""
_SMOOTH = (
    sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.asin, sp.acos,
    sp.atan, sp.erf, sp.erfc, sp.gamma, sp.loggamma, sp.digamma, sp.beta, sp.lowergamma, sp.uppergamma, sp.polygamma,
    sp.Abs, sp.Max, sp.Min, *OF_SIGN,
)  # fmt: skip
"""What has a derivative, |x| and max(x, 0) everywhere but at 0."""


def differentiated(value: sp.Basic, symbol: sp.Symbol, squared: bool) -> sp.Expr:
    """The derivative by a name, or by the square of a name: df/dσ² = (df/dσ)/(2σ). Raises Unlowered."""
    for part in sp.preorder_traversal(value):
        if part.has(symbol) and part != symbol and not isinstance(part, _SMOOTH):
            raise Unlowered(f"a derivative of {type(part).__name__} is not judged yet")
    slope = value.diff(symbol)
    if slope.has(sp.Derivative, sp.Subs, sp.meijerg, sp.nan, sp.zoo):
        raise Unlowered("a derivative without a closed form")
    return sp.Mul(slope, sp.Pow(2 * symbol, -1, evaluate=False), evaluate=False) if squared else slope


@lru_cache(maxsize=512)
def can_be_enclosed(value: sp.Basic) -> bool:
    """Whether an integral has a value that can be computed, at one of a few choices of its names."""
    names = sorted(free_names(value), key=str)
    for turn in range(3):
        if has_value(value, {s: PLACES[(i + turn) % len(PLACES)] / (1 + turn) for i, s in enumerate(names)}):
            return True
    return False


def has_value(value: sp.Basic, at: Point) -> bool:
    """Whether an expression has a value that can be computed at a point."""
    try:
        enclose(value, at=at)
    except Undetermined:
        return False
    return True
