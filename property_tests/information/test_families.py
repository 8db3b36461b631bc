"""Entropies of families: links, routes, planted slips, and what SciPy's laws have."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sympy import Rational

from derivations.information.families import DERIVATIONS, entropy_boltzmann_eq, entropy_dirichlet_eq, entropy_student_eq
from numerics.written import worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=3, max_size=3))
def test_three_shares_have_the_entropy_of_scipys_law(quarters):
    stated = closed(entropy_dirichlet_eq, {name: Rational(k, 4) for name, k in zip("abc", quarters, strict=True)})
    assert float(stats.dirichlet([k / 4 for k in quarters]).entropy()) == pytest.approx(stated)
    assert stated <= -log(2) + 1e-12  # the uniform law on the triangle of area 1/2 has the most


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60))
def test_a_t_has_the_entropy_of_scipys_law_and_more_than_a_normal(halves):
    stated = closed(entropy_student_eq, {"nu": Rational(halves, 2)})
    assert float(stats.t(halves / 2).entropy()) == pytest.approx(stated)
    assert stated > float(stats.norm().entropy())


def test_the_entropy_of_a_table_grows_with_its_temperature_to_that_of_three_alike():
    states = {"e_1": Rational(0), "e_2": Rational(1), "e_3": Rational(3)}
    found = [closed(entropy_boltzmann_eq, {**states, "T": Rational(t)}) for t in (1, 2, 8, 1000)]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(log(3), abs=1e-5)
