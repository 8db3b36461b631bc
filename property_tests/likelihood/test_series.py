"""Sums along a sequence: links, routes, planted slips; a return and a moving average step by step."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.likelihood.series import (
    DERIVATIONS,
    X,
    ce_any_eq,
    d,
    geometric_sum_eq,
    i,
    logsumexp_any_eq,
    moving_average,
    moving_average_step_eq,
    n,
    over,
    r,
    return_step_eq,
    telescope_eq,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.likelihood import series as model


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (telescope_eq, X(n) - X(1)),
    (telescope_eq, X(1) - X(n + 1)),
    (geometric_sum_eq, 1 - r ** (n - 1)),
    (geometric_sum_eq, 1 - r ** (n + 1)),
    (moving_average_step_eq, moving_average(n)),
    (return_step_eq, X(1) + over(d**i * X(i + 2), 0, n - 1)),
    (return_step_eq, X(1) + d * over(d**i * X(i + 1), 0, n - 1)),
    (logsumexp_any_eq, -logsumexp_any_eq.claim.right),
    (ce_any_eq, -ce_any_eq.claim.right),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_what_is_counted_one_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    for route in routes(claim.name):
        assert isinstance(route.run(claim), Counterexample), route.name


def test_the_weights_of_a_moving_average_sum_to_what_adam_divides_by():
    decay = torch.tensor(0.75, dtype=torch.float64)
    for steps in (1, 3, 8):
        assert model.moving_average(torch.ones(steps).double(), decay) == pytest.approx(1 - 0.75**steps, rel=1e-12)


def test_a_return_is_a_reward_and_the_discounted_rest():
    rewards, discount = torch.tensor([2.0, -1.0, 4.0]).double(), torch.tensor(0.5).double()
    assert model.discounted(rewards, discount) == 2.5
    assert model.discounted(rewards, discount) == rewards[0] + discount * model.discounted(rewards[1:], discount)


def test_a_range_of_less_than_no_terms_is_not_spoken_of():
    short = over(X(i), 1, n - 2)
    assert link(short, over(X(i)) - X(n) - X(n - 1), telescope_eq.claim.where) != Holds()
    assert sp.Sum(X(i), (i, 1, 0)).doit() == 0
