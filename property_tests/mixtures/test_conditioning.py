"""Conditional moments and EM updates: links, routes, planted slips, and parts that are left out."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.notation import Expectation, Variance
from claims.records import replace
from derivations.check import Holds, link
from derivations.mixtures.conditioning import (
    DATUM,
    DERIVATIONS,
    WEIGHT,
    covariance_by_conditional_mean_eq,
    em_mean_any_eq,
    em_variance_slope_any_eq,
    first,
    given,
    m,
    n,
    over,
    second,
    total_variance_any_eq,
    v,
    x,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


within, between = Expectation(Variance(y, y, second), x, first), Variance(given, x, first)
WRONG = [
    (total_variance_any_eq, within),
    (total_variance_any_eq, between),
    (total_variance_any_eq, within - between),
    (covariance_by_conditional_mean_eq, Expectation(x * given, x, first)),
    (em_mean_any_eq, over(WEIGHT * DATUM) / n),
    (em_mean_any_eq, over(DATUM) / n),
    (em_variance_slope_any_eq, (over(WEIGHT * (DATUM - m) ** 2) / n - v) * over(WEIGHT) / (2 * v**2)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=range(len(WRONG)))
def test_a_part_that_is_lost_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
