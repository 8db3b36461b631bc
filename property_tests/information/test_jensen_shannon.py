"""Jensen-Shannon and Bregman divergences: links, routes, planted slips, and the symmetry of JS."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.information.jensen_shannon import DERIVATIONS, js_entropy_eq
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
    insist_on_refuted_slips(derivation, least=1 if derivation.claim.right != 0 else 0)


@each(DERIVATIONS)
def test_every_slip_in_a_step_fails_there(derivation):
    insist_on_failing_steps(derivation)


@settings(max_examples=30, deadline=None)
@given(points(js_entropy_eq.claim.where))
def test_js_is_symmetric_and_its_root_keeps_the_triangle_inequality(point):
    """With the even coin as the third point."""

    def js(a, b) -> float:
        value = worth(js_entropy_eq.claim.right, {"p": a, "q": b}, js_entropy_eq.claim.where)
        return max(float(value.mid()), 0.0)

    p, q = point["p"], point["q"]
    half = p / (2 * p)
    assert js(p, q) == pytest.approx(js(q, p), abs=1e-15)
    assert js(p, q) ** 0.5 <= js(p, half) ** 0.5 + js(half, q) ** 0.5 + 1e-9
