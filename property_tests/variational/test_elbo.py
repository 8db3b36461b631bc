"""The evidence lower bound: links, routes, planted slips, and which arg max is which."""

from __future__ import annotations

from dataclasses import replace

from claims.verdict import Refuted, Tried, decide
from derivations.variational.elbo import DERIVATIONS, elbo_argmax_theta_eq, gap_argmin_theta_eq
from numerics.catalogue import evidence
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
    insist_on_refuted_slips(derivation, least=2)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


def test_with_theta_free_the_best_bound_and_the_least_gap_are_apart():
    for one, other in ((elbo_argmax_theta_eq, gap_argmin_theta_eq), (gap_argmin_theta_eq, elbo_argmax_theta_eq)):
        mixed_up = replace(one.claim, right=other.claim.right)
        assert isinstance(decide([Tried(None, evidence(mixed_up))]), Refuted)
