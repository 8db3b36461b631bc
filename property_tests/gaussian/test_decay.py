"""Decay: links, routes, planted slips, and powers of the factor of a step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational

from derivations.gaussian.decay import DERIVATIONS, ar_one_correlation_eq, ou_two_stretches_eq
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 19), st.integers(1, 8))
def test_after_n_steps_the_correlation_is_the_nth_power(twentieths, n):
    """The induction, run from the correlation a after one step."""
    a = Rational(twentieths, 20)
    correlation = a
    for _ in range(n - 1):
        found = worth(ar_one_correlation_eq.claim.right, {"a": a, "c": correlation}, ar_one_correlation_eq.claim.where)
        correlation = Rational(float(found.mid()))
    assert float(correlation) == pytest.approx(float(a) ** n)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12))
def test_two_stretches_of_noise_do_not_depend_on_where_they_meet(first, second):
    claim = ou_two_stretches_eq.claim
    point = {"k": Rational(2, 3), "s": Rational(1, 2), "t": Rational(first, 4), "h": Rational(second, 4)}
    turned = {**point, "t": point["h"], "h": point["t"]}
    assert worth(claim.right, point, claim.where).overlaps(worth(claim.right, turned, claim.where))
    assert 0 < float(worth(claim.right, point, claim.where).mid()) < 1 / 4 / (2 * 2 / 3)
