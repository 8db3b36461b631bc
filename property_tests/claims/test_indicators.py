"""Comparisons as numbers: each is one of x > 0, x ≥ 0 and x = 0 of a difference, and says so in words."""

from __future__ import annotations

import operator

import pytest
import sympy as sp
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from claims.indicators import IsNonNegative, IsPositive, IsZero, compared, said
from numerics.balls import Undetermined, enclose, rational

x, y = sp.symbols("x y", real=True)
SIGNS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, ">": operator.gt, "≤": operator.le, "≥": operator.ge}
FRACTIONS = st.fractions(-3, 3, max_denominator=4)


@pytest.mark.parametrize("sign", SIGNS)
@given(a=FRACTIONS, b=FRACTIONS)
def test_it_is_one_where_the_comparison_holds(sign: str, a, b) -> None:
    expression = compared(sign, x, y)
    at = {x: fmpq(a.numerator, a.denominator), y: fmpq(b.numerator, b.denominator)}
    wanted = int(SIGNS[sign](a, b))
    assert rational(expression, at) == wanted
    assert enclose(expression, at=at) == wanted


def test_another_sign_compares_nothing() -> None:
    assert compared("∝", x, y) is None


@pytest.mark.parametrize("kind", [IsPositive, IsNonNegative, IsZero])
def test_nothing_is_said_of_a_number_that_may_be_zero(kind) -> None:
    with pytest.raises(Undetermined):
        enclose(kind(sp.sin(x) ** 2 + sp.cos(x) ** 2 - 1), at={x: fmpq(1, 3)})


@pytest.mark.parametrize("kind", [IsPositive, IsNonNegative, IsZero])
def test_it_is_flat_but_for_its_edge(kind) -> None:
    slope = kind(2 * x - 1).diff(x)
    assert enclose(slope, at={x: fmpq(1)}) == 0
    with pytest.raises(Undetermined):
        enclose(slope, at={x: fmpq(1, 2)})


@pytest.mark.parametrize(
    ("sign", "holds", "words"),
    [("<", True, "y > x"), ("<", False, "y ≤ x"), ("≥", True, "x ≥ y"), ("=", False, "y ≠ x")],
)
def test_it_is_said_as_a_comparison(sign: str, holds: bool, words: str) -> None:
    assert said(compared(sign, x, y), holds) == words


def test_a_condition_of_one_number_is_compared_with_zero() -> None:
    assert said(IsPositive(x), True) == "x > 0"
