"""Two variables: links, routes, planted slips, and bounds at drawn tables."""

from __future__ import annotations

from hypothesis import given, settings

from derivations.information.joint import DERIVATIONS, coin, conditional, mi_conditional_eq, y
from derivations.information.joint import a as letter
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 1 if derivation.claim.right != 0 else 0


@settings(max_examples=30, deadline=None)
@given(points(mi_conditional_eq.claim.where))
def test_information_is_at_most_either_entropy(point):
    where = mi_conditional_eq.claim.where
    found = float(worth(mi_conditional_eq.claim.right, point, where).mid())
    assert -1e-12 <= found <= float(worth(coin(letter), point, where).mid()) + 1e-12
    assert found <= float(worth(coin(y), point, where).mid()) + 1e-12
    assert float(worth(conditional, point, where).mid()) >= 0
