"""Filtering: links, routes, planted slips, and what an observation must do."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings

from derivations.linear_gaussian.filtering import (
    DERIVATIONS,
    hmm_forward_eq,
    hmm_smoothing_eq,
    kalman_update_variance_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in kalman_update_variance_eq.claim.where if v.name in "PR")))
def test_an_observation_always_narrows(point):
    assert closed(kalman_update_variance_eq, point) < min(float(point["P"]), float(point["R"]))


@settings(max_examples=25)
@given(points(hmm_forward_eq.claim.where))
def test_the_forward_recursion_is_a_product_of_matrices(point):
    values = {name: float(value) for name, value in point.items()}
    turn = torch.tensor([[values[f"t_{i}{j}"] for j in (1, 2)] for i in (1, 2)], dtype=torch.float64)
    state = torch.tensor([values["p_1"], values["p_2"]], dtype=torch.float64)
    for k in (1, 2, 3):
        seen = torch.tensor([values[f"o_{k}1"], values[f"o_{k}2"]], dtype=torch.float64)
        state = (state if k == 1 else state @ turn) * seen
    assert closed(hmm_forward_eq, point) == pytest.approx(state.sum().item(), rel=1e-12)
    assert closed(hmm_smoothing_eq, point) == pytest.approx(closed(hmm_forward_eq, point), rel=1e-12)
