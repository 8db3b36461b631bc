"""Chains: links, routes, planted slips, and what a chain must do."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.samplers.chains import DERIVATIONS, metropolis_balance_eq
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(metropolis_balance_eq))
def test_no_more_flows_than_is_proposed(point):
    flow = closed(metropolis_balance_eq, point)
    assert flow <= float(point["p_1"] * point["q_12"]) * (1 + 1e-12)
    assert flow <= float(point["p_2"] * point["q_21"]) * (1 + 1e-12)
