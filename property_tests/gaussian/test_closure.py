"""What stays normal: links, routes, planted slips, and torch's own laws."""

from __future__ import annotations

import torch
from torch.distributions import MultivariateNormal, kl_divergence

from derivations.gaussian.closure import DERIVATIONS
from numerics.gaussian.closure import conditional
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


def test_a_conditional_of_no_correlation_is_the_marginal():
    zero, one, two = torch.tensor([0.0, 1.0, 2.0], dtype=torch.float64)
    law = torch.distributions.Normal(zero, two)
    assert torch.isclose(conditional(one, one, zero, zero, one, zero, two), law.log_prob(one), atol=1e-9)


def test_conditioning_on_a_correlated_variable_tells_more_the_stronger_it_is():
    eye = torch.eye(2, dtype=torch.float64)
    gaps = []
    for r in (0.1, 0.5, 0.9):
        joint = torch.tensor([[1.0, r], [r, 1.0]], dtype=torch.float64)
        mean = torch.zeros(2, dtype=torch.float64)
        gaps.append(kl_divergence(MultivariateNormal(mean, joint), MultivariateNormal(mean, eye)).item())
    assert gaps == sorted(gaps)
