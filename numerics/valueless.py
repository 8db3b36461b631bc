"""Where an expression surely has no real value: the logarithm of a negative number, a power of one, a pole.

What can't be enclosed may still have a value; what is named here has none, however it is computed: the part that has
none is enclosed in a ball that lies wholly where its function is not defined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp
from flint import arb, fmpq

from numerics.balls import Point, Undetermined, enclose

INSIDE = (fmpq(1, 3), fmpq(5, 7))
"""Where between its ends an integrand is looked at."""
WALKED = 4_000
"""Parts of an expression that are looked at."""
_PIECES = (sp.Piecewise, sp.Max, sp.Min, sp.Abs)
"""What may have a value though a part of it has none, or is never asked."""


def valueless(expression: sp.Basic, at: Point) -> str | None:
    """The part that has no real value at a point, in words; None where none is found to lack one."""
    met: dict[sp.Basic, arb] = {}
    for n, (part, here) in enumerate(_parts(expression, at)):
        if n >= WALKED:
            return None
        try:
            said = _lacks(part, here, met if here is at else {})
        except Undetermined:
            continue
        if said is not None:
            return said
    return None


def _parts(expression: sp.Basic, at: Point) -> Iterator[tuple[sp.Basic, Point]]:
    """All parts that are surely evaluated, with the values of the names there, an integrand at points inside."""
    stack: list[tuple[sp.Basic, Point]] = [(expression, at)]
    while stack:
        part, here = stack.pop()
        yield part, here
        if isinstance(part, sp.Integral):
            stack.extend((part.function, inner) for inner in _inside(part, here))
        elif not isinstance(part, (*_PIECES, sp.Sum)):
            stack.extend((a, here) for a in part.args)


def _inside(integral: sp.Integral, at: Point) -> Iterator[Mapping[sp.Symbol, fmpq]]:
    if len(integral.limits) != 1 or len(integral.limits[0]) != 3:
        return
    variable, low, high = integral.limits[0]
    if low.is_Rational and high.is_Rational:
        a, b = (fmpq(int(end.p), int(end.q)) for end in (low, high))
        yield from ({**at, variable: a + (b - a) * part} for part in INSIDE)


def _lacks(part: sp.Basic, at: Point, met: dict[sp.Basic, arb]) -> str | None:
    """What a part lacks at a point. Raises Undetermined where its arguments can't be enclosed."""
    if isinstance(part, sp.log):
        inner = enclose(part.args[0], at=at, met=met)
        lacks = inner < 0 or (inner.is_exact() and inner.is_zero())
        return f"the logarithm of {inner.str(6, radius=False)}" if lacks else None
    if isinstance(part, sp.Pow):
        return _power(part, at, met)
    if isinstance(part, sp.gamma | sp.loggamma | sp.digamma | sp.factorial):
        inner = enclose(part.args[0], at=at, met=met) + (1 if isinstance(part, sp.factorial) else 0)
        whole = inner.unique_fmpz()
        pole = whole is not None and whole <= 0 and inner.is_exact()
        return f"the gamma function of {whole}" if pole else None
    return None


def _power(part: sp.Pow, at: Point, met: dict[sp.Basic, arb]) -> str | None:
    base, exponent = part.args
    if exponent.is_Rational and (exponent.q % 2 == 1):
        return None
    inner = enclose(base, at=at, met=met)
    if not inner < 0:
        return None
    above = enclose(exponent, at=at, met=met)
    if above.contains_integer():
        return None
    return f"{inner.str(6, radius=False)} to the power of {above.str(6, radius=False)}"
