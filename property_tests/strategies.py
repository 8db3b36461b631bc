"""Hypothesis strategies from the domains of variables: exact values, so that a failing example can be written down."""

from __future__ import annotations

import sympy as sp
from hypothesis import strategies as st

from claims.domains import (
    ClosedUnit,
    Domain,
    Integer,
    NonNegative,
    OpenUnit,
    Positive,
    Real,
    Variable,
)

SIZE = 20


def rationals(low: int, high: int) -> st.SearchStrategy[sp.Rational]:
    """Fractions between two whole numbers, with small denominators."""
    return st.fractions(low, high, max_denominator=12).map(lambda f: sp.Rational(f.numerator, f.denominator))


def values(domain: Domain) -> st.SearchStrategy[sp.Rational]:
    """Exact values of a scalar domain, up to ``SIZE``."""
    match domain:
        case Real():
            return rationals(-SIZE, SIZE)
        case Positive():
            return rationals(0, SIZE).filter(lambda r: r > 0)
        case NonNegative():
            return rationals(0, SIZE)
        case OpenUnit():
            return rationals(0, 1).filter(lambda r: 0 < r < 1)
        case ClosedUnit():
            return rationals(0, 1)
        case Integer(least, most):
            low = least if least is not None else (most if most is not None else 0) - SIZE
            high = most if most is not None else low + 2 * SIZE
            return st.integers(low, high).map(sp.Integer)
        case _:
            raise TypeError(f"{domain} is not a scalar domain")


def points(variables: tuple[Variable, ...]) -> st.SearchStrategy[dict[str, sp.Rational]]:
    """A value for each variable, by name."""
    return st.fixed_dictionaries({v.name: values(v.domain) for v in variables})
