"""Normalisations: links, routes, planted slips, and Jacobians that forget what is shared."""

from __future__ import annotations

import pytest
import sympy as sp
import torch

from claims.evidence import Counterexample
from claims.records import replace
from derivations.check import Holds, link
from derivations.networks.normalisation import (
    DERIVATIONS,
    X,
    c,
    e,
    here,
    k,
    layer_norm_other_eq,
    layer_norm_own_eq,
    layer_norm_shift_eq,
    other,
    own,
    rms,
    rms_norm_other_eq,
    rms_norm_own_eq,
    scale,
    size,
    spread,
    still,
    there,
)
from numerics.catalogue import routes
from property_tests.pages import HeldPage
from reference_models.networks.units import layer_norm, rms_norm


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 1


WRONG = [
    (layer_norm_own_eq, 1 / scale),
    (layer_norm_own_eq, (1 - 1 / size) / scale),
    (layer_norm_other_eq, -here * there / (size * scale)),
    (layer_norm_other_eq, -1 / (size * scale)),
    (layer_norm_other_eq, (1 + here * there) / (size * scale)),
    (layer_norm_shift_eq, (X(k) + c - still) / sp.sqrt(spread + e)),
    (rms_norm_own_eq, (1 - 1 / size - own**2 / size) / rms),
    (rms_norm_other_eq, -own * other / rms),
]


@pytest.mark.parametrize(("derivation", "wrong"), WRONG, ids=str)
def test_a_jacobian_that_forgets_is_neither_proved_nor_confirmed(derivation, wrong):
    claim = replace(derivation.claim, right=wrong)
    assert link(claim.left, wrong, claim.where) != Holds()
    assert any(isinstance(route.run(claim), Counterexample) for route in routes(claim.name))


def test_what_is_normalised_has_mean_zero_and_mean_square_one():
    x, none = torch.tensor([1.0, -2.0, 4.0, 0.5]).double(), torch.zeros(()).double()
    assert layer_norm(x, none).mean().item() == pytest.approx(0, abs=1e-15)
    assert (layer_norm(x, none) ** 2).mean().item() == pytest.approx(1, rel=1e-12)
    assert (rms_norm(x, none) ** 2).mean().item() == pytest.approx(1, rel=1e-12)
