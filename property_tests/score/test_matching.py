"""Score matching and Langevin dynamics: links, routes, planted slips, and what a sampler must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.score.matching import DERIVATIONS, denoising_normal_eq, hyvarinen_normal_eq, ula_variance_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in ula_variance_eq.claim.where if v.name in "s h".split())))
def test_a_finite_step_is_always_too_wide_and_a_small_one_hardly(point):
    excess = closed(ula_variance_eq, point) / float(point["s"]) ** 2 - 1
    assert 0 < excess <= float(point["h"])


@settings(max_examples=25)
@given(points(tuple(v for v in denoising_normal_eq.claim.where if v.name in "s r".split())))
def test_the_two_constants_of_score_matching_add_up(point):
    """Denoising less implicit matching is half the mean squared score of the noise, 1/(2r²)."""
    noisy = {"s": point["s"] ** 2 + point["r"] ** 2}
    implicit = 1 / (2 * float(noisy["s"]))
    both = closed(denoising_normal_eq, point) + implicit
    assert both == pytest.approx(1 / (2 * float(point["r"]) ** 2), rel=1e-12)
    assert closed(hyvarinen_normal_eq, {"s": point["r"]}) == pytest.approx(both, rel=1e-12)
