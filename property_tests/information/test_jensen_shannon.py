"""Jensen-Shannon and Bregman divergences: links, routes, planted slips, and the symmetry of JS."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.information.jensen_shannon import DERIVATIONS, js_entropy_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right != 0 else 0


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
