"""Losses and likelihoods: links, routes, planted slips, and what a loss must do."""

from __future__ import annotations

from math import log, pi

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from derivations.likelihood.losses import DERIVATIONS, bce_logits_eq, ce_logits_eq, nll_laplace_eq, nll_normal_mse_eq
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.structured import heads


class TestPage(HeldPage):
    derivations = DERIVATIONS


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@given(points(ce_logits_eq.claim.where))
def test_cross_entropy_meets_torch_at_drawn_points(point):
    z = torch.tensor([float(point[f"z_{i}"]) for i in (1, 2, 3)], dtype=torch.float64)
    t = torch.tensor([float(point["y_1"]), float(point["y_2"])], dtype=torch.float64)
    target = torch.cat([t, 1 - t.sum(0, keepdim=True)])
    expected = -(target * torch.log_softmax(z, 0)).sum().item()
    assert closed(ce_logits_eq, point) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(points(bce_logits_eq.claim.where))
def test_bce_meets_torch_at_drawn_points_and_is_never_negative(point):
    """Torch takes the difference of numbers as large as the logit, here up to 20: off by some 20 × 2⁻⁵² = 4e-15."""
    y, z = (torch.tensor(float(point[n]), dtype=torch.float64) for n in "yz")
    expected = torch.nn.functional.binary_cross_entropy_with_logits(z, y).item()
    assert closed(bce_logits_eq, point) == pytest.approx(expected, rel=1e-12, abs=1e-14)
    assert closed(bce_logits_eq, point) >= 0


@given(points(nll_normal_mse_eq.claim.where))
def test_the_loss_moves_as_n_over_two_variance_times_the_squared_error(point):
    """At the targets themselves only the constant is left: the rest is n/(2s²) times torch's mean squared error."""
    perfect = {**point, **{f"m_{i}": point[f"y_{i}"] for i in (1, 2, 3)}}
    y, m = (torch.tensor([float(point[f"{v}_{i}"]) for i in (1, 2, 3)], dtype=torch.float64) for v in "ym")
    expected = 3 * torch.nn.functional.mse_loss(m, y).item() / (2 * float(point["s"]) ** 2)
    moved = closed(nll_normal_mse_eq, point) - closed(nll_normal_mse_eq, perfect)
    assert moved == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(points(nll_laplace_eq.claim.where))
def test_laplace_meets_torchs_own_law(point):
    y, m, b = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("y", "m", "b"))
    expected = -torch.distributions.Laplace(m, b).log_prob(y).item()
    assert closed(nll_laplace_eq, point) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(st.floats(-20, 20), st.floats(0.05, 20))
def test_the_model_finds_the_normalisers(m, s):
    centre, spread = torch.tensor(m, dtype=torch.float64), torch.tensor(s, dtype=torch.float64)
    assert heads.normal_nll(centre[None], centre[None], spread).item() == pytest.approx(
        log(2 * pi * s**2) / 2, abs=1e-12
    )
    assert heads.laplace_nll(centre[None], centre[None], spread).item() == pytest.approx(log(2 * s), abs=1e-12)
