"""Sums of fractions of polynomials: enclosed to many digits where they converge, and not where they don't."""

from __future__ import annotations

from collections.abc import Iterator

import mpmath
import pytest
import sympy as sp
from flint import arb, ctx, fmpq
from hypothesis import example, given, settings
from hypothesis import strategies as st

from numerics.balls import enclose
from numerics.undetermined import Undetermined

k, x = sp.symbols("k x", real=True)
TWO_THIRDS = {x: fmpq(2, 3)}


@pytest.fixture(autouse=True)
def many_digits() -> Iterator[None]:
    with ctx.workprec(160):
        yield


def total(term: sp.Expr, low: int = 1) -> arb:
    return enclose(sp.Sum(term, (k, low, sp.oo)), at=TWO_THIRDS)


def holds(ball: arb, value: str) -> bool:
    """Whether a ball is narrow, and holds a value that is known to some 38 digits."""
    return bool(abs(ball - arb(value)) < 1e-30) and float(ball.rad()) < 1e-30


KNOWN = [
    (1 / k**2, 1, sp.pi**2 / 6),
    (1 / k**4, 1, sp.pi**4 / 90),
    (1 / (2 * k - 1) ** 2, 1, sp.pi**2 / 8),
    (1 / (k * (k + 1)), 1, sp.Integer(1)),
    ((-1) ** k / (2 * k + 1), 0, sp.pi / 4),
    ((-1) ** (k + 1) / k, 1, sp.log(2)),
    ((-1) ** (3 * k) / k**2, 1, -(sp.pi**2) / 12),
    (6 / (sp.pi**2 * k**2), 1, sp.Integer(1)),
    (1 / (k**2 + x**2), 1, (sp.pi * x * sp.coth(sp.pi * x) - 1) / (2 * x**2)),
    (1 / ((k + 20) * (k + 21)), -5, sp.Rational(1, 15)),
]


@pytest.mark.parametrize(("term", "low", "value"), KNOWN)
def test_the_ball_holds_the_known_sum(term: sp.Expr, low: int, value: sp.Expr) -> None:
    ball = total(term, low)
    assert holds(ball, str(sp.N(value.subs(x, sp.Rational(2, 3)), 45)))
    assert not holds(ball + arb(10) ** -25, str(sp.N(value.subs(x, sp.Rational(2, 3)), 45)))


@settings(max_examples=25, deadline=None)
@given(a=st.integers(1, 30), b=st.integers(0, 30), c=st.integers(-9, 9), power=st.integers(2, 5))
@example(a=1, b=18, c=0, power=5)  # its poles are far from zero
def test_it_agrees_with_another_way_to_sum(a: int, b: int, c: int, power: int) -> None:
    with ctx.workprec(160):
        ball = total((k + c) / (a * k + b) ** (power + 1))
    with mpmath.workdps(40):
        ratio = mpmath.mpf(b) / a
        first = mpmath.zeta(power, 1 + ratio) / mpmath.mpf(a) ** (power + 1)
        second = (c - ratio) * mpmath.zeta(power + 1, 1 + ratio) / mpmath.mpf(a) ** (power + 1)
        value = mpmath.nstr(first + second, 38)
    with ctx.workprec(160):
        assert holds(ball, value)


@pytest.mark.parametrize("term", [1 / k, k, (-1) ** k, (k + 1) / (k**2 + 7), 1 / (k - 4) ** 2, 1 / (k**2 - 16)])
def test_what_does_not_converge_or_has_a_pole_has_no_sum(term: sp.Expr) -> None:
    with pytest.raises(Undetermined):
        total(term)
