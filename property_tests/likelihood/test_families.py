"""Exponential families and generalised linear models: links, routes, planted slips, and the laws one knows."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.distributions import Bernoulli, Normal

from derivations.likelihood.families import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.likelihood import families as model


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def number(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


@given(st.floats(-4, 4), st.floats(-2, 2), st.floats(0, 1))
def test_a_coin_has_the_logistic_slope_and_a_normal_law_that_of_least_squares(w, x, y):
    """(μ − y)x with μ the sigmoid of wx, and with μ = wx."""
    coin = float(model.canonical_slope(Bernoulli(number(0.5)), number(w), number(x), number(y)))
    assert coin == pytest.approx((1 / (1 + math.exp(-w * x)) - y) * x, abs=1e-9)
    bell = float(model.canonical_slope(Normal(number(0.0), number(1.0)), number(w), number(x), number(y)))
    assert bell == pytest.approx((w * x - y) * x, abs=1e-7)


@given(st.floats(-3, 3))
def test_a_link_that_is_not_canonical_changes_the_slope(e):
    """θ = η/2 halves it where the means are equal."""
    law = Bernoulli(number(0.5))
    half = model.linked_slope(law, number(2 * e), number(1.0), number(0.3), number(0.0), number(0.5), number(0.0))
    whole = model.canonical_slope(law, number(e), number(1.0), number(0.3))
    assert float(half) == pytest.approx(float(whole) / 2, abs=1e-9)


def test_the_likelihood_is_greatest_where_the_mean_is_the_one_seen():
    law, seen = Bernoulli(number(0.3)), 0.3
    heights = [float(number(e) * seen - model.log_total(law, number(e))) for e in (-1.0, -0.1, 0.0, 0.1, 1.0)]
    assert max(heights) == heights[2]
