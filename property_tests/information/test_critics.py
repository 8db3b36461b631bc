"""Critics that reach the bounds of a divergence: links, routes, planted slips, and constants that are left out."""

from __future__ import annotations

import pytest
from sympy import exp

from claims.evidence import Counterexample
from claims.notation import KL
from claims.records import replace
from derivations.check import Holds, link
from derivations.information.critics import (
    DERIVATIONS,
    c,
    donsker_varadhan_reached_eq,
    nwj_any_constant_eq,
    nwj_best_constant_le,
    p,
    q,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 0


WRONG = [
    (donsker_varadhan_reached_eq, KL(q, p)),
    (donsker_varadhan_reached_eq, KL(p, q) + c),
    (nwj_any_constant_eq, KL(p, q)),
    (nwj_any_constant_eq, KL(p, q) + c - exp(c)),
    (nwj_best_constant_le, KL(p, q) / 2),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_wrong_value_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
