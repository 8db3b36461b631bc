"""Integrals are enclosed: the ball holds the value found on another route, and where no value exists none is given."""

from fractions import Fraction

import pytest
import sympy as sp
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import Undetermined, enclose

x, a, b, m, s = sp.symbols("x a b m s", real=True)
CANCELLING = sp.exp(sp.Add(sp.sqrt(2) * x, -(x**2) / 2, -sp.Mul(sp.sqrt(2), x, evaluate=False), evaluate=False))
"""Its linear terms cancel, which balls around √2 don't show."""
small = st.fractions(min_value=Fraction(1, 4), max_value=4, max_denominator=9)


def integral(f, low, high, **at):
    return enclose(sp.Integral(f, (x, low, high)), at={sp.Symbol(k, real=True): fmpq(v) for k, v in at.items()})


def exact(q):
    return fmpq(q.numerator, q.denominator)


@pytest.mark.parametrize(
    ("f", "low", "high", "value"),
    [
        (sp.cos(x) ** 2, -sp.pi, sp.pi, sp.pi),
        (sp.Abs(x), -1, 2, sp.Rational(5, 2)),
        (sp.sqrt(x), 0, 4, sp.Rational(16, 3)),
        (1 / sp.sqrt(x), 0, 4, sp.Integer(4)),
        (x, 1, 0, sp.Rational(-1, 2)),
        (1 / (1 + x**2), -sp.oo, sp.oo, sp.pi),
        (1 / (1 + x**2), sp.oo, -sp.oo, -sp.pi),
        (sp.exp(-(x**2)), -sp.oo, 0, sp.sqrt(sp.pi) / 2),
        (x * sp.exp(-(x**2)), -sp.oo, sp.oo, sp.Integer(0)),
        (sp.exp(-x) / (1 + sp.exp(-x)) ** 2, 0, sp.oo, sp.Rational(1, 2)),
        (sp.exp(-x) * sp.exp(x / 3), 0, sp.oo, sp.Rational(3, 2)),
        (sp.exp(-x) * sp.sin(x), 0, sp.oo, sp.Rational(1, 2)),
        (CANCELLING, -sp.oo, sp.oo, sp.sqrt(2 * sp.pi)),
    ],
)
def test_an_integral_with_a_known_value_is_enclosed(f, low, high, value):
    ball = integral(f, low, high)
    assert ball.overlaps(enclose(value))
    assert ball.rad() < arb(2) ** -20


@settings(max_examples=25, deadline=None)
@given(small, small)
def test_the_gamma_integral_is_the_gamma_function(shape, rate):
    ball = integral(x ** (a - 1) * sp.exp(-b * x), 0, sp.oo, a=exact(shape), b=exact(rate))
    assert ball.overlaps(enclose(sp.gamma(a) / b**a, at={a: exact(shape), b: exact(rate)}))


@settings(max_examples=15, deadline=None)
@given(small, small.filter(lambda q: q >= Fraction(1, 2)))
def test_the_beta_integral_is_the_beta_function(first, second):
    ball = integral(x ** (a - 1) * (1 - x) ** (b - 1), 0, 1, a=exact(first), b=exact(second))
    assert ball.overlaps(enclose(sp.beta(a, b), at={a: exact(first), b: exact(second)}))


@settings(max_examples=15, deadline=None)
@given(small, small, small)
def test_a_normal_integral_up_to_a_point_is_the_error_function(mean, spread, end):
    point = {m: exact(mean), s: exact(spread), b: exact(end)}
    ball = enclose(sp.Integral(sp.exp(-((x - m) ** 2) / (2 * s**2)), (x, -sp.oo, b)), at=point)
    assert ball.overlaps(enclose(sp.sqrt(sp.pi / 2) * s * sp.erfc((m - b) / (s * sp.sqrt(2))), at=point))


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [
        (1 / x, 0, 1),
        (1 / x, 1, sp.oo),
        (1 / x, -1, 1),
        (sp.log(x), -1, 1),
        (sp.sqrt(x), -1, 1),
        (sp.exp(x), 0, sp.oo),
        (sp.sin(x), 0, sp.oo),
        (sp.exp(x**2) * sp.exp(-(x**2)), 0, sp.oo),
        (1 / (x - 2) ** 2, 0, sp.oo),
        (sp.Integral(1 / (x - a), (a, 0, 1)), 0, 1),
        (sp.floor(x), 0, 2),
    ],
)
def test_where_no_value_is_known_none_is_given(f, low, high):
    with pytest.raises(Undetermined):
        integral(f, low, high)


def test_the_variable_of_an_integral_hides_the_name_outside():
    f = sp.Integral(x**2, (x, 0, 1)) + x
    assert enclose(f, at={x: fmpq(5)}).overlaps(arb(16) / 3)


def test_a_tail_that_is_cut_off_is_counted_in_the_error():
    ball = integral(1 / (1 + x**2), 0, sp.oo)
    assert ball.overlaps(arb.pi() / 2)
    assert ball.rad() > arb(2) ** -60


SLOW_ENDS = (
    (x ** (a - 1) * sp.exp(-x), 0, sp.oo, sp.gamma(a)),
    (x ** (a - 1) / (1 + x) ** (a + 1), 0, sp.oo, 1 / a),
    (x ** (a - 1) * (1 - x) ** (b - 1), 0, 1, sp.beta(a, b)),
    ((1 + x**2 / b) ** (-(b + 1) / 2), -sp.oo, sp.oo, sp.sqrt(b * sp.pi) * sp.gamma(b / 2) / sp.gamma((b + 1) / 2)),
    (1 / (x * (1 / x ** (a + 1))) * sp.exp(-x), 0, sp.oo, sp.gamma(a + 1)),
)
"""Integrands with broken powers that vanish or explode slowly at an end, and their integrals."""


@pytest.mark.parametrize(("f", "low", "high", "value"), SLOW_ENDS)
@pytest.mark.parametrize("least", [fmpq(1, 25), fmpq(2, 7), fmpq(31, 9)])
def test_slow_powers_at_an_end_are_enclosed_and_no_wrong_value_is(f, low, high, value, least):
    at = {a: least, b: least + fmpq(1, 3)}
    ball, right = enclose(sp.Integral(f, (x, low, high)), at=at), enclose(value, at=at)
    assert ball.overlaps(right)
    assert not ball.overlaps(right * (1 + arb(10) ** -6))


def test_a_broken_power_of_what_is_negative_in_the_range_has_no_value():
    with pytest.raises(Undetermined):
        enclose(sp.Integral((2 * x - x**2) ** a * sp.exp(-x), (x, 0, sp.oo)), at={a: fmpq(1, 3)})
