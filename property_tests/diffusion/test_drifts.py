"""Drifts: links, routes, planted slips, and halves, signs and steps that are off."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.diffusion.drifts import (
    DERIVATIONS,
    B,
    X,
    b,
    before_step,
    c,
    girsanov_kl_eq,
    girsanov_mean_eq,
    girsanov_path_eq,
    h,
    i,
    jko_deviation_eq,
    jko_limit_eq,
    jko_mean_eq,
    lam,
    m,
    s,
    steps,
    t,
    u,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (girsanov_path_eq, steps(B(i) * X(i)) - h * steps(B(i) ** 2)),
    (girsanov_path_eq, steps(B(i) * X(i)) + h / 2 * steps(B(i) ** 2)),
    (girsanov_kl_eq, h * (b - c) ** 2),
    (girsanov_kl_eq, (b - c) ** 2 / (2 * h)),
    (girsanov_mean_eq, sp.exp(-u * b * t + u**2 * t / 2)),
    (jko_mean_eq, m * (1 - h * lam)),
    (jko_deviation_eq, before_step),
    (jko_limit_eq, 1 - 2 * lam * s**2),
    (jko_limit_eq, 2 - lam * s**2),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_drift_that_is_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
