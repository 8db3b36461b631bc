"""Errors of weights: links, routes, planted slips, and designs that are drawn."""

from __future__ import annotations

import pytest
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.designs import (
    DERIVATIONS,
    SINGULAR,
    UNSEEN,
    WEIGHT,
    b,
    d,
    k,
    lam,
    minimum_norm_random_inputs_eq,
    minimum_norm_weights_any_eq,
    n,
    ols_beside_another_any_eq,
    ols_random_inputs_eq,
    ols_weights_any_eq,
    over,
    own,
    plain,
    ridge_weights_any_eq,
    s,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood.designs import least_squares_of_random, shortest_of_random


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (ols_weights_any_eq, s**2 * over(1 / SINGULAR)),
    (ols_weights_any_eq, s**2 * over(SINGULAR**2)),
    (ridge_weights_any_eq, over((lam**2 * WEIGHT**2 + s**2) / (SINGULAR**2 + lam) ** 2)),
    (ridge_weights_any_eq, over((lam**2 * WEIGHT**2 + s**2 * SINGULAR**2) / (SINGULAR**2 + lam))),
    (minimum_norm_weights_any_eq, s**2 * over(1 / SINGULAR**2)),
    (minimum_norm_weights_any_eq, s**2 * over(1 / SINGULAR**2) + over(UNSEEN**2, n)),
    (ols_beside_another_any_eq, own * plain),
    (ols_random_inputs_eq, s**2 * d / (k + 1)),
    (ols_random_inputs_eq, s**2 * d / (d + k + 1)),
    (minimum_norm_random_inputs_eq, b**2 * n / (n + k + 1) + s**2 * n / k),
    (minimum_norm_random_inputs_eq, b**2 * (k + 1) / (n + k + 1) + s**2 * (n + k + 1) / k),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_wrong_error_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


DRAWS = 20_000


@pytest.mark.parametrize(("weights", "rows"), [(2, 9), (4, 12), (9, 3), (12, 4)])
def test_drawn_designs_have_that_error_within_five_standard_errors(weights, rows):
    generator = torch.Generator().manual_seed(31)
    inputs = torch.randn(DRAWS, rows, weights, generator=generator, dtype=torch.float64)
    true = torch.linspace(-1, 1, weights, dtype=torch.float64)
    noise = torch.randn(DRAWS, rows, generator=generator, dtype=torch.float64) / 2
    found = (torch.linalg.pinv(inputs) @ (inputs @ true + noise)[..., None])[..., 0]
    errors = ((found - true) ** 2).sum(-1)
    half = torch.tensor(0.5, dtype=torch.float64)
    if rows > weights:
        known = least_squares_of_random(torch.tensor(weights), torch.tensor(rows - weights - 1), half)
    else:
        known = shortest_of_random(torch.tensor(rows), torch.tensor(weights - rows - 1), true.norm(), half)
    standard_error = errors.std() / DRAWS**0.5
    assert abs(errors.mean() - known) < 5 * standard_error
    assert abs(errors.mean() - 1.2 * known) > 5 * standard_error
