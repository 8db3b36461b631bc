"""Cases: a real number is above zero, below it, or zero. In each case |x|, max(x, 0) and sign(x) are plain.

Of positive numbers, min(a, b) = a min(1, b/a), max(a, b) = a + b − min(a, b), and min(1, 1/r) = min(1, r)/r: what is
left is one number min(1, r) for each ratio r. Of other real numbers, max(a, b) = (a + b + |a − b|)/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import sympy as sp

from claims.indicators import OF_SIGN, IsNonNegative, IsPositive, IsZero

MOST_SYMBOLS = 2
"""Symbols whose sign is split on; three cases each."""


class LesserThanOne(sp.Function):  # type: ignore[misc]  # sympy is untyped
    """min(1, r) for a positive r, as it stands: one for each ratio, told apart by what it is of."""

    nargs = 1
    is_positive = True


def by_sign(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """``expr`` in each case of the signs on which its absolute values, maxima and signs depend; itself without any."""
    expr = expr.replace(sp.Max, lambda *args: _halfway(sp.Max, args, 1)).replace(
        sp.Min, lambda *args: _halfway(sp.Min, args, -1)
    )
    bent = expr.atoms(sp.Abs, sp.Max, sp.Min, sp.sign)
    symbols = sorted({s for e in bent for s in e.free_symbols if s.is_real and s.is_nonnegative is None}, key=str)
    if not symbols:
        return tuple(map(of_ratios, _either_way(expr)))
    if len(symbols) > MOST_SYMBOLS:
        return (of_ratios(expr),)
    cases = (dict(zip(symbols, signs, strict=True)) for signs in product(*map(_signs, symbols)))
    return tuple(of_ratios(expr.subs(case)) for case in cases)


def by_condition(expr: sp.Expr) -> tuple[tuple[sp.Expr, ...], ...]:
    """``expr`` in each case of the one condition in it, 1[d ≥ 0] or such, each as it stands, and with a term or a
    letter of d as what d and the others leave of it; itself where there is no condition, or several.
    """
    numbers = {e.args[0] for e in expr.atoms(*OF_SIGN)}
    if len(numbers) != 1 or not next(iter(numbers)).is_real:
        return ((expr,),)
    (d,) = numbers
    return tuple(
        tuple(_where(expr, d, size, sign)) for size, sign in zip(_signs(sp.Dummy("d")), (1, -1, 0), strict=True)
    )


def _where(expr: sp.Expr, d: sp.Expr, size: sp.Expr, sign: int) -> Iterator[sp.Expr]:
    """``expr`` where ``d`` is ``size``, which has this sign."""
    holds = {IsPositive: sign > 0, IsNonNegative: sign >= 0, IsZero: sign == 0}
    settled = expr.replace(lambda e: isinstance(e, OF_SIGN), lambda e: sp.Integer(holds[type(e)]))
    yield settled
    for term in sp.Add.make_args(d):
        factor, core = term.as_coeff_Mul()
        if core != 1:
            yield settled.xreplace({core: (size - (d - term)) / factor})
    top, bottom = sp.fraction(sp.together(d))
    for letter in sorted(top.free_symbols, key=sp.default_sort_key):
        line = sp.Poly(top, letter) if top.is_polynomial(letter) else None
        if line is not None and line.degree() == 1 and line.LC().is_nonzero:
            yield settled.xreplace({letter: (size * bottom - line.TC()) / line.LC()})


def _either_way(expr: sp.Expr) -> tuple[sp.Expr, ...]:
    """``expr`` with |e| as e and as −e, for each absolute value of something real that has no letter to split on."""
    sizes = sorted((e for e in expr.atoms(sp.Abs) if e.args[0].is_real), key=sp.default_sort_key)
    if not sizes or len(sizes) > MOST_SYMBOLS:
        return (expr,)
    return tuple(
        expr.xreplace({e: turn * e.args[0] for e, turn in zip(sizes, turns, strict=True)})
        for turns in product((1, -1), repeat=len(sizes))
    )


def of_ratios(expr: sp.Expr) -> sp.Expr:
    """``expr`` with each minimum and maximum of two positive numbers in terms of min(1, their ratio)."""
    return expr.replace(sp.Max, _greater).replace(sp.Min, _lesser)


def _greater(*args: sp.Expr) -> sp.Expr:
    if len(args) != 2 or not all(a.is_positive for a in args):
        return sp.Max(*args)
    return sp.Add(*args) - sp.Min(*args)


def _lesser(*args: sp.Expr) -> sp.Expr:
    if len(args) != 2 or not all(a.is_positive for a in args):
        return sp.Min(*args)
    a, b = args
    apart = sp.expand_log(sp.log(a) - sp.log(b))
    if apart.is_nonnegative or apart.is_nonpositive:
        return b if apart.is_nonnegative else a
    ratios = [sp.factor(sp.powsimp(sp.together(r))) for r in (b / a, a / b)]
    if min(ratios, key=sp.default_sort_key) == ratios[1]:
        a, ratios = b, ratios[::-1]
    return a * LesserThanOne(ratios[0])


def _halfway(kind: type[sp.Max | sp.Min], args: tuple[sp.Expr, ...], turn: int) -> sp.Expr:
    """(a + b ± |a − b|)/2 of two real numbers that are not both positive."""
    if len(args) != 2 or not all(a.is_real for a in args) or all(a.is_positive for a in args):
        return kind(*args)
    a, b = args
    return (a + b + turn * sp.Abs(a - b)) / 2


def _signs(symbol: sp.Symbol) -> tuple[sp.Expr, ...]:
    size = sp.Dummy(symbol.name, positive=True, integer=symbol.is_integer)
    return size, -size, sp.Integer(0)
