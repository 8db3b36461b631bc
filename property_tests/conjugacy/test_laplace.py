"""Laplace's approximation and BIC: links, routes, planted slips, and penalties that are lost."""

from __future__ import annotations

import pytest
import torch
from sympy import log

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.conjugacy.laplace import (
    DERIVATIONS,
    H,
    L,
    a,
    b,
    bic_dimension_eq,
    bic_limit_eq,
    bic_normal_eq,
    h,
    laplace_gamma_eq,
    laplace_parabola_eq,
    m,
    n,
    r,
    t,
    v,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.conjugacy.laplace import mean_evidence


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (laplace_parabola_eq, L - log(h) / 2),
    (laplace_gamma_eq, a / r),
    (laplace_gamma_eq, b / r**2),
    (bic_normal_eq, -log(1 + n * t / v) - (y - m) ** 2 / (2 * (t + v / n))),
    (bic_limit_eq, log(v / t) / 2),
    (bic_dimension_eq, n * H.det()),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_lost_factor_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_four_times_as_many_draws_cost_log_two():
    y_, m_, t_, v_ = (torch.tensor(value, dtype=torch.float64) for value in (0.3, 0.0, 1.0, 2.0))
    few, many = (mean_evidence(y_, torch.tensor(k, dtype=torch.float64), m_, t_, v_) for k in (1e6, 4e6))
    assert few - many == pytest.approx(float(torch.log(torch.tensor(2.0))), abs=1e-4)
