"""A domain's values, and the SymPy flags that stand for it."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from claims.domains import (
    ClosedUnit,
    Integer,
    Matrix,
    NonNegative,
    OpenUnit,
    Positive,
    PositiveDefinite,
    Real,
    Simplex,
    Variable,
    Vector,
    contains,
    named,
    symbol_of,
    symbols_of,
)
from property_tests.strategies import rationals, values

SCALARS = (
    Real(),
    Positive(),
    NonNegative(),
    OpenUnit(),
    ClosedUnit(),
    Integer(),
    Integer(0),
    Integer(1),
    Integer(-2, 3),
)
OTHERS = (Vector(2), Matrix(2, 3), PositiveDefinite(2), Simplex(3))

scalars = st.sampled_from(SCALARS)


@given(scalars.flatmap(lambda d: st.tuples(st.just(d), values(d))))
def test_a_drawn_value_lies_in_its_domain(drawn):
    domain, value = drawn
    assert contains(domain, value) is True


@given(scalars, rationals(-20, 20))
def test_the_flags_of_a_symbol_hold_for_every_value_of_its_domain(domain, value):
    if contains(domain, value):
        flags = symbol_of(Variable("v", domain)).assumptions0
        assert all(getattr(value, f"is_{flag}") == said for flag, said in flags.items())


@pytest.mark.parametrize(
    ("domain", "outside"),
    [
        (Positive(), sp.Integer(0)),
        (Positive(), -sp.sqrt(2)),
        (NonNegative(), sp.Rational(-1, 100)),
        (OpenUnit(), sp.Integer(0)),
        (OpenUnit(), sp.Integer(1)),
        (ClosedUnit(), sp.Rational(101, 100)),
        (Integer(), sp.Rational(1, 2)),
        (Integer(1), sp.Integer(0)),
        (Integer(None, 3), sp.Integer(4)),
        (Real(), sp.I),
        (Real(), sp.oo),
        (Positive(), sp.oo),
        (Real(), sp.zoo),
    ],
)
def test_what_lies_outside_is_said_to(domain, outside):
    assert contains(domain, outside) is False


@given(scalars)
def test_what_is_no_number_is_unknown(domain):
    assert contains(domain, sp.Symbol("y")) is None
    assert contains(domain, sp.nan) is None


@pytest.mark.parametrize("domain", OTHERS)
def test_only_scalars_have_symbols_and_known_values(domain):
    assert contains(domain, sp.Integer(1)) is None
    with pytest.raises(TypeError, match=r"v ranges over .* only a scalar"):
        symbol_of(Variable("v", domain))


def test_symbols_come_in_order():
    x, s = symbols_of((Variable("x", Real()), Variable("s", Positive())))
    assert (x.name, s.name) == ("x", "s")
    assert s.is_positive
    assert x.is_positive is None


def test_variables_are_taken_by_name_in_their_own_order():
    where = (Variable("x", Real()), Variable("s", Positive()), Variable("y", Real()))
    assert named(where, "y x") == (where[0], where[2])
    with pytest.raises(ValueError, match="no variable is called z"):
        named(where, "x z")
