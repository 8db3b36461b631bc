"""The smoother's step back: links, routes, planted slips, and gains that are not the smoother's."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.linear_gaussian.smoothing import (
    DERIVATIONS,
    C,
    P,
    R,
    a,
    log_normal,
    m,
    predicted,
    rts_given_next_eq,
    rts_mean_eq,
    rts_variance_eq,
    w,
    x,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (rts_given_next_eq, log_normal(x, m + C * (y - a * m), P)),
    (rts_mean_eq, m + C * (w - m)),
    (rts_mean_eq, m + P / predicted * (w - a * m)),
    (rts_variance_eq, P + C**2 * R),
    (rts_variance_eq, P + C * (R - predicted)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_wrong_gain_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
