"""Scales: links, routes, planted slips, and variances that are off by a factor."""

from __future__ import annotations

import pytest

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.networks.scales import (
    DERIVATIONS,
    attention_variance_eq,
    before,
    c,
    d,
    dot_product_step_eq,
    dropout_mean_eq,
    dropout_ridge_step_eq,
    dropout_variance_eq,
    he_layer_step_eq,
    k,
    on,
    outs,
    p,
    relu_half_eq,
    s,
    second,
    squares,
    v,
    w,
    x,
    xavier_layer_step_eq,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (dot_product_step_eq, on(before, s, s**2) + squares),
    (attention_variance_eq, d * v**2),
    (attention_variance_eq, v),
    (relu_half_eq, on(before, x, x**2) / 2),
    (relu_half_eq, (1 + c) ** 2 / 2 * on(before, x, x**2)),
    (he_layer_step_eq, on(before, s, s**2) + v * on(second, x, x**2)),
    (xavier_layer_step_eq, on(before, s, s**2) + 6 / (k + outs) * on(second, x, x**2)),
    (dropout_mean_eq, on(before, y, y) + p * w),
    (dropout_variance_eq, w**2 * p * (1 - p)),
    (dropout_ridge_step_eq, on(before, y, (y - w) ** 2) + w**2 * p / (1 - p)),
    (dropout_ridge_step_eq, on(before, y, (y - w) ** 2)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_variance_off_by_a_factor_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
