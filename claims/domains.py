"""The values a variable may take: what a claim quantifies over, and what a witness must satisfy."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from claims.records import Record


class Real(Record):
    """Any real number."""


class Positive(Record):
    """A real number above zero."""


class NonNegative(Record):
    """A real number that is zero or above."""


class OpenUnit(Record):
    """A real number strictly between 0 and 1: a probability of something that may or may not happen."""


class ClosedUnit(Record):
    """A real number from 0 to 1, both included: a probability."""


class Integer(Record):
    """A whole number from ``least`` (or without bound below) to ``most`` (or without bound above)."""

    least: int | None = None
    most: int | None = None


class Vector(Record):
    """A column of ``dim`` reals; ``dim`` is a number or the name of a variable."""

    dim: int | str


class Matrix(Record):
    """``rows`` by ``cols`` reals."""

    rows: int | str
    cols: int | str


class PositiveDefinite(Record):
    """A symmetric positive definite ``dim`` by ``dim`` matrix."""

    dim: int | str


class Simplex(Record):
    """``size`` non-negative reals that sum to one."""

    size: int | str


Domain = Real | Positive | NonNegative | OpenUnit | ClosedUnit | Integer | Vector | Matrix | PositiveDefinite | Simplex


class Variable(Record):
    """A name, the values it ranges over, and what it stands for in words."""

    name: str
    domain: Domain
    meaning: str = ""


def contains(domain: Domain, value: sp.Expr) -> bool | None:
    """Whether an exact scalar lies in a scalar domain; None where that can't be told."""
    if not value.is_number or value.is_extended_real is False:
        return False if value.is_extended_real is False else None
    match domain:
        case Real():
            return _flag(value.is_real)
        case Positive():
            return _flag(value.is_positive)
        case NonNegative():
            return _flag(value.is_nonnegative)
        case OpenUnit():
            return _both(value.is_positive, (1 - value).is_positive)
        case ClosedUnit():
            return _both(value.is_nonnegative, (1 - value).is_nonnegative)
        case Integer(least, most):
            inside = True if least is None else (value - least).is_nonnegative
            below = True if most is None else (most - value).is_nonnegative
            return _both(value.is_integer, _both(inside, below))
        case Vector() | Matrix() | PositiveDefinite() | Simplex():
            return None


def symbol_of(variable: Variable) -> sp.Symbol:
    """The SymPy symbol that carries the flags of a scalar variable's domain.

    Raises TypeError for a domain that is not scalar: SymPy's flags can't say it.
    """
    match variable.domain:
        case Real():
            return sp.Symbol(variable.name, real=True)
        case Positive() | OpenUnit():
            return sp.Symbol(variable.name, positive=True)
        case NonNegative() | ClosedUnit():
            return sp.Symbol(variable.name, nonnegative=True)
        case Integer(least, _):
            if least is not None and least > 0:
                return sp.Symbol(variable.name, integer=True, positive=True)
            if least is not None and least == 0:
                return sp.Symbol(variable.name, integer=True, nonnegative=True)
            return sp.Symbol(variable.name, integer=True)
        case Vector() | Matrix() | PositiveDefinite() | Simplex():
            raise TypeError(f"{variable.name} ranges over {variable.domain}: only a scalar has a SymPy symbol")


def symbols_of(variables: Iterable[Variable]) -> tuple[sp.Symbol, ...]:
    """The symbols of several scalar variables, in order."""
    return tuple(symbol_of(v) for v in variables)


def named(variables: Iterable[Variable], names: str) -> tuple[Variable, ...]:
    """The variables of these names, which stand apart by spaces, in the order of ``variables``.

    Raises ValueError for a name that no variable has.
    """
    wanted = names.split()
    found = tuple(v for v in variables if v.name in wanted)
    if missing := sorted(set(wanted) - {v.name for v in found}):
        raise ValueError(f"no variable is called {', '.join(missing)}")
    return found


def _flag(known: object) -> bool | None:
    return None if known is None else bool(known)


def _both(a: bool | None, b: bool | None) -> bool | None:
    if a is False or b is False:
        return False
    return True if a and b else None
