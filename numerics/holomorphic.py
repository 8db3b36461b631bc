"""A real integrand as a function of complex balls, so that its analyticity on a region can be checked.

Parts without the variable are evaluated once. Where a function has a branch cut, the flag ``analytic`` is passed on:
the ball is then non-finite wherever the cut is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, mul

import sympy as sp
from flint import acb, arb, fmpz

from claims.indicators import IsNonNegative, IsPositive
from claims.records import Record
from numerics.undetermined import Undetermined

Holomorphic = Callable[[acb, bool], acb]
Constant = Callable[[sp.Basic], arb]
Values = tuple[acb, ...]
Function = Callable[[Values, bool], acb]
"""From several variables, and whether analyticity must be checked, to a ball."""


def holomorphic(e: sp.Basic, variable: sp.Symbol, constant: Constant) -> Holomorphic:
    """``e`` as a function of ``variable``; ``constant`` encloses the parts without it. Raises Undetermined."""
    if not e.has(variable):
        return _always(acb(constant(e)))
    if e == variable:
        return lambda z, analytic: z
    if isinstance(e, sp.Integral):
        raise Undetermined("an integral inside an integral is not evaluated")
    if isinstance(e, sp.Add | sp.Mul):
        return _folded(add if isinstance(e, sp.Add) else mul, e, variable, constant)
    if isinstance(e, sp.Pow):
        return _power(e, variable, constant)
    rule = RULES.get(type(e))
    if rule is None:
        raise Undetermined(f"{type(e).__name__} is not integrated")
    (inner,) = (holomorphic(a, variable, constant) for a in e.args)
    return lambda z, analytic: rule(inner(z, analytic), analytic)


def _folded(operation: Callable[[acb, acb], acb], e: sp.Basic, variable: sp.Symbol, constant: Constant) -> Holomorphic:
    """A sum or a product, its constant parts taken together. Written out for few parts: it is evaluated very often."""
    parts: list[Holomorphic] = []
    fixed: list[acb] = []
    for a in _flat(e, type(e)):
        if a.has(variable):
            parts.append(holomorphic(a, variable, constant))
        else:
            fixed.append(acb(constant(a)))
    start = reduce(operation, fixed) if fixed else None
    match parts:
        case [f] if start is None:
            return f
        case [f]:
            return lambda z, analytic: operation(f(z, analytic), start)
        case [f, g] if start is None:
            return lambda z, analytic: operation(f(z, analytic), g(z, analytic))
        case [f, g]:
            return lambda z, analytic: operation(operation(f(z, analytic), g(z, analytic)), start)
    first, *rest = parts if start is None else (*parts, _always(start))

    def folded(z: acb, analytic: bool) -> acb:
        value = first(z, analytic)
        for part in rest:
            value = operation(value, part(z, analytic))
        return value

    return folded


def _always(value: acb) -> Holomorphic:
    return lambda z, analytic: value


def _flat(e: sp.Basic, kind: type) -> Iterator[sp.Basic]:
    """The terms of a sum or the factors of a product, through brackets that hold the same again."""
    for a in e.args:
        if isinstance(a, kind):
            yield from _flat(a, kind)
        else:
            yield a


def _power(e: sp.Pow, variable: sp.Symbol, constant: Constant) -> Holomorphic:
    if e.base is sp.E:
        exponent = holomorphic(e.exp, variable, constant)
        return lambda z, analytic: exponent(z, analytic).exp()
    base = holomorphic(e.base, variable, constant)
    if e.exp.is_Integer:
        whole = fmpz(int(e.exp))
        return lambda z, analytic: base(z, analytic) ** whole
    if e.exp == sp.Rational(1, 2):
        return lambda z, analytic: base(z, analytic).sqrt(analytic=analytic)
    if not e.exp.has(variable):
        fixed = acb(constant(e.exp))
        return lambda z, analytic: base(z, analytic).pow(fixed, analytic=analytic)
    if e.base.has(variable):
        raise Undetermined("a power with the variable in its base and its exponent is not integrated")
    power = holomorphic(e.exp, variable, constant)
    return lambda z, analytic: base(z, analytic).pow(power(z, analytic), analytic=analytic)


RULES: dict[type, Callable[[acb, bool], acb]] = {
    sp.log: lambda z, analytic: z.log(analytic=analytic),
    sp.Abs: lambda z, analytic: z.real_abs(analytic=analytic),
    sp.exp: lambda z, _: z.exp(),
    sp.sin: lambda z, _: z.sin(),
    sp.cos: lambda z, _: z.cos(),
    sp.tan: lambda z, _: z.tan(),
    sp.sinh: lambda z, _: z.sinh(),
    sp.cosh: lambda z, _: z.cosh(),
    sp.tanh: lambda z, _: z.tanh(),
    sp.erf: lambda z, _: z.erf(),
    sp.erfc: lambda z, _: z.erfc(),
    sp.gamma: lambda z, _: z.gamma(),
    IsPositive: lambda z, analytic: z.real_heaviside(analytic=analytic),
    IsNonNegative: lambda z, analytic: z.real_heaviside(analytic=analytic),
}


def function_of(e: sp.Basic, variables: Sequence[sp.Symbol], constant: Constant) -> Function:
    """``e`` as a function of several variables, in the given order. Raises Undetermined."""
    return _Maker({v: i for i, v in enumerate(variables)}, constant).function(e)


class _Maker(Record):
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
