"""Updated determinants: links, routes, planted slips, and a matrix without an inverse."""

from __future__ import annotations

import pytest
import torch

from derivations.linear_gaussian.updates import DERIVATIONS
from property_tests.pages import HeldPage
from reference_models.linear_gaussian.updates import updated_determinant


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


@pytest.mark.parametrize(("corner", "stated"), [(0.0, 6.0), (1.0, 8.0)])
def test_a_product_may_give_a_matrix_its_inverse(corner, stated):
    entries = (1, 0, 0, 0, 2, 0, 0, 0, corner, 0, 0, 3, 0, 0, 1)
    found = updated_determinant(*(torch.tensor(float(e), dtype=torch.float64) for e in entries))
    assert found.item() == pytest.approx(stated)
