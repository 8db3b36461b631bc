"""Gradients: links, routes, planted slips, and what a gradient of a softmax must do."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given

from derivations.likelihood.gradients import (
    DERIVATIONS,
    ce_logit_gradient_eq,
    logistic_gradient_eq,
    softmax_jacobian_diag_eq,
    softmax_jacobian_off_eq,
)
from numerics.slopes import slope
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.structured.heads import bernoulli_nll


class TestPage(HeldPage):
    derivations = DERIVATIONS


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(points(logistic_gradient_eq.claim.where))
def test_the_logistic_gradient_meets_autograd_at_drawn_points(point):
    w, x, y = (torch.tensor(float(point[n]), dtype=torch.float64) for n in "wxy")
    assert closed(logistic_gradient_eq, point) == pytest.approx(
        slope(lambda at: bernoulli_nll(y[None], (at * x)[None]))(w).item(), rel=1e-9, abs=1e-12
    )


@given(points(softmax_jacobian_diag_eq.claim.where))
def test_a_row_of_the_jacobian_sums_to_zero(point):
    """Probabilities sum to one whatever the logits are; the third entry is the second with classes 2 and 3 renamed."""
    renamed = {**point, "z_2": point["z_3"], "z_3": point["z_2"]}
    own, second = closed(softmax_jacobian_diag_eq, point), closed(softmax_jacobian_off_eq, point)
    assert own + second + closed(softmax_jacobian_off_eq, renamed) == pytest.approx(0, abs=1e-15)


@given(points(ce_logit_gradient_eq.claim.where))
def test_the_logit_gradient_and_the_target_add_up_to_torchs_softmax(point):
    predicted = torch.softmax(torch.tensor([float(point[f"z_{i}"]) for i in (1, 2, 3)], dtype=torch.float64), 0)
    gap = closed(ce_logit_gradient_eq, point) + float(point["y_1"])
    assert gap == pytest.approx(predicted[0].item(), rel=1e-9, abs=1e-14)
