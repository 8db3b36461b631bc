"""Bias and variance: links, routes, planted slips, and parts that are left out."""

from __future__ import annotations

import pytest
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.bias_variance import (
    DERIVATIONS,
    X,
    bias_variance_any_eq,
    centre,
    d,
    f,
    lam,
    least_squares_fit_eq,
    n,
    optimism_eq,
    parts,
    ridge_best_penalty_eq,
    ridge_bias_variance_eq,
    s,
    w,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood.bias_variance import best_penalty, ridge_risk


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (bias_variance_any_eq, parts - (centre - f) ** 2),
    (bias_variance_any_eq, parts + (centre - f) ** 2),
    (ridge_bias_variance_eq, (lam**2 * w**2 + s**2 * X) / (X + lam)),
    (ridge_best_penalty_eq, w**2 / s**2),
    (least_squares_fit_eq, s**2),
    (optimism_eq, s**2 * d / n),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_part_that_is_lost_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_ridge_beats_least_squares_at_the_best_penalty_and_no_other_is_better(factor):
    weight, length, noise = (torch.tensor(v, dtype=torch.float64) for v in (0.7, 2.0, 1.0))
    best = best_penalty(weight, length, noise)
    least = ridge_risk(weight, length, best, noise)
    assert least < ridge_risk(weight, length, factor * best, noise)
    assert least < ridge_risk(weight, length, torch.zeros_like(best), noise)
