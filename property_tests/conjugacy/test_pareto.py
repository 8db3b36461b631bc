"""Pareto posteriors: links, routes, planted slips, and data that arrive one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational

from derivations.conjugacy.pareto import DERIVATIONS, posterior_pareto_eq, predictive_pareto_eq
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, **values: float) -> float:
    point = {name: Rational(value) for name, value in values.items()}
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0.25, 4))
def test_one_by_one_is_all_at_once(n, more, a):
    """A shape a + n and then more data is a shape a and all the data."""
    once = closed(posterior_pareto_eq, t=0.5, m=2.0, a=a, n=n + more)
    then = closed(posterior_pareto_eq, t=0.5, m=2.0, a=a + n, n=more)
    assert then == pytest.approx(once, rel=1e-12)


@given(st.integers(1, 20), st.floats(0.25, 4), st.floats(0.25, 4))
def test_the_next_value_lies_below_the_largest_with_the_probability_of_laplaces_rule(n, a, m):
    assert closed(predictive_pareto_eq, m=m, a=a, n=n) * m == pytest.approx((a + n) / (a + n + 1), rel=1e-12)
