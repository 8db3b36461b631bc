"""What diffusion models are trained on: links, routes, planted slips, and how the weights hang together."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings

from derivations.diffusion.objective import (
    DERIVATIONS,
    kl_term_noise_eq,
    kl_term_start_eq,
    posterior_variance_eq,
    simple_loss_drops_eq,
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
@given(points(kl_term_noise_eq.claim.where[:5]))
def test_the_two_weighted_errors_are_one(point):
    """With the posterior's variance, the ε-loss is the x_0-loss of the starts that the noises give at one x_t."""
    a, b, x, e, g = (float(point[n]) for n in ("a", "b", "x", "e", "g"))
    start, predicted = ((x - (1 - a * b) ** 0.5 * noise) / (a * b) ** 0.5 for noise in (e, g))
    spread = closed(posterior_variance_eq, point) ** 0.5
    by_start = closed(kl_term_start_eq, {**point, "x_0": sp.Rational(start), "y": sp.Rational(predicted)})
    assert closed(kl_term_noise_eq, {**point, "s": sp.Rational(spread)}) == pytest.approx(by_start, rel=1e-9, abs=1e-12)


@settings(max_examples=25)
@given(points(posterior_variance_eq.claim.where))
def test_knowing_the_start_narrows_the_way_back(point):
    assert 0 < closed(posterior_variance_eq, point) < 1 - float(point["a"])
    assert closed(simple_loss_drops_eq, point) > 0
