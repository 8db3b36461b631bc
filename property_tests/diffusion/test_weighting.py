"""Weightings: links, routes, planted slips, and signs and halves that are lost."""

from __future__ import annotations

import pytest
import sympy as sp

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.diffusion.weighting import (
    DERIVATIONS,
    SNR,
    b,
    c,
    consistency_boundary_eq,
    e,
    edm_out_eq,
    edm_skip_eq,
    edm_target_eq,
    f,
    n,
    r,
    s,
    snr,
    snr_s,
    snr_t,
    t,
    term,
    vdm_continuous_eq,
    vdm_ends_eq,
    vdm_noise_term_eq,
    vdm_term_eq,
    x,
    y,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (vdm_term_eq, 2 * term),
    (vdm_term_eq, -term),
    (vdm_term_eq, (snr_s - snr_t) * sp.Abs(x - y) / 2),
    (vdm_noise_term_eq, (1 - snr_t / snr_s) * (e - f) ** 2 / 2),
    (vdm_continuous_eq, b * snr),
    (vdm_continuous_eq, -b * snr / 2),
    (vdm_ends_eq, (SNR(n + 1) - SNR(1)) * c / 2),
    (edm_target_eq, (1 - c) ** 2 * s**2 + c * t**2),
    (edm_skip_eq, t**2 / (s**2 + t**2)),
    (edm_out_eq, s * t / sp.sqrt(s**2 + t**2)),
    (consistency_boundary_eq, y + r),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_weight_that_is_off_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))
