"""Gradients of expectations: links, routes, planted slips."""

from __future__ import annotations

from derivations.variational.gradients import DERIVATIONS
from property_tests.pages import (
    each,
    insist_on_failing_steps,
    insist_on_links,
    insist_on_refuted_slips,
    insist_on_routes,
)


@each(DERIVATIONS)
def test_every_link_is_proved(derivation):
    insist_on_links(derivation)


@each(DERIVATIONS)
def test_every_route_agrees(derivation):
    insist_on_routes(derivation)


@each(DERIVATIONS)
def test_every_slip_in_the_closed_form_is_refuted(derivation):
    insist_on_refuted_slips(derivation, least=3)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)
