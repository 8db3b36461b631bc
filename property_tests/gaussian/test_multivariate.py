"""Normal laws in more dimensions: links, routes, planted slips, and torch's own divergence."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import MultivariateNormal, kl_divergence

from derivations.gaussian.multivariate import DERIVATIONS, kl_normal_of_two_eq
from numerics.gaussian.multivariate import of_two
from numerics.points import CALM
from numerics.written import places, worth
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 3


@pytest.mark.parametrize(
    "point", places(kl_normal_of_two_eq.claim, CALM, 5), ids=lambda p: str(sorted(p.values()))[:24]
)
def test_the_divergence_is_torchs_own(point):
    first, second = (
        MultivariateNormal(*of_two(*(torch.tensor(float(point[n]), dtype=torch.float64) for n in names)))
        for names in (("m_1", "m_2", "a", "b", "c"), ("n_1", "n_2", "f", "g", "h"))
    )
    closed = float(worth(kl_normal_of_two_eq.claim.right, point, kl_normal_of_two_eq.claim.where).mid())
    assert closed == pytest.approx(kl_divergence(first, second).item(), rel=1e-9, abs=1e-9)
