"""The law of a sum or of a product of functions of independent variables, by expectations that such a law multiplies.

For a sum Z = c + Σ h_k(X_k) the expectations of exp(itZ) and of exp(−tZ) are products, for a product Z = c Π h_k(X_k)
that of Z^s. Each factor is an integral or a sum over one density; what is stated for Z is treated in the same way. Two
values of a transform don't tell every law apart: a difference refutes, agreement at random parameters supports.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import sympy as sp
from flint import arb, fmpq

from claims.laws import Family, support_of
from claims.notation import Normal
from claims.records import Record
from numerics.balls import enclose
from numerics.families.moments import expectation

Univariate = Family | Normal
Point = Mapping[sp.Symbol, fmpq]
FREQUENCIES = (sp.Rational(2, 5), sp.Integer(1))
EXPONENTS = (sp.Rational(1, 8), sp.Rational(1, 4))
"""Of a positive product; small, so that they exist for heavy tails."""
MOMENTS = (sp.Integer(1), sp.Integer(2))
"""Of a product that may be negative."""


class Separated(Record):
    """A sum or a product of ``constant`` and of functions of one variable each."""

    product: bool
    constant: sp.Expr
    parts: tuple[tuple[sp.Symbol, sp.Expr], ...]


def separated(e: sp.Expr, variables: frozenset[sp.Symbol]) -> Separated | None:
    """An expression as a sum, else as a product, of functions of one variable each; None where it is neither."""
    return _grouped(sp.Add, sp.expand_mul(e), variables) or _grouped(sp.Mul, e, variables)


def _grouped(kind: type[sp.Add] | type[sp.Mul], e: sp.Expr, variables: frozenset[sp.Symbol]) -> Separated | None:
    groups: dict[sp.Symbol | None, list[sp.Expr]] = {None: []}
    for term in kind.make_args(e):
        inside = sorted(term.free_symbols & variables, key=str)
        if len(inside) > 1:
            return None
        groups.setdefault(inside[0] if inside else None, []).append(term)
    constant = kind(*groups.pop(None))
    parts = tuple((symbol, kind(*terms)) for symbol, terms in groups.items() if symbol is not None)
    return Separated(kind is sp.Mul, constant, parts) if parts else None


class Transform(Enum):
    """What is taken the expectation of: cos tZ and sin tZ, exp(−tZ), or Z^s."""

    WAVES = "waves"
    DECAY = "decay"
    POWER = "power"


def transforms(z: Separated, laws: Mapping[sp.Symbol, Univariate]) -> tuple[Transform, ...]:
    """The transforms to try, the one whose bounds are tightest first."""
    if z.product:
        return (Transform.POWER,)
    whole = any(support_of(laws[symbol]).whole for symbol, _ in z.parts)
    return (Transform.DECAY,) if whole else (Transform.WAVES, Transform.DECAY)


def of_separated(
    z: Separated, laws: Mapping[sp.Symbol, Univariate], kind: Transform, index: int, at: Point
) -> tuple[arb, ...]:
    """The expectations number ``index`` (0 or 1) for Z at a point. Raises Undetermined."""
    if kind is Transform.WAVES:
        t = FREQUENCIES[index]
        real, imaginary = enclose(sp.cos(t * z.constant), at=at), enclose(sp.sin(t * z.constant), at=at)
        for symbol, h in z.parts:
            a, b = (_expected(laws[symbol], f, symbol, at) for f in (sp.cos(t * h), sp.sin(t * h)))
            real, imaginary = real * a - imaginary * b, real * b + imaginary * a
        return real, imaginary
    exponent = _exponent(z, laws, index)
    value = enclose(_one(kind, z.constant, exponent, index), at=at)
    for symbol, h in z.parts:
        value *= _expected(laws[symbol], _one(kind, h, exponent, index), symbol, at)
    return (value,)


def of_law(
    law: Univariate, z: Separated, laws: Mapping[sp.Symbol, Univariate], kind: Transform, index: int, at: Point
) -> tuple[arb, ...]:
    """The same expectations for a variable with a law of its own. Raises Undetermined."""
    x, t = sp.Symbol("x_z"), FREQUENCIES[index]
    if kind is Transform.WAVES:
        return _expected(law, sp.cos(t * x), x, at), _expected(law, sp.sin(t * x), x, at)
    return (_expected(law, _one(kind, x, _exponent(z, laws, index), index), x, at),)


def _one(kind: Transform, e: sp.Expr, exponent: sp.Expr, index: int) -> sp.Expr:
    return e**exponent if kind is Transform.POWER else sp.exp(-FREQUENCIES[index] * e)


def _expected(law: Univariate, e: sp.Expr, symbol: sp.Symbol, at: Point) -> arb:
    return enclose(expectation(law, lambda x: e.subs(symbol, x)), at=at)


def _exponent(z: Separated, laws: Mapping[sp.Symbol, Univariate], index: int) -> sp.Expr:
    positive = all(support_of(laws[symbol]).low.is_nonnegative is True for symbol, _ in z.parts)
    return (EXPONENTS if positive else MOMENTS)[index]
