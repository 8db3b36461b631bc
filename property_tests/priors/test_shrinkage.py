"""Bias and variance: links, routes, planted slips, and parts that are left out."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.priors.shrinkage import (
    DERIVATIONS,
    S,
    bias,
    bias_variance_eq,
    lam,
    noise,
    ridge_best_penalty_eq,
    ridge_risk_eq,
    s,
    variance,
    w,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (bias_variance_eq, bias**2 + variance),
    (bias_variance_eq, noise + bias + variance),
    (ridge_risk_eq, (lam * w**2 + s**2 * S) / (S + lam) ** 2),
    (ridge_risk_eq, (lam**2 * w**2 + s**2) / (S + lam) ** 2),
    (ridge_best_penalty_eq, w**2 / s**2),
    (ridge_best_penalty_eq, s**2 / (S * w**2)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_an_error_with_a_part_left_out_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
