"""Sliced score matching: links, routes, planted slips, and a lost half."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.score.sliced import (
    DERIVATIONS,
    B,
    G,
    h,
    over,
    s,
    sliced_score_step_eq,
    u,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (sliced_score_step_eq, over(G(u) + B(u) ** 2 / 2) + h + s**2),
    (sliced_score_step_eq, over(G(u) + B(u) ** 2) + h + s**2 / 2),
    (sliced_score_step_eq, over(G(u) + B(u) ** 2 / 2) - h + s**2 / 2),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_an_objective_with_a_lost_half_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
