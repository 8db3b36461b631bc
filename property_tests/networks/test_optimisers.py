"""Optimisers: links, routes, planted slips, and averages that are counted off."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.networks.optimisers import (
    DERIVATIONS,
    THETA,
    A,
    G,
    Z,
    adam_bias_eq,
    c,
    d,
    e,
    error,
    f,
    h,
    i,
    k,
    linear_slope_any_eq,
    mean,
    momentum,
    momentum_constant_eq,
    momentum_step_eq,
    n,
    ntk_step_eq,
    over,
    residual_decay_eq,
    t,
    u,
    w,
    x,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (momentum_step_eq, momentum(n)),
    (momentum_constant_eq, c * (1 - d**n)),
    (momentum_constant_eq, c / (1 - d)),
    (adam_bias_eq, mean(G(x))),
    (adam_bias_eq, (1 - d ** (n - 1)) * mean(G(x))),
    (adam_bias_eq, (1 + d**n) * mean(G(x))),
    (linear_slope_any_eq, error),
    (linear_slope_any_eq, 2 * A(k) * error),
    (ntk_step_eq, over(A(i) * THETA(i)) + h * (u * over(A(i) ** 2) + w * over(A(i) * Z(i)))),
    (residual_decay_eq, -e * (f - c) ** 2 * sp.exp(-e * t)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_an_average_that_is_counted_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
