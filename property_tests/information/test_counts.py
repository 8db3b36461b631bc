"""Entropies of counts: links, routes, planted slips, and what SciPy's laws have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import gammaln
from sympy import Rational

from derivations.information.counts import (
    DERIVATIONS,
    entropy_binomial_eq,
    entropy_multinomial_of_two_eq,
    entropy_poisson_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(1, 19))
def test_a_count_has_less_than_the_tosses_by_the_mean_log_of_its_orders(n, twentieths):
    law, k = stats.binom(n, twentieths / 20), np.arange(n + 1)
    orders = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    stated = closed(entropy_binomial_eq, {"n": Rational(n), "p": Rational(twentieths, 20)})
    assert float(law.entropy()) + float(law.pmf(k) @ orders) == pytest.approx(stated, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40))
def test_a_poisson_count_has_its_rate_and_the_mean_log_of_x_factorial(halves):
    law, k = stats.poisson(halves / 2), np.arange(200)
    stated = closed(entropy_poisson_eq, {"r": Rational(halves, 2)})
    assert float(law.entropy()) - float(law.pmf(k) @ gammaln(k + 1)) == pytest.approx(stated, abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_two_draws_have_the_entropy_of_scipys_multinomial_law(weights):
    stated = closed(entropy_multinomial_of_two_eq, {f"w_{i}": Rational(w) for i, w in enumerate(weights, start=1)})
    assert float(stats.multinomial(2, np.array(weights) / sum(weights)).entropy()) == pytest.approx(stated)
