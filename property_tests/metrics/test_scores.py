"""Scores of generators: links, routes, planted slips, and what a score must do."""

from __future__ import annotations

import math

from hypothesis import given, settings

from derivations.metrics.scores import (
    DERIVATIONS,
    brevity_penalty_eq,
    coupling_cost_eq,
    frechet_is_w2_eq,
    inception_information_eq,
)
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
    insist_on_refuted_slips(derivation, least=2)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(coupling_cost_eq))
def test_no_correlation_costs_less_than_equal_quantiles(point):
    assert closed(coupling_cost_eq, point) >= closed(frechet_is_w2_eq, point) * (1 - 1e-12)


@settings(max_examples=25)
@given(free(inception_information_eq))
def test_two_classes_tell_at_most_log_two(point):
    assert -1e-12 <= closed(inception_information_eq, point) <= math.log(2)


@settings(max_examples=25)
@given(free(brevity_penalty_eq))
def test_brevity_is_punished_and_length_is_not_rewarded(point):
    value = closed(brevity_penalty_eq, point)
    assert value == 1 if point["d"] <= 0 else 0 < value < 1
