"""Losses of any size: links, routes, planted slips, and factors and constants that are lost."""

from __future__ import annotations

import pytest
from sympy import exp, log, pi

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.any_losses import (
    CHANCE,
    COUNT,
    DERIVATIONS,
    OTHER,
    PREDICTED,
    SEEN,
    SPREAD,
    a,
    b,
    c,
    d,
    e,
    i,
    k,
    label_smoothing_any_eq,
    lam,
    n,
    nll_heteroscedastic_any_eq,
    nll_laplace_any_eq,
    nll_logistic_any_eq,
    nll_normal_mse_any_eq,
    nll_poisson_any_eq,
    one_hot_any_eq,
    over,
    over_classes,
    ridge_slope_any_eq,
    v,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


SQUARES = over((SEEN - PREDICTED) ** 2)
WRONG = [
    (nll_normal_mse_any_eq, SQUARES / v + n * log(2 * pi * v) / 2),
    (nll_normal_mse_any_eq, SQUARES / (2 * v) + log(2 * pi * v) / 2),
    (nll_heteroscedastic_any_eq, over((SEEN - PREDICTED) ** 2 / SPREAD) / 2 + n * log(2 * pi) / 2),
    (nll_laplace_any_eq, over(SPREAD) / b + n * log(b)),
    (nll_poisson_any_eq, over(CHANCE - COUNT * log(CHANCE))),
    (nll_logistic_any_eq, over(log(1 + exp(PREDICTED))) - over(SEEN)),
    (one_hot_any_eq, -over_classes(log(CHANCE))),
    (label_smoothing_any_eq, -(1 - e) * log(CHANCE.subs(i, c)) - e * over_classes(log(CHANCE))),
    (label_smoothing_any_eq, -log(CHANCE.subs(i, c)) - e / (c + k) * over_classes(log(CHANCE))),
    (ridge_slope_any_eq, over(PREDICTED**2) * a + over(PREDICTED * OTHER) * d - over(PREDICTED * SEEN)),
    (ridge_slope_any_eq, (over(PREDICTED**2) + lam) * a - over(PREDICTED * SEEN)),
    (ridge_slope_any_eq, (over(PREDICTED**2) + 2 * lam) * a + over(PREDICTED * OTHER) * d - over(PREDICTED * SEEN)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_loss_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
