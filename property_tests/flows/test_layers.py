"""Layers of flows: links, routes, planted slips, and what a bijection must do."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from derivations.flows.layers import DERIVATIONS, coupling_inverse_volume_eq, coupling_volume_eq, spline_slope_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in coupling_volume_eq.claim.where if v.name in "x_1 k_1 k_2".split())))
def test_a_layer_and_its_inverse_cancel(point):
    assert closed(coupling_volume_eq, point) + closed(coupling_inverse_volume_eq, point) == pytest.approx(0, abs=1e-9)


@settings(max_examples=25)
@given(points(spline_slope_eq.claim.where))
def test_a_spline_always_rises_and_meets_its_derivatives_at_the_ends(point):
    assert closed(spline_slope_eq, point) > 0
    for end, slope in ((0, "d_0"), (1, "d_1")):
        at_end = closed(spline_slope_eq, {**point, "xi": sp.Integer(end)})
        assert at_end == pytest.approx(float(point[slope]), rel=1e-12)
