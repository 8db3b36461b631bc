"""The hierarchical ELBO: links, routes, planted slips, and its gap at the posterior."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.variational.hierarchy import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.variational import hierarchy as model


class TestPage(HeldPage):
    derivations = DERIVATIONS


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 19), min_size=8, max_size=8))
def test_the_gap_is_never_negative_and_closes_at_the_posterior(twentieths):
    numbers = [torch.tensor(k / 20, dtype=torch.float64) for k in twentieths]
    assert float(model.gap(*numbers)) >= -1e-12
    posterior = model.joint(*numbers[:5]) / model.joint(*numbers[:5]).sum()
    first = posterior.sum(1)
    second = posterior[:, 0] / first
    assert float(model.gap(*numbers[:5], first[0], *second)) == pytest.approx(0, abs=1e-12)
