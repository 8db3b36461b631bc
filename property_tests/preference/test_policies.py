"""Policies: links, routes, planted slips, and what a gain must do."""

from __future__ import annotations

import pytest
import torch

from derivations.preference.policies import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.preference.policies import gae, gain, value


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def numbers(*values: float) -> tuple[torch.Tensor, ...]:
    return tuple(torch.tensor(v, dtype=torch.float64) for v in values)


def test_a_policy_gains_nothing_over_itself_and_a_raised_reward_is_gained_over_all_time():
    there = value(*numbers(0.3, 0.4), torch.tensor([1.0, 2.0], dtype=torch.float64), *numbers(0.9))[0].item()
    assert gain(*numbers(there, 1, 2, 0.9, 0.3, 0.4)).item() == 0
    assert gain(*numbers(there, 2, 3, 0.9, 0.3, 0.4)).item() == pytest.approx(10, rel=1e-9)


def test_at_lambda_one_the_values_between_do_not_matter():
    one, other = (gae(*numbers(1, 2, 3, 0.5, v, -v, 0.25, 0.9, 1)).item() for v in (0.0, 7.0))
    assert one == pytest.approx(other, rel=1e-12)
