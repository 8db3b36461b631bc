"""Velocities: links, routes, planted slips, and what depends on the model or does not."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.diffusion.velocities import (
    DERIVATIONS,
    DRIFT,
    MODEL,
    at_places,
    cost,
    flow_matching_any_gradient_eq,
    flow_matching_gap_eq,
    given,
    marginal,
    rectified_cost_le,
    rectified_velocity_eq,
    straightened,
    t,
    v,
    variance,
    velocity_of_score_eq,
    x,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (flow_matching_gap_eq, marginal),
    (flow_matching_gap_eq, marginal - variance),
    (flow_matching_any_gradient_eq, at_places(DRIFT(x) * (MODEL(x) + v * DRIFT(x) - given(y)))),
    (rectified_velocity_eq, (given(y) - x) / t),
    (rectified_velocity_eq, given(y) - x),
    (velocity_of_score_eq, (x - given(y)) / (1 - t)),
    (rectified_cost_le, straightened - cost),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_velocity_that_is_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
