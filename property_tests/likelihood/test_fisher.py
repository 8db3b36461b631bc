"""Fisher information: links, routes, planted slips, and what a change of parameter must do."""

from __future__ import annotations

import pytest
import torch

from derivations.likelihood.fisher import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.likelihood.fisher import of_bernoulli, of_exponential


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_a_coin_tells_least_about_its_probability_where_it_is_fair(p):
    fair, other = (of_bernoulli(torch.tensor(q, dtype=torch.float64)).item() for q in (0.5, p))
    assert fair == pytest.approx(4, rel=1e-12)
    assert other >= fair - 1e-12


def test_information_about_a_rate_scales_with_its_square():
    one, three = (of_exponential(torch.tensor(r, dtype=torch.float64)).item() for r in (1.0, 3.0))
    assert one / three == pytest.approx(9, rel=1e-9)
