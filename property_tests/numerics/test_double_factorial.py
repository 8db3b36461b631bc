"""The double factorial: held against single ones, and refused where it is not of a whole number."""

from __future__ import annotations

from math import factorial

import pytest
import sympy as sp
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import Undetermined, enclose


@given(st.integers(0, 40))
def test_odd_and_even_ones_make_the_factorial(n: int) -> None:
    odd, even = (enclose(sp.factorial2(sp.Integer(m), evaluate=False)) for m in (2 * n - 1, 2 * n))
    assert (odd * even).contains(arb(factorial(2 * n)))
    assert even.contains(arb(2**n * factorial(n)))
    assert not even.contains(arb(2**n * factorial(n) + 1))


@pytest.mark.parametrize("n", [sp.Rational(1, 2), sp.Integer(-2), sp.Integer(10**9)])
def test_no_other_number_has_one_here(n: sp.Rational) -> None:
    with pytest.raises(Undetermined):
        enclose(sp.factorial2(n, evaluate=False))
