"""Reverse KL on two modes: links, routes, planted slips, and the threshold at which it chooses."""

from __future__ import annotations

import torch

from derivations.information.reverse_kl import DERIVATIONS
from numerics.information.reverse_kl import curvature, reverse_kl
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def test_the_middle_turns_from_a_minimum_into_a_maximum_at_the_threshold():
    zero = torch.tensor(0.0, dtype=torch.float64)
    low, high = torch.tensor([1.0, 3.0], dtype=torch.float64)
    assert curvature(zero, low) > 0 > curvature(zero, high)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if curvature(zero, middle) > 0 else (low, middle)
    shifts = torch.linspace(0.05, 3, 60, dtype=torch.float64)

    def stays(c) -> bool:
        return all(reverse_kl(m, c) >= reverse_kl(zero, c) for m in shifts)

    assert 1 < low < 2
    assert stays(0.98 * low) and not stays(1.02 * high)
