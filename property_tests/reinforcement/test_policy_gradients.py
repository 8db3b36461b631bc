"""Policy gradients: links, routes, planted slips, and gradients that forget something."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.reinforcement.policy_gradients import (
    DERIVATIONS,
    D,
    Q,
    R,
    V,
    X,
    Y,
    a,
    b,
    baseline_any_eq,
    chance,
    crossed,
    draws,
    earned,
    g,
    i,
    k,
    n,
    optimal_baseline_eq,
    over,
    own,
    path_score_eq,
    policy_gradient_any_eq,
    policy_gradient_step_eq,
    reinforce_eq,
    score,
    squared,
    tilted,
    v,
    without,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (policy_gradient_any_eq, own * Q(k)),
    (policy_gradient_any_eq, own * (earned - Q(k))),
    (baseline_any_eq, without - b * own),
    (policy_gradient_step_eq, over(chance * score * (R(i) + g * (V(i) + v * D(i))))),
    (policy_gradient_step_eq, over(chance * score * R(i)) + g * over(chance * D(i))),
    (reinforce_eq, tilted(Q(a) * a)),
    (optimal_baseline_eq, (b * squared - crossed) ** 2 + squared * draws),
    (path_score_eq, sp.Sum(X(i) * Y(i), (i, 1, n))),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_gradient_that_forgets_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_the_best_baseline_is_where_the_square_is_zero():
    best = crossed / squared
    claim = replace(optimal_baseline_eq.claim, left=(b * squared - crossed).subs(b, best), right=sp.Integer(0))
    assert sp.simplify(claim.left) == 0
