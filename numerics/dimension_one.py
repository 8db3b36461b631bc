"""A relation of linear algebra where every dimension is one: what fails there fails in general, and is seen at once.

All names are numbers then, whatever their shapes are, a transpose or a trace is its body, and every product exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from operator import mul
from random import Random
from typing import Any

from flint import arb, ctx, fmpq

from numerics.balls import PRECISIONS
from numerics.matrices import (
    Apply,
    Constant,
    Dim,
    Identity,
    Name,
    Number,
    Pairwise,
    Pi,
    Power,
    Product,
    Sum,
    Term,
    Transpose,
    Zero,
    distinct,
)
from numerics.undetermined import Undetermined

At = Mapping[tuple[str, tuple[str, ...]], fmpq]
POINTS = 12
"""Points that are tried where functions have no value, as the logarithm of y² − n m² often has none."""


class _OutOfDomain(Undetermined):
    """A function has no value here, and may have one elsewhere."""


@lru_cache(maxsize=256)
def is_apart(left: Term, right: Term, whole: frozenset[str], ones: frozenset[str]) -> bool:
    """Whether two terms differ for certain at a point of positive numbers, with all dimensions one.

    Names in ``whole`` are whole numbers there, names in ``ones`` are one. The first of a few points is asked at which
    both sides have a value. False where none is, as where a side consists of more than has one in dimension one: of
    blocks, of sums up to a number.
    """
    names = {(t.key, t.indices) for t in distinct(left, right) if isinstance(t, Name)}
    for turn in range(POINTS):
        at = {name: fmpq(1) if name[0] in ones else _drawn(name, turn, name[0] in whole) for name in names}
        try:
            with ctx.workprec(PRECISIONS[0]):
                a, b = _value(left, at), _value(right, at)
                if a.is_finite() and b.is_finite():
                    return not a.overlaps(b)
        except _OutOfDomain:
            continue
        except (Undetermined, ZeroDivisionError, ValueError, OverflowError):
            return False
    return False


@lru_cache(maxsize=1_024)
def _drawn(name: tuple[str, tuple[str, ...]], turn: int, whole: bool) -> fmpq:
    """A number for a name or a member of a family, the same one whatever else there is; large and small ones."""
    random = Random(f"{name} {turn} in dimension one")
    return fmpq(random.randint(2, 12)) if whole else fmpq(random.randint(30, 190) << random.randint(0, 6), 97 * 8)


def _value(term: Term, at: At) -> arb:
    rule = _VALUES.get(term.__class__)
    if rule is None:
        raise Undetermined("it has no value in dimension one alone")
    return rule(term, at)


def _of_size_one(value: int, *dims: Dim) -> arb:
    """An identity, or a matrix of ones or zeros, whose dimensions are products of such as are one."""
    if any(len(dim) != 1 for dim in dims):
        raise Undetermined("a dimension that isn't one")
    return arb(value)


def _sum(term: Sum, at: At) -> arb:
    total = arb(0)
    for sign, item in zip(term.signs, term.items, strict=True):
        total = total + _value(item, at) if sign > 0 else total - _value(item, at)
    return total


def _power(term: Power, at: At) -> arb:
    base, exponent = _value(term.base, at), term.exponent
    if isinstance(exponent, Number) and exponent.value.q == 1:
        if exponent.value < 0 and base.contains(0):
            raise _OutOfDomain("a division by what may be zero")
        return base ** int(exponent.value.p)
    if not base > 0:
        raise _OutOfDomain("a power of what may be negative")
    return base ** _value(exponent, at)


def _applied(term: Apply, at: At) -> arb:
    function = _FUNCTIONS.get(term.function)
    if function is None:
        raise Undetermined(f"{term.function} is not evaluated")
    return function(_value(term.body, at))


def _positive(function: Callable[[arb], arb]) -> Callable[[arb], arb]:
    def value(x: arb) -> arb:
        if not x > 0:
            raise _OutOfDomain("a function of what may be negative")
        return function(x)

    return value


_FUNCTIONS: Mapping[str, Callable[[arb], arb]] = {
    **dict.fromkeys(("tr", "det", "diag", "vec"), lambda x: x),
    **dict.fromkeys(("norm", "norm1", "frobenius", "abs"), abs),
    "bars": _positive(lambda x: x),
    "log": _positive(arb.log),
    "sqrt": _positive(arb.sqrt),
    "gamma": _positive(arb.gamma),
    "digamma": _positive(arb.digamma),
    "exp": arb.exp,
}
"""What each function does in dimension one; |x| of a negative number may be a determinant, too."""
_VALUES: Mapping[type, Callable[[Any, At], arb]] = {
    Number: lambda term, at: arb(term.value),
    Pi: lambda term, at: arb.pi(),
    Zero: lambda term, at: arb(0),
    Name: lambda term, at: arb(at[term.key, term.indices]),
    Identity: lambda term, at: _of_size_one(1, term.dim),
    Constant: lambda term, at: _of_size_one(term.value, term.rows, term.columns),
    Sum: _sum,
    Product: lambda term, at: reduce(mul, [_value(item, at) for item in term.items]),
    Power: _power,
    Transpose: lambda term, at: _value(term.body, at),
    Apply: _applied,
    Pairwise: lambda term, at: _value(term.left, at) * _value(term.right, at),
}
