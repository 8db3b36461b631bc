"""Slopes for any number of classes: links, routes, planted slips, and classes that are confused."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.any_classes import (
    DERIVATIONS,
    Y,
    ce_any_slope_eq,
    k,
    other,
    over,
    own,
    softmax_any_other_eq,
    softmax_any_own_eq,
)
from derivations.likelihood.any_classes import i as index
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (softmax_any_own_eq, own * (1 + own)),
    (softmax_any_own_eq, -own * other),
    (softmax_any_other_eq, own * other),
    (softmax_any_other_eq, other * (1 - other)),
    (ce_any_slope_eq, own - Y(k)),
    (ce_any_slope_eq, own * over(Y(index)) + Y(k)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_confused_slope_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
