"""Information of three variables: links, routes, planted slips, and the chain rule in the other order."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from derivations.information.chain_rules import DERIVATIONS
from numerics.information import chain_rules as model
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right != 0 else 0


WEIGHTS = st.lists(st.floats(0.05, 5), min_size=8, max_size=8)


@given(WEIGHTS)
def test_the_chain_rule_holds_in_either_order(weights):
    """I(X; Y, Z) = I(X; Z) + I(X; Y | Z) too: Y and Z change places in the table."""
    here = torch.tensor(weights, dtype=torch.float64)
    turned = here.reshape(2, 2, 2).transpose(1, 2).reshape(8)
    whole = float(model.with_both(*here))
    for table in (here, turned):
        assert float(model.with_one(*table) + model.given_one(*table)) == pytest.approx(whole, abs=1e-12)


def test_information_given_a_third_variable_may_be_more_or_less():
    """Two fair coins and whether they differ: nothing known of one by the other, one bit given the third."""
    parity = torch.tensor([1.0, 1e-12, 1e-12, 1.0, 1e-12, 1.0, 1.0, 1e-12], dtype=torch.float64)
    assert float(model.with_one(*parity)) == pytest.approx(0, abs=1e-9)
    assert float(model.given_one(*parity)) == pytest.approx(float(torch.log(torch.tensor(2.0))), abs=1e-6)
