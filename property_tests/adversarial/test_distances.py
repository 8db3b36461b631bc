"""Distances: links, routes, planted slips, and what a distance must do."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.adversarial.distances import DERIVATIONS, mmd_kernel_mean_eq
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


@settings(max_examples=25)
@given(points(mmd_kernel_mean_eq.claim.where[1:]))
def test_the_kernel_distance_is_zero_only_for_equal_means(point):
    same = closed(mmd_kernel_mean_eq, {**point, "m": 0 * point["m"]})
    assert closed(mmd_kernel_mean_eq, point) <= same
