"""Flow matching: links, routes, planted slips, and where the loss is flat."""

from __future__ import annotations

import pytest
import torch

from derivations.diffusion.matching import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.diffusion.matching import loss_slope


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def at(u: float, share: float) -> float:
    """The loss's slope at 0, half-way, between data at 1 and −1."""
    point = (0.0, 0.5, u, 1.0, -1.0, share)
    return loss_slope(*(torch.tensor(v, dtype=torch.float64) for v in point)).item()


def test_the_loss_is_least_at_the_mean_of_the_velocities():
    assert at(0.0, 0.5) == pytest.approx(0, abs=1e-14)
    assert at(1.0, 0.75) == pytest.approx(0, abs=1e-14)
    assert at(0.0, 0.75) < 0 < at(2.0, 0.75)
