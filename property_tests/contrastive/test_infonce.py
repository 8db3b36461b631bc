"""Contrastive losses: links, routes, planted slips, and what a softmax loss must do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivations.contrastive.infonce import (
    DERIVATIONS,
    clip_loss_eq,
    infonce_slope_negative_eq,
    infonce_slope_positive_eq,
)
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(infonce_slope_positive_eq.claim.where))
def test_a_common_rise_of_all_similarities_changes_nothing(point):
    """The slopes add up to zero; that of the other negative is the same with the negatives exchanged."""
    exchanged = {**point, "s_2": point["s_3"], "s_3": point["s_2"]}
    slopes = [
        closed(infonce_slope_positive_eq, point),
        closed(infonce_slope_negative_eq, point),
        closed(infonce_slope_negative_eq, exchanged),
    ]
    assert sum(slopes) == pytest.approx(0, abs=1e-12 * sum(map(abs, slopes)) + 1e-300)


@settings(max_examples=25)
@given(points(clip_loss_eq.claim.where))
def test_images_and_texts_may_change_places(point):
    swapped = {**point, "s_12": point["s_21"], "s_21": point["s_12"]}
    assert closed(clip_loss_eq, swapped) == pytest.approx(closed(clip_loss_eq, point), rel=1e-12)
