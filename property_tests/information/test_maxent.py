"""Maximum entropy: links, routes, planted slips, and laws that meet the bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from claims.laws import Exponential
from claims.notation import NamedLaw, Normal
from derivations.information.maxent import (
    DERIVATIONS,
    maxent_exponential_le,
    maxent_normal_le,
)
from numerics.named_laws import interpreted
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
    insist_on_refuted_slips(derivation, least=0 if derivation.claim.right == 0 else 1)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


@settings(max_examples=20, deadline=None)
@given(points(maxent_normal_le.claim.where[1:]))
def test_the_law_of_the_bound_meets_it(point):
    for derivation, law in (
        (maxent_exponential_le, Exponential(point["v"])),
        (maxent_normal_le, Normal(point["c"], point["v"])),
    ):
        claim, place = derivation.claim, {**point, "r": point["v"]}
        sides = (s.xreplace({NamedLaw("p"): law}) for s in (claim.left, claim.right))
        left, right = (float(worth(side, place, claim.where).mid()) for side in sides)
        assert left == pytest.approx(right, abs=1e-8)


def test_the_exponential_bound_needs_the_half_line():
    assert type(interpreted(({"p": Normal(-3, 1)},)).run(maxent_exponential_le.claim)).__name__ == "Counterexample"
