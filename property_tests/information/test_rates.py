"""Rates of large deviations: links, routes, planted slips, and divergences the other way round."""

from __future__ import annotations

import pytest
from sympy import log

from claims.evidence import Counterexample
from claims.laws import Poisson
from claims.notation import KL
from claims.records import replace
from derivations.check import Holds, link
from derivations.information.rates import (
    DERIVATIONS,
    a,
    chernoff_coin_exponent_eq,
    chernoff_count_exponent_eq,
    chernoff_count_rate_eq,
    chernoff_normal_rate_eq,
    p,
    q,
    r,
    s,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (chernoff_normal_rate_eq, a**2 / s**2),
    (chernoff_coin_exponent_eq, log(q / p)),
    (chernoff_count_exponent_eq, log(r / a)),
    (chernoff_count_rate_eq, r * log(r / a) - r + a),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_wrong_rate_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_the_divergence_of_the_law_from_the_moved_one_is_another_number():
    claim = chernoff_count_rate_eq.claim
    assert link(KL(Poisson(r), Poisson(a)), claim.right, claim.where) != Holds()
