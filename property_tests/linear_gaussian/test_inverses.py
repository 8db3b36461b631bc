"""Inverses of changed and of block matrices: links, routes, planted slips, and formulas that are turned around."""

from __future__ import annotations

import pytest
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.linear_gaussian.inverses import (
    DERIVATIONS,
    A,
    W,
    X,
    Y,
    Z,
    b,
    block,
    block_inverse_any_eq,
    d,
    determinant_lemma_any_step_eq,
    f,
    g,
    h,
    over,
    push_through_any_eq,
    r,
    schur_determinant_eq,
    sherman_morrison_any_eq,
    woodbury_any_eq,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.linear_gaussian.inverses import rank_n_row


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (sherman_morrison_any_eq, (1 - h) * b),
    (woodbury_any_eq, b - over(X * Z)),
    (push_through_any_eq, over(X * W * (W * Z + Y))),
    (block_inverse_any_eq, r + over(X * Y)),
    (schur_determinant_eq, A[2, 2] * block.det()),
    (determinant_lemma_any_step_eq, d * (1 + f * g)),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_wrong_formula_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_without_the_inverse_of_c_woodbury_does_not_hold():
    row, y, z, c = (torch.tensor(v, dtype=torch.float64) for v in ([1.0, -2.0], [0.5, 1.0], [2.0, 1.0], [0.5, 3.0]))
    side = torch.tensor(1.5, dtype=torch.float64)
    assert rank_n_row(row, y, z, c, side) == pytest.approx(1.5, rel=1e-12)
    claim = woodbury_any_eq.claim
    without = (b - over(X * Z)) + (over(X * W * (Y + Z)) - over(X * W * Y))
    assert link(without, claim.right, claim.where) != Holds()
