"""The adversarial game: links, routes, planted slips, and what a game must do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from derivations.adversarial.games import DERIVATIONS, game_value_eq, non_saturating_slope_eq, saturating_slope_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(game_value_eq.claim.where))
def test_the_game_is_worth_between_minus_log_four_and_nothing(point):
    assert -math.log(4) - 1e-12 <= closed(game_value_eq, point) < 0
    same = {**point, "q": point["p"]}
    assert closed(game_value_eq, same) == pytest.approx(-math.log(4), rel=1e-12)


@settings(max_examples=25)
@given(points(saturating_slope_eq.claim.where))
def test_the_two_generator_losses_split_one_slope(point):
    both = closed(saturating_slope_eq, point) + closed(non_saturating_slope_eq, point)
    assert both == pytest.approx(-1, rel=1e-12)
