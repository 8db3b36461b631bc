"""Entropies: links, routes, planted slips, and what units do to them."""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given, settings

from claims.claim import Relation
from derivations.information.entropies import (
    DERIVATIONS,
    entropy_categorical_eq,
    entropy_gamma_eq,
    entropy_geometric_eq,
    entropy_laplace_eq,
    entropy_lognormal_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 3 if derivation.claim.relation is Relation.EQ else 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=30, deadline=None)
@given(points(entropy_laplace_eq.claim.where))
def test_twice_the_unit_adds_log_two(point):
    wider = {**point, "b": 2 * point["b"]}
    assert closed(entropy_laplace_eq, wider) - closed(entropy_laplace_eq, point) == pytest.approx(log(2), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(points(entropy_gamma_eq.claim.where))
def test_no_law_of_a_mean_on_the_half_line_has_more_than_the_exponential(point):
    mean = float(point["a"] / point["r"])
    assert closed(entropy_gamma_eq, point) <= 1 + log(mean) + 1e-9


@settings(max_examples=30, deadline=None)
@given(points(entropy_lognormal_eq.claim.where))
def test_the_log_has_its_entropy_less_its_mean(point):
    """h(e^Y) = h(Y) + E Y."""
    at_zero = {**point, "m": point["m"] - point["m"]}
    moved = closed(entropy_lognormal_eq, point) - closed(entropy_lognormal_eq, at_zero)
    assert moved == pytest.approx(float(point["m"]), abs=1e-9)


def test_a_geometric_law_near_one_is_nearly_sure_and_a_table_of_one_class_too():
    from sympy import Rational

    assert closed(entropy_geometric_eq, {"p": Rational(999, 1000)}) < 0.01
    sure = {"w_1": Rational(10**6), "w_2": Rational(1), "w_3": Rational(1)}
    assert 0 < closed(entropy_categorical_eq, sure) < exp(-10)
