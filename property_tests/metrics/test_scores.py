"""Scores of generators: links, routes, planted slips, and what a score must do."""

from __future__ import annotations

import math

from hypothesis import given, settings

from derivations.metrics.scores import (
    DERIVATIONS,
    brevity_penalty_eq,
    coupling_cost_eq,
    frechet_is_w2_eq,
    inception_information_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


def free(derivation):
    return points(free_variables(derivation.claim.right, derivation.claim.where))


@settings(max_examples=25)
@given(free(coupling_cost_eq))
def test_no_correlation_costs_less_than_equal_quantiles(point):
    assert closed(coupling_cost_eq, point) >= closed(frechet_is_w2_eq, point) * (1 - 1e-12)


@settings(max_examples=25)
@given(free(inception_information_eq))
def test_two_classes_tell_at_most_log_two(point):
    assert -1e-12 <= closed(inception_information_eq, point) <= math.log(2)


@settings(max_examples=25)
@given(free(brevity_penalty_eq))
def test_brevity_is_punished_and_length_is_not_rewarded(point):
    value = closed(brevity_penalty_eq, point)
    assert value == 1 if point["d"] <= 0 else 0 < value < 1
