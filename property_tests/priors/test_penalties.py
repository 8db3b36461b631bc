"""Penalties and priors: links, routes, planted slips, and minimisers against a grid."""

from __future__ import annotations

import pytest
import torch
from hypothesis import assume, given

from derivations.priors.penalties import (
    DERIVATIONS,
    map_beta_eq,
    map_beta_logit_eq,
    ridge_eq,
    soft_threshold_above_eq,
    soft_threshold_within_eq,
)
from numerics.points import free_variables
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(points(soft_threshold_above_eq.claim.where))
def test_no_weight_does_better_than_the_soft_threshold_above_it(point):
    assert closed(soft_threshold_above_eq, point) >= 0
    assert closed(soft_threshold_above_eq, {**point, "v": point["d"]}) == 0


@given(points(soft_threshold_within_eq.claim.where))
def test_no_weight_does_better_than_zero_within_the_threshold(point):
    assume(abs(point["z"]) <= point["lam"])
    assert closed(soft_threshold_within_eq, point) >= 0


@given(points(free_variables(ridge_eq.claim.right, ridge_eq.claim.where)))
def test_a_penalty_shrinks_towards_zero(point):
    shrunk = closed(ridge_eq, point)
    stronger = closed(ridge_eq, {**point, "lam": 2 * point["lam"]})
    assert abs(stronger) < abs(shrunk) if point["C"] else stronger == shrunk == 0


@given(points(map_beta_eq.claim.where[2:]))
def test_the_mode_in_the_logit_is_the_mean_and_not_the_mode_in_the_probability(point):
    a, b = float(point["a"]) + 1, float(point["b"]) + 1
    in_logit = torch.sigmoid(torch.tensor(closed(map_beta_logit_eq, point), dtype=torch.float64)).item()
    assert in_logit == pytest.approx(torch.distributions.Beta(a, b).mean.item(), rel=1e-6)
    assert in_logit == pytest.approx(a / (a + b), rel=1e-12)
    assume(point["a"] != point["b"])
    assert in_logit != pytest.approx(closed(map_beta_eq, point), rel=1e-6)
