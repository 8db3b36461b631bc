"""Infinite sums: enclosed where their terms fall off like powers, whichever way their ratios settle."""

from __future__ import annotations

import pytest
import sympy as sp
from flint import arb, fmpq

from numerics.balls import enclose
from numerics.undetermined import Undetermined

k, x = sp.symbols("k x", real=True)
TWO_THIRDS = {x: fmpq(2, 3)}


def total(term: sp.Expr):
    return enclose(sp.Sum(term, (k, 1, sp.oo)), at=TWO_THIRDS)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (x**k, sp.Integer(2)),
        (x**k / k, sp.log(3)),
        (x**k / k**2, sp.polylog(2, sp.Rational(2, 3))),
        ((-1) ** (k + 1) * x**k / k, sp.log(sp.Rational(5, 3))),
        (k**2 * x**k, sp.Integer(30)),
        (x**k / sp.factorial(k), sp.exp(sp.Rational(2, 3)) - 1),
    ],
)
def test_the_ball_holds_the_sum_and_is_narrow(term: sp.Expr, value: sp.Expr) -> None:
    ball = total(term)
    assert abs(ball - arb(str(sp.N(value, 40)))).contains(0) and ball.rad() < 1e-12


@pytest.mark.parametrize(
    "term", [1 / k, k / (k**2 + 1), sp.Integer(1), (-1) ** k, (3 * x / 2) ** k, 1 / k**x, 1 / (k - 3) ** 2]
)
def test_terms_that_fall_off_too_slowly_have_none(term: sp.Expr) -> None:
    with pytest.raises(Undetermined):
        total(term)
