"""Weights: links, routes, planted slips, and what weights must do."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.samplers.weights import DERIVATIONS, importance_square_scale_eq, importance_square_shift_eq
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(importance_square_scale_eq))
def test_the_best_proposal_is_the_target_itself(point):
    """The mean squared weight is 1 where proposal and target agree, and more elsewhere."""
    assert closed(importance_square_scale_eq, point) >= 1 - 1e-12
    assert closed(importance_square_scale_eq, {"g": point["g"] ** 0}) == 1


@settings(max_examples=25)
@given(free(importance_square_shift_eq))
def test_distance_makes_weights_uneven(point):
    small = {"m": point["m"] / 10}
    assert closed(importance_square_shift_eq, small) >= 1
