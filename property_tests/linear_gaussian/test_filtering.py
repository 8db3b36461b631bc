"""Filtering: links, routes, planted slips, and what an observation must do."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.linear_gaussian.filtering import (
    DERIVATIONS,
    SEEN,
    A,
    B,
    T,
    from_start,
    go,
    hmm_forward_any_eq,
    hmm_forward_eq,
    hmm_meeting_any_step_eq,
    hmm_smoothing_any_eq,
    hmm_smoothing_eq,
    i,
    j,
    k,
    kalman_update_variance_eq,
    n,
    over,
    to_end,
)
from numerics.catalogue import routes
from numerics.written import worth
from property_tests.pages import HeldPage
from property_tests.strategies import points


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


def closed(derivation, point) -> float:
    return float(worth(derivation.claim.right, point, derivation.claim.where).mid())


@settings(max_examples=25)
@given(points(tuple(v for v in kalman_update_variance_eq.claim.where if v.name in "PR")))
def test_an_observation_always_narrows(point):
    assert closed(kalman_update_variance_eq, point) < min(float(point["P"]), float(point["R"]))


@settings(max_examples=25)
@given(points(hmm_forward_eq.claim.where))
def test_the_forward_recursion_is_a_product_of_matrices(point):
    values = {name: float(value) for name, value in point.items()}
    turn = torch.tensor([[values[f"t_{i}{j}"] for j in (1, 2)] for i in (1, 2)], dtype=torch.float64)
    state = torch.tensor([values["p_1"], values["p_2"]], dtype=torch.float64)
    for place in (1, 2, 3):
        seen = torch.tensor([values[f"o_{place}1"], values[f"o_{place}2"]], dtype=torch.float64)
        state = (state if place == 1 else state @ turn) * seen
    assert closed(hmm_forward_eq, point) == pytest.approx(state.sum().item(), rel=1e-12)
    assert closed(hmm_smoothing_eq, point) == pytest.approx(closed(hmm_forward_eq, point), rel=1e-12)


WRONG = [
    (hmm_forward_any_eq, over(SEEN(k) * over(from_start * T(n * j + k), j), k)),
    (hmm_smoothing_any_eq, over(from_start, j) * over(to_end, j)),
    (hmm_meeting_any_step_eq, over(A(i) * over(go(i, j) * B(j), j), i)),
    (hmm_meeting_any_step_eq, over(A(i) * over(go(j, i) * SEEN(j) * B(j), j), i)),
    (hmm_meeting_any_step_eq, over(A(i) * B(i), i)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=lambda v: str(v)[:30])
def test_turns_taken_the_wrong_way_are_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
