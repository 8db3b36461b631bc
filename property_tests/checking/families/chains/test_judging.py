"""Which relations are about a chain at all."""

from __future__ import annotations

import pytest

from claims.verdict import NotAClaim
from property_tests.checking.families.chains.pages import ALPHAS, STEP, verdict_of


@pytest.mark.parametrize(
    "relation", ["a = b", r"x_t = a_t x_0", r"x_t := \sqrt{\beta_t} x_0 + \epsilon", r"y_t = b_t y_0 + \epsilon"]
)
def test_other_relations_define(relation):
    assert isinstance(verdict_of(f"Each step is {STEP} with {ALPHAS}. Then $${relation}$$"), NotAClaim)
