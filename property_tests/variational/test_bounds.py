"""Bounds that grow: links, routes, planted slips, and more draws than are written out."""

from __future__ import annotations

import torch
from hypothesis import given, settings

from derivations.variational.bounds import DERIVATIONS, iwae_one_le_two
from property_tests.pages import HeldPage
from property_tests.strategies import points
from reference_models.variational.bounds import importance_bound


class TestPage(HeldPage):
    derivations = DERIVATIONS
    least = 2


@settings(max_examples=20, deadline=None)
@given(points(iwae_one_le_two.claim.where))
def test_the_bound_rises_with_every_draw_up_to_the_evidence(point):
    j1, j0, q = (torch.tensor(float(point[n]), dtype=torch.float64) for n in ("j_1", "j_0", "q"))
    bounds = [importance_bound(k, j1, j0, q).item() for k in range(1, 7)]
    assert all(a <= b + 1e-12 for a, b in zip(bounds, [*bounds[1:], torch.log(j1 + j0).item()], strict=True))
