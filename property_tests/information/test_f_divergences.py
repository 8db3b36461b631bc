"""f-divergences: links, routes, planted slips, and a function that is not convex."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from derivations.information.f_divergences import DERIVATIONS
from numerics.nodes import coin
from property_tests.pages import HeldPage
from reference_models.divergences import f_divergences as model


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right != 0 else 0


CHANCES = st.floats(0.02, 0.98)


@given(CHANCES, CHANCES, st.floats(-3, 3))
def test_every_convex_generator_gives_what_is_not_negative(p, q, s):
    """With s(t − 1) added or not, and zero where the laws are equal."""
    first, second = (coin(torch.tensor(c, dtype=torch.float64)) for c in (p, q))
    for f in (lambda t: torch.xlogy(t, t), lambda t: (t - 1).abs(), lambda t: t**3 - 1, lambda t: -torch.log(t)):
        plain = float(model.f_divergence(first, second, f))
        assert plain >= -1e-12
        assert float(model.f_divergence(first, second, lambda t, f=f: f(t) + s * (t - 1))) == pytest.approx(
            plain, abs=1e-9
        )
        assert float(model.f_divergence(first, first, f)) == pytest.approx(0, abs=1e-12)


def test_a_function_that_bends_down_gives_less_than_nothing():
    laws = (coin(torch.tensor(c, dtype=torch.float64)) for c in (0.3, 0.5))
    assert float(model.f_divergence(*laws, lambda t: torch.sqrt(t) - 1)) < 0
