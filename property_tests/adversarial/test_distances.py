"""Distances: links, routes, planted slips, and what a distance must do."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.adversarial.distances import DERIVATIONS, mmd_kernel_mean_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(mmd_kernel_mean_eq.claim.where[1:]))
def test_the_kernel_distance_is_zero_only_for_equal_means(point):
    same = closed(mmd_kernel_mean_eq, {**point, "m": 0 * point["m"]})
    assert closed(mmd_kernel_mean_eq, point) <= same
