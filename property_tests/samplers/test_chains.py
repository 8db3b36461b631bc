"""Chains: links, routes, planted slips, and what a chain must do."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.samplers.chains import DERIVATIONS, metropolis_balance_eq
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import (
    each,
    insist_on_failing_steps,
    insist_on_links,
    insist_on_refuted_slips,
    insist_on_routes,
)
from property_tests.strategies import points


@each(DERIVATIONS)
def test_every_link_is_proved(derivation):
    insist_on_links(derivation)


@each(DERIVATIONS)
def test_every_route_agrees(derivation):
    insist_on_routes(derivation)


@each(DERIVATIONS)
def test_every_slip_in_the_closed_form_is_refuted(derivation):
    insist_on_refuted_slips(derivation, least=1)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


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
