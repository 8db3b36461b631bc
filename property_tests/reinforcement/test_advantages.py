"""Advantages: links, routes, planted slips, and weights and signs that are off."""

from __future__ import annotations

import pytest
import torch
from sympy import Abs, Max

from claims.evidence import Counterexample
from claims.notation import Expectation
from claims.records import replace
from derivations.check import Holds, link
from derivations.reinforcement.advantages import (
    DERIVATIONS,
    D,
    N,
    R,
    V,
    W,
    acted,
    advantage,
    bellman_max_step_le,
    bellman_mean_le,
    g,
    gae_any_eq,
    i,
    lam,
    n,
    n_step_advantage_eq,
    next_mean,
    performance_difference_step_eq,
    policy,
    s,
    upto,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.learning.token_preferences import advantages as by_recursion


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (n_step_advantage_eq, upto(g**i * R(i), 0, n - 1) + V(n) - V(0)),
    (n_step_advantage_eq, upto(g**i * R(i), 0, n - 1) + g ** (n - 1) * V(n) - V(0)),
    (gae_any_eq, upto(lam**i * D(i), 0, n)),
    (gae_any_eq, upto((g * lam) ** i * D(i), 0, n - 1)),
    (gae_any_eq, (1 - lam) * upto((g * lam) ** i * D(i), 0, n)),
    (performance_difference_step_eq, advantage),
    (performance_difference_step_eq, advantage + acted(next_mean(W(s) - V(s)))),
    (bellman_mean_le, -g * Expectation(Abs(V(s) - W(s)), s, policy)),
    (bellman_max_step_le, Max(N, y)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_an_advantage_that_is_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_at_lambda_zero_one_residual_is_left_and_at_one_all_of_them():
    rewards, values = torch.tensor([1.0, -2.0, 3.0]).double(), torch.tensor([0.5, 1.0, -1.0]).double()
    discount, zero = torch.tensor(0.5).double(), torch.tensor(0.0).double()
    assert by_recursion(rewards, values, discount, zero)[0] == 1.0 + 0.5 * 1.0 - 0.5
    assert by_recursion(rewards, values, discount, zero + 1)[0] == 1.0 - 0.5 * 2.0 + 0.25 * 3.0 - 0.5
