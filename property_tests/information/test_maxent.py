"""Maximum entropy: links, routes, planted slips, and laws that meet the bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from claims.laws import Exponential
from claims.notation import NamedLaw, Normal
from derivations.information.maxent import (
    DERIVATIONS,
    maxent_exponential_le,
    maxent_normal_le,
)
from numerics.named_laws import interpreted
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS

    def least_of(self, derivation):
        return 0 if derivation.claim.right == 0 else 1


@settings(max_examples=20, deadline=None)
@given(points(maxent_normal_le.claim.where[1:]))
def test_the_law_of_the_bound_meets_it(point):
    for derivation, law in (
        (maxent_exponential_le, Exponential(point["v"])),
        (maxent_normal_le, Normal(point["c"], point["v"])),
    ):
        claim, place = derivation.claim, {**point, "r": point["v"]}
        sides = (s.xreplace({NamedLaw("p"): law}) for s in (claim.left, claim.right))
        left, right = (float(worth(side, place, claim.where).mid()) for side in sides)
        assert left == pytest.approx(right, abs=1e-8)


def test_the_exponential_bound_needs_the_half_line():
    assert type(interpreted(({"p": Normal(-3, 1)},)).run(maxent_exponential_le.claim)).__name__ == "Counterexample"
